package dev.chiron.optimizers.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the likelihood decides about the process.
 */
final class Hyperparameters {
    final double[] weights; // the inverse squared lengthscale of each coordinate
    final double scale; // the variance of the process
    final double noise; // the variance of one measurement

    Hyperparameters(double[] weights, double scale, double noise) {
        this.weights = weights;
        this.scale = scale;
        this.noise = noise;
    }

    static final double LEAST_NOISE = 1e-6;

    private static final double MOST_LOG = 12;

    static Hyperparameters initial(int dimension) {
        double[] weights = new double[dimension];
        Arrays.fill(weights, Math.min(1, 10.0 / dimension));
        return new Hyperparameters(weights, 1, 0.01);
    }

    /** From logarithms: the weights', the scale's, that of the noise above its least. */
    static Hyperparameters ofLogs(double[] logs) {
        int d = logs.length - 2;
        double[] natural = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            natural[i] = StrictMath.exp(Math.max(-2 * MOST_LOG, Math.min(MOST_LOG, logs[i])));
        }
        return new Hyperparameters(Arrays.copyOf(natural, d), natural[d], natural[d + 1] + LEAST_NOISE);
    }

    /** What {@link #ofLogs} reads. */
    double[] logs() {
        int d = weights.length;
        double[] logs = new double[d + 2];
        for (int i = 0; i < d; i++) {
            logs[i] = StrictMath.log(weights[i]);
        }
        logs[d] = StrictMath.log(scale);
        logs[d + 1] = StrictMath.log(Math.max(1e-10, noise - LEAST_NOISE));
        return logs;
    }

    static List<Double> list(double[] logs) {
        List<Double> list = new ArrayList<>(logs.length);
        for (double log : logs) {
            list.add(log);
        }
        return List.copyOf(list);
    }

    static double[] array(List<Double> logs) {
        return logs.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
