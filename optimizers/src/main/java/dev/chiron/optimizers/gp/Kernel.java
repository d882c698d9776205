package dev.chiron.optimizers.gp;

/**
 * Matérn 5/2 with a lengthscale for each coordinate: k = s (1 + sqrt(5) r + 5/3 r^2) exp(-sqrt(5) r). In r^2 an ordered
 * coordinate counts with its squared difference, an unordered choice with 1 where the options differ (Hamming distance).
 */
final class Kernel {

    private static final double SQRT5 = Math.sqrt(5);

    private final boolean[] unordered;
    private final double[] weights;
    private final double scale;

    Kernel(boolean[] unordered, Hyperparameters hyperparameters) {
        this.unordered = unordered;
        this.weights = hyperparameters.weights;
        this.scale = hyperparameters.scale;
    }

    /** The covariance of a point with itself. */
    double scale() {
        return scale;
    }

    /** The covariance of two points. */
    double at(double[] a, double[] b) {
        return scale * shape(squaredDistance(a, b));
    }

    /** Their squared difference in one coordinate, before its weight. */
    double squaredDifference(int coordinate, double[] a, double[] b) {
        double difference = a[coordinate] - b[coordinate];
        if (unordered[coordinate]) {
            return difference == 0 ? 0 : 1;
        }
        return difference * difference;
    }

    double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * squaredDifference(i, a, b);
        }
        return sum;
    }

    /** The covariance at a squared distance, for scale 1. */
    static double shape(double squared) {
        double t = SQRT5 * Math.sqrt(squared);
        return (1 + t + t * t / 3) * StrictMath.exp(-t);
    }

    /** The derivative of {@link #shape} by the squared distance. */
    static double slope(double squared) {
        double t = SQRT5 * Math.sqrt(squared);
        return -5.0 / 6 * (1 + t) * StrictMath.exp(-t);
    }

    /** Adds factor times the derivative of k(a, b) by a; nothing for unordered choices. */
    void addGradient(double[] a, double[] b, double factor, double[] sum) {
        double common = 2 * factor * scale * slope(squaredDistance(a, b));
        for (int i = 0; i < weights.length; i++) {
            if (!unordered[i]) {
                sum[i] += common * weights[i] * (a[i] - b[i]);
            }
        }
    }
}
