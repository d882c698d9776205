package dev.chiron.evals.bbob;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.RealMatrix;

/** Functions 10 to 14: of high conditioning, with one optimum. */
final class IllConditioned {

    private static final double CONDITION = 1e6;

    private IllConditioned() {}

    static ToDoubleFunction<double[]> ellipsoid(Instance instance) {
        return waved(instance, instance.powers(CONDITION));
    }

    static ToDoubleFunction<double[]> discus(Instance instance) {
        double[] weights = Points.ones(instance.dimension());
        weights[0] = CONDITION;
        return waved(instance, weights);
    }

    private static ToDoubleFunction<double[]> waved(Instance instance, double[] weights) {
        double[] optimum = instance.optimum();
        RealMatrix rotation = instance.first();
        return x -> Points.weighted(weights, Points.waved(rotation.preMultiply(Points.from(optimum, x))));
    }

    static ToDoubleFunction<double[]> bentCigar(Instance instance) {
        double[] optimum = Draws.place(instance.dimension(), instance.secondSeed()); // unlike all others
        RealMatrix rotation = instance.first();
        double[] weights = new double[instance.dimension()];
        Arrays.fill(weights, CONDITION);
        weights[0] = 1;
        return x -> {
            double[] turned = rotation.preMultiply(Points.from(optimum, x));
            return Points.weighted(weights, rotation.preMultiply(Points.stretched(0.5, turned, instance)));
        };
    }

    static ToDoubleFunction<double[]> sharpRidge(Instance instance) {
        double[] optimum = instance.optimum();
        RealMatrix linear = instance.scaled(10);
        return x -> {
            double[] z = linear.preMultiply(Points.from(optimum, x));
            return z[0] * z[0] + 100 * Math.sqrt(Points.squares(Arrays.copyOfRange(z, 1, z.length)));
        };
    }

    /** Exponents from 2 to 6: the nearer the optimum, the worse conditioned. */
    static ToDoubleFunction<double[]> differentPowers(Instance instance) {
        double[] optimum = instance.optimum();
        RealMatrix rotation = instance.first();
        return x -> {
            double[] z = rotation.preMultiply(Points.from(optimum, x));
            double sum = 0;
            for (int i = 0; i < z.length; i++) {
                sum += Math.pow(Math.abs(z[i]), 2 + 4 * instance.share(i));
            }
            return Math.sqrt(sum);
        };
    }
}
