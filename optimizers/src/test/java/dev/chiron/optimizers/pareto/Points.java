package dev.chiron.optimizers.pareto;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Points without chance: the fractions of the multiples of irrational numbers. */
final class Points {

    private static final double[] STEPS = {
        0.6180339887498949, 0.4142135623730951, 0.7320508075688772, 0.2360679774997898
    };

    private Points() {}

    static List<double[]> of(int count, int dimensions) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Arrays.stream(STEPS)
                        .limit(dimensions)
                        .map(step -> i * step % 1)
                        .toArray())
                .toList();
    }

    static double[] all(int dimensions, double value) {
        double[] point = new double[dimensions];
        Arrays.fill(point, value);
        return point;
    }
}
