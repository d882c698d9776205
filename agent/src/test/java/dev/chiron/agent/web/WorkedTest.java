package dev.chiron.agent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkedTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));
    private static final List<String> IMPORTANCE = List.of("importance");

    @TempDir
    Path parent;

    private StudyFolder study;
    private WatchedStudy watched;
    private int worked;

    @BeforeEach
    void begin() throws IOException {
        Files.writeString(parent.resolve("train.sh"), "echo loss: $1\n");
        Path folder = parent.resolve("chiron-study");
        study = StudyFolder.open(folder, """
                project: ..
                script: train.sh
                run: sh {script} {X}
                metric: { name: loss, goal: minimize, from: stdout }
                space: { X: { type: float, low: 0, high: 1, default: 0.5 } }
                method: random
                seed: 1
                """, CLOCK);
        append(0);
        watched = new WatchedStudy(folder, "chiron-study");
        watched.look();
    }

    @AfterEach
    void end() {
        study.close();
    }

    private void append(int number) {
        Trial trial = new Trial(
                number,
                new Change.Settings(Config.of(Map.of("X", new Value.Real(0.5)))),
                Origin.RANDOM,
                new Outcome.Measured(number),
                Duration.ofSeconds(1));
        study.append(new Entry(trial, Optional.empty(), Optional.empty()));
    }

    private JsonNode asked(List<String> question) throws InterruptedException {
        Snapshot.Read now = watched.now().known();
        return watched.worked().answer(now, question, () -> IntNode.valueOf(worked++));
    }

    @Test
    void isGoneIntoOnceAsLongAsTheJournalStaysAsItIs() throws InterruptedException {
        assertThat(asked(IMPORTANCE)).isEqualTo(IntNode.valueOf(0));
        watched.look();
        assertThat(asked(IMPORTANCE)).isEqualTo(IntNode.valueOf(0));
        assertThat(asked(List.of("values", "X", "Y"))).isEqualTo(IntNode.valueOf(1));
        append(1);
        assertThat(asked(IMPORTANCE)).isEqualTo(IntNode.valueOf(0));
        watched.look();
        assertThat(asked(IMPORTANCE)).isEqualTo(IntNode.valueOf(2));
        assertThat(asked(IMPORTANCE)).isEqualTo(IntNode.valueOf(2));
    }

    @Test
    void whatCouldNotBeSaidIsAskedAgain() throws InterruptedException {
        Snapshot.Read now = watched.now().known();
        assertThatThrownBy(() -> watched.worked().answer(now, IMPORTANCE, () -> {
                    throw new Unready("too few");
                }))
                .isInstanceOf(Unready.class);
        assertThat(asked(IMPORTANCE)).isEqualTo(IntNode.valueOf(0));
    }

    @Test
    void keepsNoMoreThanIsLookedAt() throws InterruptedException {
        for (int k = 0; k < 70; k++) {
            asked(List.of("values", "X", "Y" + k));
        }
        assertThat(asked(List.of("values", "X", "Y69"))).isEqualTo(IntNode.valueOf(69));
        assertThat(asked(List.of("values", "X", "Y0"))).isEqualTo(IntNode.valueOf(70));
    }
}
