package dev.chiron.optimizers.gp;

import java.util.Arrays;

/**
 * Losses as the process sees them: mean 0, variance 1, and with no tail that would flatten everything else. What is further
 * from the median than the best is, is brought in logarithmically; everything near the optimum stays as it is.
 */
final class Outcomes {

    /** Where the tail ends: e^5 times as far from the median as the best. */
    private static final double MOST_LOG = 5;

    private Outcomes() {}

    /** All 0 where the losses are all alike. Any finite losses. */
    static double[] standardised(double[] losses) {
        double[] scaled = new double[losses.length];
        double largest = 0;
        for (double loss : losses) {
            largest = Math.max(largest, Math.abs(loss));
        }
        for (int i = 0; i < losses.length && largest > 0; i++) {
            scaled[i] = losses[i] / largest; // in [-1, 1], so that no difference overflows
        }
        double[] sorted = scaled.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double reach = median - sorted[0];
        if (reach == 0) {
            reach = sorted[sorted.length - 1] - median;
        }
        if (reach == 0) {
            return new double[losses.length];
        }
        for (int i = 0; i < scaled.length; i++) {
            double z = Math.min(Double.MAX_VALUE, (scaled[i] - median) / reach);
            scaled[i] = z > 1 ? 1 + Math.min(MOST_LOG, StrictMath.log(z)) : z;
        }
        return divided(scaled);
    }

    private static double[] divided(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        double deviation = Math.sqrt(variance);
        return Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
    }
}
