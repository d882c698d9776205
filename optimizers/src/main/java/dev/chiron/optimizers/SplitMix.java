package dev.chiron.optimizers;

import org.apache.commons.math3.random.BitsStreamGenerator;

/**
 * SplitMix64 (Steele, Lea, Flood 2014): a random generator whose whole state is one {@code long}, so that an
 * {@link OptimizerState} can carry it. Gaussians keep nothing back.
 */
public final class SplitMix extends BitsStreamGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** A generator in this state. */
    public SplitMix(long state) {
        this.state = state;
    }

    /** What {@code new SplitMix(state)} continues from. */
    public long state() {
        return state;
    }

    @Override
    public void setSeed(int seed) {
        state = seed;
    }

    @Override
    public void setSeed(int[] seed) {
        state = 0;
        for (int part : seed) {
            state = nextLong() ^ part;
        }
    }

    @Override
    public void setSeed(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    protected int next(int bits) {
        return (int) (nextLong() >>> (64 - bits));
    }

    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Marsaglia's polar method; the second of each pair is thrown away, so that no state is left beside the long. */
    @Override
    public double nextGaussian() {
        while (true) {
            double u = 2 * nextDouble() - 1;
            double v = 2 * nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
