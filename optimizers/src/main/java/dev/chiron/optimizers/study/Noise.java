package dev.chiron.optimizers.study;

/**
 * How much a config's value varies when it is measured again: the standard deviation within configs, pooled over all that
 * were measured more than once. One number for the whole study, since a few runs of one config tell next to nothing.
 *
 * @param sd standard deviation, in the metric's units; 0 or more
 * @param repeats measurements beyond each config's first: the degrees of freedom
 */
public record Noise(double sd, int repeats) {

    /** The standard error of the difference between two means of so many runs. */
    double ofDifference(int runs, int others) {
        return sd * Math.sqrt(1.0 / runs + 1.0 / others);
    }
}
