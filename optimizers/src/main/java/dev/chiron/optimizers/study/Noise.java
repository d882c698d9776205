package dev.chiron.optimizers.study;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * How much a config's value varies when it is measured again: the standard deviation within configs, pooled over all that
 * were measured more than once. One number for the whole study, since a few runs of one config tell next to nothing.
 *
 * @param sd standard deviation, in the metric's units; 0 or more
 * @param repeats measurements beyond each config's first: the degrees of freedom
 */
public record Noise(double sd, int repeats) {

    private static final double INTERVAL = 0.975;

    /** Half the width of the 95 % interval (Student's) of a mean of so many runs, in the metric's units. */
    public double margin(int runs) {
        return quantile() * sd / Math.sqrt(runs);
    }

    /** The same of the difference between two means of so many runs. */
    public double margin(int runs, int others) {
        return quantile() * ofDifference(runs, others);
    }

    private double quantile() {
        return new TDistribution(null, repeats).inverseCumulativeProbability(INTERVAL);
    }

    /** The standard error of the difference between two means of so many runs. */
    double ofDifference(int runs, int others) {
        return sd * Math.sqrt(1.0 / runs + 1.0 / others);
    }
}
