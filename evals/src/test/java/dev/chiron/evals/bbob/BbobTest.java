package dev.chiron.evals.bbob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BbobTest {

    private static final double RELATIVE = 4e-9; // what COCO's own test allows

    private static List<double[]> table(String name) throws IOException, URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(BbobTest.class.getResource("/bbob/" + name))
                .toURI());
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    private static Bbob function(double function, double instance, int dimension) {
        return Bbob.of(new Instance((int) function, (int) instance, dimension));
    }

    @Test
    void hasTheValuesOfCocosRegressionTest() throws Exception {
        List<double[]> rows = table("coco.csv");
        assertThat(rows.stream().mapToDouble(row -> row[0]).distinct().count()).isEqualTo(24);
        for (double[] row : rows) {
            double[] x = Arrays.copyOfRange(row, 3, row.length);
            assertThat(function(row[0], row[1], x.length).value(x))
                    .as("f%.0f, instance %.0f, %d dimensions", row[0], row[1], x.length)
                    .isCloseTo(row[2], within(Math.max(1e-9, RELATIVE * Math.abs(row[2]))));
        }
    }

    @Test
    void hasTheValuesOfItsAuthorsPython() throws Exception {
        List<double[]> rows = table("authors.csv");
        assertThat(rows).hasSize(24);
        for (double[] row : rows) {
            Bbob function = function(row[0], 1, 5);
            String name = "f" + (int) row[0];
            assertThat(function.least()).as(name).isCloseTo(row[1], within(1e-9));
            assertThat(function.value(new double[5])).as(name).isCloseTo(row[2], withinPercentage(1e-7));
            assertThat(function.value(new double[] {0.5, -1, 2, 3.5, -2.5}))
                    .as(name)
                    .isCloseTo(row[3], withinPercentage(1e-7));
        }
    }

    @Test
    void theOptimumIsWhereItIsDrawn() {
        for (int function = 1; function <= 24; function++) {
            Instance instance = new Instance(function, 3, 4);
            double[] x = switch (function) {
                case 4 -> {
                    double[] above = instance.optimum();
                    above[0] = Math.abs(above[0]);
                    above[2] = Math.abs(above[2]);
                    yield above;
                }
                case 5 ->
                    Arrays.stream(instance.optimum())
                            .map(u -> 5 * Math.signum(u))
                            .toArray();
                case 8 -> Arrays.stream(instance.optimum()).map(u -> 0.75 * u).toArray();
                case 9, 19 -> instance.second().operate(new double[] {0.5, 0.5, 0.5, 0.5});
                case 12 -> Draws.place(4, instance.secondSeed());
                case 20 ->
                    Arrays.stream(Draws.uniform(4, instance.seed()))
                            .map(u -> Math.signum(u - 0.5) * 4.2096874633 / 2)
                            .toArray();
                case 21, 22 ->
                    Arrays.stream(Draws.uniform(4, instance.seed()))
                            .map(u -> (instance.function() == 22 ? 0.98 : 1) * 0.8 * (10 * u - 5))
                            .toArray();
                case 24 ->
                    Arrays.stream(Draws.normal(4, instance.seed()))
                            .map(u -> 1.25 * Math.signum(u))
                            .toArray();
                default -> instance.optimum();
            };
            assertThat(Bbob.of(instance).above().applyAsDouble(x))
                    .as("f" + function)
                    .isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void instancesAreDrawnAnewAndNeverBetterThanTheirLeastValue() {
        double[] x = {0.3, -4.9, 5};
        for (int function = 1; function <= 24; function++) {
            Bbob one = function(function, 1, 3);
            assertThat(one.least()).isNotEqualTo(function(function, 2, 3).least());
            assertThat(one.above().applyAsDouble(x)).isPositive();
        }
    }
}
