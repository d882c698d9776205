package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLinesTest {

    private final RunLines lines = new RunLines();

    @Test
    void refusesASeedThatIsTooLong() {
        String line =
                "{\"v\":1,\"task\":\"t\",\"goal\":\"minimize\",\"method\":\"tpe\",\"seed\":99999999999999999999,\"values\":[1]}";

        assertThatThrownBy(() -> new RunLines().read("runs", List.of(line)))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("runs, line 1 is not a run");
    }

    @Test
    void readsAFileThatBeginsWithAByteOrderMark() {
        String line =
                "\uFEFF{\"v\":1,\"task\":\"t\",\"goal\":\"minimize\",\"method\":\"tpe\",\"seed\":0,\"values\":[1]}";

        assertThat(new RunLines().read("runs", List.of(line))).hasSize(1);
    }

    @Test
    void aLineWithoutASeedIsToldWhatARunHas() {
        String line = "{\"v\":1,\"task\":\"t\",\"goal\":\"minimize\",\"method\":\"tpe\",\"values\":[1]}";

        assertThatThrownBy(() -> new RunLines().read("runs", List.of(line)))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(
                        "runs, line 1 is not a run, which has a whole number under seed and a list under values: {");
    }

    @Test
    void readsWhatItWrote() {
        Run run = new Run(
                "sphere",
                "tpe",
                Objective.Goal.MAXIMIZE,
                7,
                List.of(OptionalDouble.of(1.5), OptionalDouble.empty(), OptionalDouble.of(-2)),
                0.25);

        assertThat(lines.write(run))
                .isEqualTo("{\"v\":1,\"task\":\"sphere\",\"goal\":\"maximize\",\"method\":\"tpe\",\"seed\":7,"
                        + "\"values\":[1.5,null,-2.0],\"ask_tell_seconds\":0.25}");
        assertThat(lines.read("here", List.of(lines.write(run), "", " "))).containsExactly(run);
        assertThat(run.failures()).isEqualTo(1);
        assertThat(run.bestLoss(1)).isEqualTo(-1.5);
        assertThat(run.bestLoss(0)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void keepsWhatIsKnownOfOurOwnRuns() {
        Attempt measured =
                new Attempt(List.of(0.5, 0.25), "llm", "", 300, OptionalDouble.of(1.25), OptionalDouble.of(0.1));
        Attempt failed = new Attempt(
                List.of(1.0, 0.0), "gp", "out-of-memory", 2, OptionalDouble.empty(), OptionalDouble.empty());
        Run.Ours ours = new Run.Ours(
                "gp",
                "builtin",
                List.of(new Run.Incumbent(0, 1.5)),
                OptionalDouble.of(1.6),
                1,
                2,
                3,
                5,
                4,
                OptionalDouble.of(0.5),
                List.of(measured, failed));
        Run run = new Run(
                "sphere",
                "gp+builtin",
                Objective.Goal.MINIMIZE,
                7,
                List.of(OptionalDouble.of(1.5), OptionalDouble.empty()),
                0.25,
                Optional.of(ours));

        assertThat(lines.read("here", List.of(lines.write(run)))).containsExactly(run);
    }

    @Test
    void readsWhatOptunasProgramPrints() {
        Run run = lines.readOptuna(
                new SyntheticSuite().find("branin").orElseThrow(),
                "{\"sampler\": \"tpe\", \"seed\": 3, \"values\": [1.0, null], \"ask_tell_seconds\": 0.5}");

        assertThat(run.task()).isEqualTo("branin");
        assertThat(run.method()).isEqualTo("optuna:tpe");
        assertThat(run.seed()).isEqualTo(3);
        assertThat(run.values()).containsExactly(OptionalDouble.of(1), OptionalDouble.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "7",
                "{\"seed\":1}",
                "{\"seed\":1,\"values\":3}",
                "{\"seed\":1,\"values\":[]}",
                "{\"seed\":1,\"values\":[],\"task\":\"t\",\"method\":\"m\"}",
                "{\"seed\":1,\"values\":[],\"task\":\"t\",\"method\":\"m\",\"goal\":\"up\"}",
                "{\"seed\":1,\"values\":[],\"task\":\"t\",\"method\":\" \",\"goal\":\"minimize\"}"
            })
    void namesTheLineThatIsNoRun(String line) {
        assertThatThrownBy(() -> lines.read("file", List.of("", line)))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("file, line 2 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"values\":[\"1\"]",
                "\"values\":[1e999]",
                "\"values\":[[1]]",
                "\"values\":[1],\"incumbents\":[[1,2]]",
                "\"values\":[1],\"incumbents\":[[0,null]]",
                "\"values\":[1],\"incumbents\":[3]",
                "\"values\":[1,2],\"incumbents\":[[1,1],[0,1]]",
                "\"values\":[1],\"incumbents\":[],\"usd\":\"free\"",
                "\"values\":[1],\"incumbents\":[],\"origins\":[\"tpe\",\"tpe\"]",
                "\"values\":[1],\"incumbents\":[],\"origins\":[7]",
                "\"values\":[1],\"incumbents\":[],\"origins\":[\"tpe\"]",
                "\"values\":[1],\"incumbents\":[],\"origins\":[\"tpe\"],\"failures\":[\"\"],\"seconds\":[1],\"expected\":[null],"
                        + "\"risks\":[null],\"points\":[[2]]",
                "\"values\":[1,2],\"incumbents\":[],\"origins\":[\"a\",\"b\"],\"failures\":[\"\",\"\"],\"seconds\":[1,1],"
                        + "\"expected\":[null,null],\"risks\":[null,null],\"points\":[[0],[0,1]]"
            })
    void refusesNumbersThatAreNoneAndListsThatDoNotFit(String fields) {
        String line = "{\"task\":\"t\",\"method\":\"m\",\"goal\":\"minimize\",\"seed\":1," + fields + "}";

        assertThatThrownBy(() -> lines.read("file", List.of(line)))
                .isInstanceOf(BadInput.class)
                .hasMessageMatching("file, line 1 has under \\w+ .* it must be .*");
    }

    @Test
    void showsOnlyTheStartOfALongLine() {
        assertThatThrownBy(() -> lines.read("file", List.of("x".repeat(10_000))))
                .hasMessageMatching("file, line 1 is not JSON: x{60}\\.\\.\\.");
    }
}
