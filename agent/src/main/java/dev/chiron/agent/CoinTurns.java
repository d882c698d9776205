package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.study.History;

/**
 * Turns by the toss of a coin, one for each trial after the warm-up. How it falls follows from the seed and the trial's number alone, so
 * that a study that goes on tosses the same.
 */
public final class CoinTurns implements Turns {

    private final double share;
    private final int warmup;
    private final long seed;

    /**
     * @param share the probability that a trial after the warm-up is the model's, 0 to 1
     * @param warmup the number of trials at the start, baseline included, that are never the model's
     * @throws IllegalArgumentException if the share is outside 0 to 1 or the warm-up is negative
     */
    public CoinTurns(double share, int warmup, long seed) {
        if (!(share >= 0 && share <= 1) || warmup < 0) {
            throw new IllegalArgumentException(
                    "share must lie in [0, 1] and warmup must not be negative: " + share + ", " + warmup);
        }
        this.share = share;
        this.warmup = Math.max(1, warmup); // the baseline is nobody's turn
        this.seed = new SplitMix(seed).nextLong(); // neighbouring seeds must not toss alike, a trial apart
    }

    @Override
    public boolean isModels(int number) {
        return number >= warmup && new SplitMix(seed + number).nextDouble() < share;
    }

    /** Teaches nothing. */
    @Override
    public void learn(Entry entry, History before) {}
}
