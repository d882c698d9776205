package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The generator-free points and the objective of the reference vectors made with Python's cmaes 0.13.1. */
final class ReferencePoints {

    private static final double[] MULTIPLIERS = {0.6180339887498949, 0.7548776662466927, 0.5698402909980532};

    private ReferencePoints() {}

    /** The fractional part of {@code i} times the coordinate's multiplier. */
    static double[] point(int i, int dimension) {
        double[] point = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            double product = i * MULTIPLIERS[j];
            point[j] = product - Math.floor(product);
        }
        return point;
    }

    static double f(double[] x) {
        return (x[0] - 0.3) * (x[0] - 0.3) + 10 * (x[1] - 0.6) * (x[1] - 0.6) + (x[0] - 0.3) * (x[1] - 0.6);
    }

    /** The points of a generation of the reference runs in two dimensions, counted from 0. */
    static Generation generation(int g, int population) {
        List<double[]> points = new ArrayList<>();
        for (int i = 1; i <= population; i++) {
            points.add(point(g * population + i, 2));
        }
        return generation(points, ReferencePoints::f);
    }

    static Generation generation(List<double[]> points, ToDoubleFunction<double[]> function) {
        List<Told> told = new ArrayList<>();
        for (double[] point : points) {
            told.add(new Told(Vectors.list(point), List.of(), true, true, function.applyAsDouble(point)));
        }
        return Generation.of(told);
    }
}
