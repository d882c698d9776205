package dev.chiron.optimizers.sobol;

import dev.chiron.optimizers.SplitMix;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/** Sobol's quasi-random points of the unit cube, shifted at random (Cranley and Patterson 1976). */
public final class SobolPoints {

    /** What Commons Math has direction numbers for. */
    private static final int MOST_DIMENSIONS = 1000;

    private final double[] shift;
    private final SobolSequenceGenerator sobol;
    private final long seed;

    /** A sequence for points of so many coordinates; the seed says by what it is shifted. */
    public SobolPoints(int dimension, long seed) {
        this.seed = seed;
        this.sobol = new SobolSequenceGenerator(Math.min(dimension, MOST_DIMENSIONS));
        this.shift = uniform(dimension, new SplitMix(seed));
    }

    /** The point of that number; coordinates beyond the sequence's are random. */
    public double[] point(int number) {
        double[] sequence = sobol.skipTo(number + 1);
        double[] point = uniform(shift.length, new SplitMix(seed + number));
        for (int i = 0; i < sequence.length; i++) {
            double u = sequence[i] + shift[i];
            point[i] = u - Math.floor(u);
        }
        return point;
    }

    private static double[] uniform(int dimension, RandomGenerator random) {
        double[] point = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            point[i] = random.nextDouble();
        }
        return point;
    }
}
