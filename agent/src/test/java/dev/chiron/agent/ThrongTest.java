package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.study.Budget;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ScaleMeasure} in small: what a trial takes is counted in bytes, which are the same on any machine, and not in time. */
class ThrongTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));
    private static final int TRIALS = 900;

    @TempDir
    Path folder;

    private final List<Long> allocated = new ArrayList<>(); // by this thread, at the end of each trial

    private void run(Throng throng, int trials) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (StudyFolder study = StudyFolder.open(folder.resolve("study"), "task: t\n", CLOCK)) {
            Event.Listener listener = event -> {
                if (event instanceof Event.Finished finished) {
                    assertThat(TrialLine.of(finished.entry(), finished.history()))
                            .isNotEmpty();
                    allocated.add(threads.getCurrentThreadAllocatedBytes());
                }
            };
            assertThat(throng.run(study, 256, Budget.ofTrials(trials), listener, throng.known(study)))
                    .isEqualTo(End.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cma-es", "asha"})
    void aTrialTakesNoMoreTheMoreThereAre(String method) throws IOException {
        run(new Throng(method), TRIALS);
        long early = allocated.get(600) - allocated.get(500);
        long late = allocated.get(TRIALS - 1) - allocated.get(TRIALS - 101);
        assertThat((double) late / early)
                .as("%d and %d bytes for a hundred trials", early, late)
                .isLessThan(1.5);
        assertThat(late / 100).as("bytes for a trial").isLessThan(1_500_000);
        assertThat(Files.size(folder.resolve("study/journal.jsonl")) / TRIALS).isLessThan(2_000);
        assertThat(Files.size(folder.resolve("study/state.json"))).isLessThan(100_000);
    }

    /** Of a long study the state is not kept after each trial; one that goes on has it all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"cma-es", "asha"})
    void aLongStudyGoesOnFromItsLastTrial(String method) {
        run(new Throng(method), 650);
        assertThat(Stride.last(650)).isEqualTo(650);
        run(new Throng(method), 651);
        assertThat(Stride.last(651)).isEqualTo(650);
        try (StudyFolder study = StudyFolder.open(folder.resolve("study"), "task: t\n", CLOCK)) {
            assertThat(new Throng(method).known(study)).isEqualTo(651);
        }
        List<Entry> entries =
                Recording.read(folder.resolve("study")).orElseThrow().entries();
        assertThat(entries).hasSize(651);
    }
}
