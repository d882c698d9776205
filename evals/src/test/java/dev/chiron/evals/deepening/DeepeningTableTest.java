package dev.chiron.evals.deepening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.fidelity.Deepening.Variant;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeepeningTableTest {

    /** Curves that cross: a large x begins badly and ends well. */
    private record Slope() implements EvalTask {

        @Override
        public String name() {
            return "slope";
        }

        @Override
        public Objective objective() {
            return new Objective("acc", Goal.MAXIMIZE);
        }

        @Override
        public SearchSpace space() {
            return SearchSpace.of(new Real("x", 0, 1, false));
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.empty();
        }

        @Override
        public int epochs() {
            return 52;
        }

        @Override
        public double after(double epoch, Config config) {
            double x = config.get("x").asNumber().orElseThrow();
            return x - 4 * x / epoch;
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return Evaluation.of(after(epochs(), config));
        }
    }

    @Test
    void allVariantsMeetTheSameConfigsAndDiscardingEndsWhereARestartDoes() {
        List<String> lines = new DeepeningTable(List.of(new Slope()), 3, 16, 2).lines();
        assertThat(lines.subList(0, 2))
                .containsExactly("| Hyperband | epochs | evaluations | best |", "| --- | --- | --- | --- |");
        assertThat(lines.get(2)).startsWith("| alone | 372.0 | 72.0 | ");
        assertThat(lines.get(3)).startsWith("| begun anew | 1500.0 | 224.0 | ");
        assertThat(lines.get(4)).startsWith("| discarding | ");
        assertThat(best(lines.get(4))).isEqualTo(best(lines.get(3)));
        assertThat(lines.get(6)).startsWith("| efficient | 1128.0 | 152.0 | ");
        for (long seed = 0; seed < 5; seed++) {
            assertThat(DeepenedRun.of(new Slope(), Variant.DISCARDING, 16, 2, 1, seed)
                            .best())
                    .isEqualTo(DeepenedRun.of(new Slope(), Variant.DISCARDING, 32, 2, 0, seed)
                            .best());
        }
    }

    private static String best(String line) {
        return line.split("\\|")[4];
    }
}
