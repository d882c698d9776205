package dev.chiron.evals.bbob;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** Functions 15 to 19: many optima, with a structure to follow. */
final class Multimodal {

    private static final int WEIERSTRASS_TERMS = 12;

    private Multimodal() {}

    static ToDoubleFunction<double[]> rastrigin(Instance instance) {
        double[] optimum = instance.optimum();
        RealMatrix rotation = instance.first();
        RealMatrix linear = instance.scaled(10);
        return x -> {
            double[] waved = Points.waved(rotation.preMultiply(Points.from(optimum, x)));
            return Points.rastrigin(linear.preMultiply(Points.stretched(0.2, waved, instance)));
        };
    }

    static ToDoubleFunction<double[]> weierstrass(Instance instance) {
        double[] optimum = instance.optimum();
        RealMatrix rotation = instance.first();
        RealMatrix linear = instance.second()
                .multiply(MatrixUtils.createRealDiagonalMatrix(instance.powers(0.1)))
                .multiply(rotation);
        double least = weierstrass(0);
        int n = instance.dimension();
        return x -> {
            double sum = 0;
            for (double z : linear.preMultiply(Points.waved(rotation.preMultiply(Points.from(optimum, x))))) {
                sum += weierstrass(z);
            }
            return 10 * Math.pow(sum / n - least, 3) + 10.0 / n * Points.outside(x);
        };
    }

    private static double weierstrass(double z) {
        double sum = 0;
        for (int k = 0; k < WEIERSTRASS_TERMS; k++) {
            sum += Math.pow(0.5, k) * Math.cos(2 * Math.PI * Math.pow(3, k) * (z + 0.5));
        }
        return sum;
    }

    /** Schaffer's F7. */
    static ToDoubleFunction<double[]> schaffer(Instance instance, double condition) {
        double[] optimum = instance.optimum();
        RealMatrix rotation = instance.first();
        RealMatrix linear =
                instance.second().multiply(MatrixUtils.createRealDiagonalMatrix(instance.powers(Math.sqrt(condition))));
        return x -> {
            double[] turned = rotation.preMultiply(Points.from(optimum, x));
            double[] z = linear.preMultiply(Points.stretched(0.5, turned, instance));
            double sum = 0;
            for (int i = 0; i < z.length - 1; i++) {
                double s = z[i] * z[i] + z[i + 1] * z[i + 1];
                double wave = Math.sin(50 * Math.pow(s, 0.1));
                sum += Math.pow(s, 0.25) * (wave * wave + 1);
            }
            double mean = sum / (z.length - 1);
            return mean * mean + 10 * Points.outside(x);
        };
    }

    /** Griewank's function of Rosenbrock's. */
    static ToDoubleFunction<double[]> griewankRosenbrock(Instance instance) {
        RealMatrix linear = instance.second().scalarMultiply(Moderate.scale(instance));
        return x -> {
            double[] z = linear.preMultiply(x);
            double sum = 0;
            for (int i = 0; i < z.length - 1; i++) {
                double valley = Points.rosenbrock(z[i] + 0.5, z[i + 1] + 0.5);
                sum += valley / 4000 - Math.cos(valley);
            }
            return 10 + 10 * sum / (z.length - 1);
        };
    }
}
