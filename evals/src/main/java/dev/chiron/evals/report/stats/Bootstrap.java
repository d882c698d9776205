package dev.chiron.evals.report.stats;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** The percentile bootstrap of a mean (Efron 1979): the same values always give the same interval. */
public final class Bootstrap {

    private static final long SEED = 42;
    private static final double TAIL = 2.5;

    private final int[][] samples;

    /**
     * Draws which values each resample has.
     *
     * @param count how many values there will be, at least 1
     * @param resamples how many times they are drawn, at least 1
     */
    public Bootstrap(int count, int resamples) {
        RandomGenerator random = new Well19937c(SEED);
        samples = new int[resamples][count];
        for (int[] sample : samples) {
            Arrays.setAll(sample, i -> random.nextInt(count));
        }
    }

    /**
     * The mean with its 95 % interval.
     *
     * @param values as many as the constructor was told, all finite
     */
    public Interval mean(double[] values) {
        double[] means = new double[samples.length];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            for (int index : samples[i]) {
                sum += values[index];
            }
            means[i] = sum / values.length;
        }
        Percentile percentile = new Percentile();
        percentile.setData(means);
        return new Interval(StatUtils.mean(values), percentile.evaluate(TAIL), percentile.evaluate(100 - TAIL));
    }

    /** A mean between the ends of its interval. */
    public record Interval(double mean, double low, double high) {}
}
