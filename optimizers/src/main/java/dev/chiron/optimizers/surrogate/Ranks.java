package dev.chiron.optimizers.surrogate;

import java.util.Arrays;

/**
 * Losses as trees see them: the logarithm of the share of losses below, brought to mean 0 and variance 1. Nothing
 * depends on the losses' size, no outlier flattens the rest, and differences are largest among the best.
 */
public final class Ranks {

    private Ranks() {}

    /** In the order of the losses, equal where they are; all 0 if all are. Any finite losses. */
    public static double[] standardised(double[] losses) {
        double[] sorted = losses.clone();
        Arrays.sort(sorted);
        double[] values = new double[losses.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = StrictMath.log((below(sorted, losses[i]) + 0.5) / values.length);
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        boolean alike = losses.length == 0 || sorted[0] == sorted[sorted.length - 1];
        return Arrays.stream(values)
                .map(v -> alike ? 0 : (v - mean) / Math.sqrt(variance))
                .toArray();
    }

    /** How many are less. */
    private static int below(double[] sorted, double loss) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < loss) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
