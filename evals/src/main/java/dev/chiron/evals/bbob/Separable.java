package dev.chiron.evals.bbob;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.util.MathArrays;

/** Functions 1 to 5: separable. */
final class Separable {

    private Separable() {}

    static ToDoubleFunction<double[]> sphere(Instance instance) {
        double[] optimum = instance.optimum();
        return x -> Points.squares(Points.from(optimum, x));
    }

    static ToDoubleFunction<double[]> ellipsoid(Instance instance) {
        double[] optimum = instance.optimum();
        double[] weights = instance.powers(1e6);
        return x -> Points.weighted(weights, Points.waved(Points.from(optimum, x)));
    }

    static ToDoubleFunction<double[]> rastrigin(Instance instance) {
        double[] optimum = instance.optimum();
        double[] scales = instance.powers(Math.sqrt(10));
        return x -> {
            double[] bent = Points.stretched(0.2, Points.waved(Points.from(optimum, x)), instance);
            return Points.rastrigin(MathArrays.ebeMultiply(scales, bent));
        };
    }

    /** Büche and Rastrigin's: every second axis, the first included, is ten times as steep above the optimum. */
    static ToDoubleFunction<double[]> bueche(Instance instance) {
        double[] optimum = instance.optimum();
        for (int i = 0; i < optimum.length; i += 2) {
            optimum[i] = Math.abs(optimum[i]);
        }
        double[] scales = instance.powers(Math.sqrt(10));
        return x -> {
            double[] z = Points.waved(Points.from(optimum, x));
            for (int i = 0; i < z.length; i++) {
                z[i] *= scales[i] * (i % 2 == 0 && z[i] > 0 ? 10 : 1);
            }
            return Points.rastrigin(z) + 100 * Points.outside(x);
        };
    }

    /** A plane; the optimum is in a corner, and nothing beyond it is better. */
    static ToDoubleFunction<double[]> slope(Instance instance) {
        double[] side = Arrays.stream(instance.optimum()).map(Math::signum).toArray();
        double[] slopes = instance.powers(10);
        return x -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += slopes[i] * (5 - Math.min(5, side[i] * x[i]));
            }
            return sum;
        };
    }
}
