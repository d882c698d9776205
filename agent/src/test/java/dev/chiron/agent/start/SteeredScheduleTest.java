package dev.chiron.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule is steered as a whole by its name, or by one piece. */
class SteeredScheduleTest {

    private static final String TASK = """
            script: train.py
            run: python3 {script}
            metric: { name: loss }
            space:
              K: { type: int, low: 1, high: 32 }
              LR: { type: float, low: 0.01, high: 1, log: true, schedule: { pieces: 3, shape: linear } }
            """;

    @TempDir
    Path folder;

    private Course course() {
        try {
            Files.writeString(folder.resolve("chiron.yaml"), TASK);
            Files.writeString(
                    folder.resolve("train.py"),
                    "K = 16\nLR = \"linear(0:0.1,0.5:0.2,1:0.1)\"\nDROP = \"0.5\"\nWD = 0.1\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Surroundings surroundings =
                new Surroundings(folder, Map.of("HOME", folder.toString()), InstantSource.system(), note -> {});
        Spec spec = new TaskFile(surroundings).read(folder.resolve("chiron.yaml"), List.of());
        return Course.of(spec, () -> TaskFile.constants(folder.resolve("train.py"), "train.py"), taken -> false);
    }

    private static Course steer(Course course, Steering... steerings) {
        Course steered = course;
        for (Steering steering : steerings) {
            steered = steered.with(new Taken(steered.taken().size() + 1, 3, steering));
        }
        return steered;
    }

    private static List<String> lines(Course course) {
        return course.space().lines();
    }

    private static String start(Course course) {
        return ProgressSchedule.inScript(course.space().start()).toString();
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value real(double number) {
        return new Value.Real(number);
    }

    private void assertRefused(Steering steering, String... words) {
        Course course = course();
        assertThatThrownBy(() -> steer(course, steering))
                .isInstanceOf(BadInput.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void itIsPinnedToANumberToAScheduleOrInOnePiece() {
        assertThat(lines(steer(course(), new Steering.Pin("LR", real(0.3)))))
                .contains("LR@0: pinned at 0.3", "LR@0.5: pinned at 0.3", "LR@1: pinned at 0.3");
        Course pinned = steer(course(), new Steering.Pin("LR", text("linear(0:0.5,0.5:0.2,1:0.02)")));
        assertThat(lines(pinned)).contains("LR@0: pinned at 0.5", "LR@0.5: pinned at 0.2", "LR@1: pinned at 0.02");
        assertThat(start(pinned)).isEqualTo("K=16 LR=linear(0:0.5,0.5:0.2,1:0.02)");
        Course piece = steer(course(), new Steering.Pin("LR@1", real(0.02)));
        assertThat(lines(piece)).contains("LR@0: float in [0.01, 1], log scale", "LR@1: pinned at 0.02");
        assertThat(lines(steer(piece, new Steering.Unpin("LR")))).isEqualTo(lines(course()));
        assertThat(lines(steer(pinned, new Steering.Unpin("LR@0.5"))))
                .contains("LR@0.5: float in [0.01, 1], log scale");
    }

    @Test
    void itsRangeIsThatOfAllPiecesOrOfOne() {
        assertThat(lines(steer(course(), new Steering.Range("LR", real(0.05), real(0.5)))))
                .contains("LR@0: float in [0.05, 0.5], log scale", "LR@1: float in [0.05, 0.5], log scale");
        assertThat(lines(steer(course(), new Steering.Range("LR@1", real(0.001), real(0.1)))))
                .contains("LR@0: float in [0.01, 1], log scale", "LR@1: float in [0.001, 0.1], log scale");
    }

    @Test
    void droppedItKeepsTheScriptsOwnSchedule() {
        Course dropped = steer(course(), new Steering.Drop("LR"));
        assertThat(lines(dropped)).contains("LR@0: pinned at 0.1", "LR@0.5: pinned at 0.2", "LR@1: pinned at 0.1");
        assertThatThrownBy(() -> steer(dropped, new Steering.Drop("LR"))).hasMessageContaining("it keeps 0.1, 0.2");
        assertThat(lines(steer(
                        dropped,
                        new Steering.Add(
                                "LR",
                                "{ type: float, low: 0.02, high: 0.9, schedule: { pieces: 3, shape: linear } }"))))
                .contains("LR@0.5: float in [0.02, 0.9]");
        assertThatThrownBy(() -> steer(dropped, new Steering.Add("LR", "{ type: float, low: 0.02, high: 0.9 }")))
                .hasMessageContaining("it was tuned as LR@0, LR@0.5, LR@1");
    }

    @Test
    void oneIsAddedWhereTheScriptHasAText() {
        Course added = steer(course(), new Steering.Add("DROP", "{ type: float, low: 0, high: 1, schedule: 2 }"));
        assertThat(start(added)).isEqualTo("K=16 LR=linear(0:0.1,0.5:0.2,1:0.1) DROP=0.5");
        assertThat(lines(added)).contains("DROP@0: float in [0, 1]", "DROP@0.5: float in [0, 1]");
        assertThatThrownBy(() -> steer(added, new Steering.Add("DROP", "{ type: float, low: 0, high: 1 }")))
                .hasMessageContaining("it is tuned already");
        assertRefused(
                new Steering.Add("WD", "{ type: float, low: 0, high: 1, schedule: 2 }"),
                "train.py has WD = 0.1, into which no schedule fits: write WD = \"0.1\" there");
    }

    @Test
    void whatIsWrongIsSaidInOneMessage() {
        assertRefused(
                new Steering.Pin("LR", text("steps(0:1)")),
                "pin LR=steps(0:1): give a number, or as linear(0:0.1,0.5:0.01,1:0.01)");
        assertRefused(new Steering.Pin("LR", text("linear(0:0.1,0.5:9,1:0.1)")), "LR@0.5 must lie in [0.01, 1], not 9");
        assertRefused(new Steering.Unpin("LR"), "unpin LR: it is not pinned");
        assertRefused(new Steering.Ban("LR > 0.5"), "LR is a schedule; name its pieces, which are LR@0, LR@0.5, LR@1");
        assertRefused(new Steering.Options("LR", List.of(real(1))), "LR is a number: give it a low and a high end");
        assertThat(steer(course(), new Steering.Ban("LR@1 > LR@0"))
                        .space()
                        .space()
                        .constraints())
                .hasSize(1);
    }
}
