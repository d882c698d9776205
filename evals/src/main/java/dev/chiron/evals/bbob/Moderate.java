package dev.chiron.evals.bbob;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** Functions 6 to 9: of low or moderate conditioning. */
final class Moderate {

    private Moderate() {}

    /** A cone of which only one sector is flat. */
    static ToDoubleFunction<double[]> attractiveSector(Instance instance) {
        double[] optimum = instance.optimum();
        RealMatrix linear = instance.scaled(10);
        return x -> {
            double[] z = linear.preMultiply(Points.from(optimum, x));
            for (int i = 0; i < z.length; i++) {
                z[i] *= z[i] * optimum[i] > 0 ? 100 : 1;
            }
            return Math.pow(Points.waved(Points.squares(z)), 0.9);
        };
    }

    /** An ellipsoid of plateaus. */
    static ToDoubleFunction<double[]> stepEllipsoid(Instance instance) {
        double[] optimum = instance.optimum();
        double[] weights = instance.powers(100);
        RealMatrix before =
                instance.second().multiply(MatrixUtils.createRealDiagonalMatrix(instance.powers(Math.sqrt(10))));
        RealMatrix after = instance.first();
        return x -> {
            double[] turned = before.preMultiply(Points.from(optimum, x));
            double[] steps = Arrays.stream(turned)
                    .map(z -> Math.abs(z) > 0.5 ? Math.rint(z) : Math.rint(10 * z) / 10)
                    .toArray();
            double plateaus = Points.weighted(weights, after.preMultiply(steps));
            return 0.1 * Math.max(1e-4 * Math.abs(turned[0]), plateaus) + Points.outside(x);
        };
    }

    static ToDoubleFunction<double[]> rosenbrock(Instance instance) {
        double[] optimum = Arrays.stream(instance.optimum()).map(x -> 0.75 * x).toArray();
        double scale = scale(instance);
        return x -> valley(
                Arrays.stream(Points.from(optimum, x)).map(z -> scale * z + 1).toArray());
    }

    static ToDoubleFunction<double[]> rotatedRosenbrock(Instance instance) {
        RealMatrix linear = instance.second().scalarMultiply(scale(instance));
        return x ->
                valley(Arrays.stream(linear.preMultiply(x)).map(z -> z + 0.5).toArray());
    }

    /** How much Rosenbrock's valley is narrowed in many dimensions. */
    static double scale(Instance instance) {
        return Math.max(1, Math.sqrt(instance.dimension()) / 8);
    }

    private static double valley(double[] z) {
        double sum = 0;
        for (int i = 0; i < z.length - 1; i++) {
            sum += Points.rosenbrock(z[i], z[i + 1]);
        }
        return sum;
    }
}
