package dev.chiron.evals.bbob;

import java.util.Arrays;
import org.apache.commons.math3.util.MathArrays;

/** What the functions do to points before they look at them; each gives a fresh point. */
final class Points {

    private static final double EDGE = 5;

    private Points() {}

    /** The point as seen from another. */
    static double[] from(double[] origin, double[] x) {
        return MathArrays.ebeSubtract(x, origin);
    }

    /** Lets small waves run over each coordinate, not the same on both sides of 0: {@code T_osz}. */
    static double[] waved(double[] x) {
        return Arrays.stream(x).map(Points::waved).toArray();
    }

    /** {@code T_osz} of one number. */
    static double waved(double x) {
        if (x == 0) {
            return 0;
        }
        double log = Math.log(Math.abs(x)) / 0.1;
        double wave = x > 0 ? Math.sin(log) + Math.sin(0.79 * log) : Math.sin(0.55 * log) + Math.sin(0.31 * log);
        return Math.signum(x) * Math.pow(Math.exp(log + 0.49 * wave), 0.1);
    }

    /** Stretches what is above 0, the more the later the axis: {@code T_asy}. */
    static double[] stretched(double beta, double[] x, Instance instance) {
        double[] stretched = x.clone();
        for (int i = 0; i < x.length; i++) {
            if (x[i] > 0) {
                stretched[i] = Math.pow(x[i], 1 + beta * instance.share(i) * Math.sqrt(x[i]));
            }
        }
        return stretched;
    }

    /** The squares' sum, each weighted. */
    static double weighted(double[] weights, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += weights[i] * x[i] * x[i];
        }
        return sum;
    }

    /** The squares' sum. */
    static double squares(double[] x) {
        return weighted(ones(x.length), x);
    }

    /** One for each axis. */
    static double[] ones(int dimension) {
        double[] ones = new double[dimension];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The square of the distance to the box of [-5, 5], where no config of a task is. */
    static double outside(double[] x) {
        return Arrays.stream(x)
                .map(coordinate -> Math.max(0, Math.abs(coordinate) - EDGE))
                .map(distance -> distance * distance)
                .sum();
    }

    /** Rastrigin's: a bowl with ten minima an axis. */
    static double rastrigin(double[] z) {
        return squares(z) + ripples(z);
    }

    /** Rastrigin's minima without the bowl. */
    static double ripples(double[] z) {
        return 10
                * (z.length
                        - Arrays.stream(z).map(x -> Math.cos(2 * Math.PI * x)).sum());
    }

    /** One term of Rosenbrock's valley. */
    static double rosenbrock(double a, double b) {
        return 100 * (a * a - b) * (a * a - b) + (a - 1) * (a - 1);
    }
}
