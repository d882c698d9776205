package dev.chiron.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));

    @TempDir
    Path parent;

    private Path folder;
    private Tail tail;

    @BeforeEach
    void place() {
        folder = parent.resolve("chiron-study");
        tail = new Tail(folder);
    }

    private StudyFolder open(String spec) {
        return StudyFolder.open(folder, spec, CLOCK);
    }

    private static Entry entry(int number, double value) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(value));
        return new Entry(
                new Trial(
                        number,
                        new Change.Settings(Config.of(values)),
                        Origin.BASELINE,
                        new Outcome.Measured(value),
                        Duration.ofMillis(5)),
                Optional.empty(),
                Optional.empty());
    }

    private Recording look() {
        return tail.look().orElseThrow().recording().orElseThrow();
    }

    @Test
    void eachLookHasWhatWasAppendedWhileTheStudyRuns() {
        assertThat(tail.look()).isEmpty();
        try (StudyFolder study = open("task: t\n")) {
            assertThat(look().entries()).isEmpty();
            assertThat(tail.look()).isEmpty();
            study.append(entry(0, 0.5));
            study.append(entry(1, 0.25));
            assertThat(look().entries()).containsExactly(entry(0, 0.5), entry(1, 0.25));
            study.append(entry(2, 0.125));
            assertThat(look()).isEqualTo(Recording.read(folder).orElseThrow());
        }
    }

    @Test
    void aStudyThatIsLookedAtCanBeOpenedAndSaysWhoWritesIt() {
        open("task: t\n").close();
        look();
        assertThat(StudyFolder.seenWriter(folder)).isEmpty();
        try (StudyFolder study = open("task: t\n")) {
            tail.look();
            assertThat(StudyFolder.seenWriter(folder).orElseThrow())
                    .startsWith(ProcessHandle.current().pid() + " on ");
            study.append(entry(0, 0.5));
        }
        assertThat(StudyFolder.seenWriter(folder)).isEmpty();
    }

    @Test
    void nobodyWritesAStudyWhoseProcessHasEndedOrIsAnotherOfThatNumber() throws Exception {
        open("task: t\n").close();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        String since = " on " + InetAddress.getLocalHost().getHostName() + " since 2001-01-01T00:00:00Z";
        Path writer = folder.resolve("writer");
        Files.writeString(writer, ended.pid() + since + "\n");
        assertThat(StudyFolder.seenWriter(folder)).isEmpty();
        Files.writeString(writer, ProcessHandle.current().pid() + since + "\n");
        assertThat(StudyFolder.seenWriter(folder)).isEmpty();
        Files.writeString(writer, "7 on elsewhere.example since 2001-01-01T00:00:00Z\n");
        assertThat(StudyFolder.seenWriter(folder))
                .as("cannot be told from here")
                .isPresent();
    }

    @Test
    void anUnfinishedLineIsLeftUntilItIsWhole() throws IOException {
        try (StudyFolder study = open("task: t\n")) {
            study.append(entry(0, 0.5));
        }
        Path journal = folder.resolve("journal.jsonl");
        String whole = Files.readString(journal);
        Files.writeString(journal, whole.substring(0, whole.length() - 20));
        assertThat(look().entries()).isEmpty();
        assertThat(tail.look()).isEmpty();
        Files.writeString(journal, whole);
        assertThat(look().entries()).containsExactly(entry(0, 0.5));
    }

    @Test
    void anotherStudyInTheSameFolderIsAnotherOne() throws IOException {
        try (StudyFolder study = open("task: t\n")) {
            study.append(entry(0, 0.5));
        }
        String first = tail.look().orElseThrow().study();
        StudyFolder.setAside(folder);
        assertThat(tail.look().orElseThrow().recording()).isEmpty();
        try (StudyFolder study = open("task: another\n")) {
            study.append(entry(0, 0.75));
            study.append(entry(1, 0.75));
        }
        Tail.Look look = tail.look().orElseThrow();
        assertThat(look.study()).isNotEqualTo(first);
        assertThat(look.recording().orElseThrow().spec()).isEqualTo("task: another\n");

        StudyFolder.setAside(folder); // and one that came between two looks
        try (StudyFolder study = open("task: a third, with a longer text\n")) {
            for (int k = 0; k < 4; k++) {
                study.append(entry(k, k));
            }
        }
        assertThat(look().entries()).hasSize(4);
    }

    @Test
    void aDamagedJournalIsSaidAndReadAgainWhenItIsRestored() throws IOException {
        try (StudyFolder study = open("task: t\n")) {
            study.append(entry(0, 0.5));
        }
        look();
        Path journal = folder.resolve("journal.jsonl");
        byte[] whole = Files.readAllBytes(journal);
        Files.writeString(journal, "{\"type\":\"trial\"}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(tail::look).isInstanceOf(UnusableStudy.class).hasMessageContaining("journal.jsonl:3");
        Files.write(journal, whole);
        assertThat(look().entries()).hasSize(1);
    }
}
