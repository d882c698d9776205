package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PeerTableTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @Test
    void showsEachTaskAndMethodAndTheRanks() throws IOException {
        List<Run> runs = new RunLines().read("runs", Files.readAllLines(RESOURCES.resolve("compare/runs.jsonl")));
        String table = String.join("\n", new PeerTable(runs, List.of(2, 4)).lines()) + "\n";
        Path golden = RESOURCES.resolve("golden/peers.txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, table);
        }
        assertThat(table).isEqualTo(Files.readString(golden));
    }

    @Test
    void hasAHeaderAloneWithoutRuns() {
        assertThat(new PeerTable(List.of(), List.of(5)).lines()).hasSize(1);
    }

    @Test
    void saysNothingWhereNothingWasMeasuredOrCompared() {
        Run failed = new Run("t", "tpe", Objective.Goal.MINIMIZE, 0, List.of(OptionalDouble.empty()), 0);
        assertThat(new PeerTable(List.of(failed), List.of(1)).lines().get(1))
                .isEqualTo("t     tpe     1      -         -       -     100.0 %  0.000 ms  -        -         -");
    }

    @Test
    void survivesARunWithoutTrials() {
        Run empty = new Run("t", "tpe", Objective.Goal.MINIMIZE, 0, List.of(), 0);
        assertThat(new PeerTable(List.of(empty), List.of(1)).lines().get(1)).contains("0.0 %");
    }

    @Test
    void holdsCmaEsAgainstTheOneThatKnowsTheBaseline() {
        List<OptionalDouble> values = List.of(OptionalDouble.of(1));
        Comparison comparison = new Comparison(List.of(
                new Run("t", "cma-es", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("t", "optuna:cma-es", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("t", "optuna:cma-es-baseline", Objective.Goal.MINIMIZE, 0, values, 0)));

        assertThat(comparison.counterpart("t", "cma-es")).contains("optuna:cma-es-baseline");
        assertThat(comparison.counterpart("t", "optuna:cma-es")).isEmpty();
    }

    @Test
    void holdsTheGaussianProcessAgainstOptunasWhereItWasRun() {
        List<OptionalDouble> values = List.of(OptionalDouble.of(1));
        Comparison comparison = new Comparison(List.of(
                new Run("t", "gp", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("t", "optuna:tpe", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("t", "optuna:gp", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("u", "gp", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("u", "optuna:tpe", Objective.Goal.MINIMIZE, 0, values, 0)));

        assertThat(comparison.counterpart("t", "gp")).contains("optuna:gp");
        assertThat(comparison.counterpart("u", "gp")).contains("optuna:tpe");
        assertThat(comparison.counterpart("t", "random-forest")).contains("optuna:tpe");
    }

    @Test
    void takesWhateverIsNotOursForAPeer() {
        List<OptionalDouble> values = List.of(OptionalDouble.of(1));
        Run.Ours ours = new Run.Ours(
                "gp", "ollama:q", List.of(), OptionalDouble.empty(), 0, 0, 0, 0, 0, OptionalDouble.empty(), List.of());
        Comparison comparison = new Comparison(List.of(
                new Run("t", "gp+ollama:q share=0.5", Objective.Goal.MINIMIZE, 0, values, 0, Optional.of(ours)),
                new Run("t", "tpe", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("t", "cmaes", Objective.Goal.MINIMIZE, 0, values, 0),
                new Run("t", "llambo:published", Objective.Goal.MINIMIZE, 0, values, 0)));

        assertThat(comparison.isOurs("gp+ollama:q share=0.5")).isTrue();
        assertThat(comparison.isOurs("tpe")).isTrue();
        assertThat(comparison.isOurs("cmaes")).isFalse();
        assertThat(comparison.isOurs("llambo:published")).isFalse();
        assertThat(comparison.counterpart("t", "gp+ollama:q share=0.5")).contains("cmaes");
        assertThat(comparison.counterpart("t", "cmaes")).isEmpty();
    }
}
