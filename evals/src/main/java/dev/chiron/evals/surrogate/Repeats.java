package dev.chiron.evals.surrogate;

import java.util.List;
import java.util.OptionalDouble;

/** How far repeats of the same config lie apart: the standard deviation within them, pooled over configs. */
public final class Repeats {

    private double squares;
    private int freedom;

    /**
     * Adds a config's values.
     *
     * @param values at least one
     * @param scale by what their distances from their mean are divided; 1 for distances as they are
     */
    public void add(List<Double> values, double scale) {
        double mean = mean(values);
        for (double value : values) {
            squares += Math.pow((value - mean) / scale, 2);
        }
        freedom += values.size() - 1;
    }

    /** The mean of a config's values. */
    public static double mean(List<Double> values) {
        return values.stream().mapToDouble(x -> x).average().orElseThrow();
    }

    /** How many repeats there are beside the first run of each config. */
    public int freedom() {
        return freedom;
    }

    /** The pooled standard deviation; empty without repeats. */
    public OptionalDouble deviation() {
        return freedom == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / freedom));
    }
}
