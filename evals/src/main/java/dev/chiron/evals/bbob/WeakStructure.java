package dev.chiron.evals.bbob;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.RealMatrix;

/** Functions 20, 23 and 24: many optima, and little to follow. */
final class WeakStructure {

    private static final double SCHWEFEL_OPTIMUM = 4.2096874633;
    private static final double SCHWEFEL_LEAST = 418.9828872724339;

    private WeakStructure() {}

    static ToDoubleFunction<double[]> schwefel(Instance instance) {
        double[] side = Arrays.stream(Draws.uniform(instance.dimension(), instance.seed()))
                .map(u -> Math.signum(u - 0.5))
                .toArray();
        double[] scales = instance.powers(Math.sqrt(10));
        return x -> {
            double sum = 0;
            double penalty = 0;
            for (int i = 0; i < x.length; i++) {
                double slanted =
                        2 * side[i] * x[i] + (i == 0 ? 0 : 0.25 * (2 * side[i - 1] * x[i - 1] - SCHWEFEL_OPTIMUM));
                double z = 100 * (scales[i] * (slanted - SCHWEFEL_OPTIMUM) + SCHWEFEL_OPTIMUM);
                sum += z * Math.sin(Math.sqrt(Math.abs(z)));
                penalty += Math.pow(Math.max(0, Math.abs(z) - 500), 2);
            }
            return 0.01 * (SCHWEFEL_LEAST - sum / x.length + penalty);
        };
    }

    /** Rugged everywhere, and flat as a whole. */
    static ToDoubleFunction<double[]> katsuura(Instance instance) {
        double[] optimum = instance.optimum();
        RealMatrix linear = instance.scaled(100);
        int n = instance.dimension();
        return x -> {
            double[] z = linear.preMultiply(Points.from(optimum, x));
            double product = 1;
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 1; j <= 32; j++) {
                    double scaled = Math.scalb(z[i], j);
                    sum += Math.scalb(Math.abs(scaled - Math.rint(scaled)), -j);
                }
                product *= 1 + (i + 1) * sum;
            }
            return 10.0 / n / n * (Math.pow(product, 10 / Math.pow(n, 1.2)) - 1) + Points.outside(x);
        };
    }

    /** Lunacek's two bowls under Rastrigin's ripples; the wider one is not the deeper. */
    static ToDoubleFunction<double[]> lunacek(Instance instance) {
        double deep = 2.5;
        int n = instance.dimension();
        double narrowing = 1 - 0.5 / (Math.sqrt(n + 20.0) - 4.1);
        double wide = -Math.sqrt((deep * deep - 1) / narrowing);
        double[] side = Arrays.stream(Draws.normal(n, instance.seed()))
                .map(Math::signum)
                .toArray();
        RealMatrix linear = instance.scaled(100);
        return x -> {
            double[] z = new double[n];
            double toWide = 0;
            for (int i = 0; i < n; i++) {
                z[i] = 2 * side[i] * x[i] - deep;
                toWide += Math.pow(z[i] + deep - wide, 2);
            }
            return Math.min(Points.squares(z), n + narrowing * toWide)
                    + Points.ripples(linear.preMultiply(z))
                    + 1e4 * Points.outside(x);
        };
    }
}
