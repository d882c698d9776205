package dev.chiron.evals.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForecastTableTest {

    /** Power laws, whose ends follow from their beginnings; or whose last value is a surprise. */
    private record Law(boolean surprising) implements EvalTask {

        @Override
        public String name() {
            return "law";
        }

        @Override
        public Objective objective() {
            return new Objective("acc", Goal.MAXIMIZE);
        }

        @Override
        public SearchSpace space() {
            return SearchSpace.of(
                    new Real("end", 0, 100, false), new Real("up", 0, 100, false), new Real("last", 0, 50, false));
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.empty();
        }

        @Override
        public int epochs() {
            return 40;
        }

        @Override
        public double after(double epoch, Config config) {
            double surprise = surprising && epoch == epochs() ? number("last", config) : 0;
            return number("end", config) - number("up", config) * Math.pow(epoch, -0.5) + surprise;
        }

        private static double number(String name, Config config) {
            return config.get(name).asNumber().orElseThrow();
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return Evaluation.of(after(epochs(), config));
        }
    }

    private static String[] row(boolean surprising) {
        List<String> lines = new ForecastTable(List.of(new Law(surprising)), 5, 20, List.of(6), List.of(15)).lines();
        assertThat(lines.get(0))
                .isEqualTo(
                        "| task | epochs seen | finished before | off by, median | stated | within nine tenths | stated |"
                                + " width, median |");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2)).startsWith("| law | 6 | 15 | ");
        return lines.get(2).split(" *\\| *");
    }

    @Test
    void aForecastOfALawIsRightAndSaysSo() {
        String[] row = row(false);
        assertThat(Double.parseDouble(row[4])).isLessThan(0.1);
        assertThat(Double.parseDouble(row[5])).isLessThan(0.1);
    }

    /** Where the end follows from nothing the error is that of the surprise, which is stated, and nine of ten or so lie within. */
    @Test
    void aForecastOfASurpriseIsWrongAndSaysSo() {
        String[] row = row(true);
        double error = Double.parseDouble(row[4]);
        assertThat(error).isBetween(5.0, 25.0);
        assertThat(Double.parseDouble(row[5])).isBetween(error / 2, 2 * error);
        assertThat(Double.parseDouble(row[6].replace(" %", ""))).isBetween(80.0, 100.0);
        assertThat(Double.parseDouble(row[7].replace(" %", ""))).isBetween(80.0, 100.0);
    }
}
