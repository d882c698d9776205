package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.History;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Turns by a fixed share. After the warm-up the model has exactly its share, spread evenly: with 0.4, of any 100 trials in a
 * row after the warm-up 40 are the model's, and never three in a row.
 *
 * <p>The first Centaur took {@code round(1 / share)}, which made 0.4, 0.5 and 0.6 one and the same.
 */
public final class FixedTurns implements Turns {

    private final BigDecimal share;
    private final int warmup;

    /**
     * @param share the model's share of the trials after the warm-up, 0 to 1
     * @param warmup the number of trials at the start, baseline included, that are never the model's
     * @throws IllegalArgumentException if the share is outside 0 to 1 or the warm-up is negative
     */
    public FixedTurns(double share, int warmup) {
        if (!(share >= 0 && share <= 1) || warmup < 0) {
            throw new IllegalArgumentException(
                    "share must lie in [0, 1] and warmup must not be negative: " + share + ", " + warmup);
        }
        this.share = BigDecimal.valueOf(share); // exact decimals: in binary, 0.29 of 100 would be 28
        this.warmup = warmup;
    }

    @Override
    public boolean isModels(int number) {
        int turn = number - Math.max(1, warmup); // the baseline is nobody's turn
        return turn >= 0 && modelTurns(turn + 1) > modelTurns(turn);
    }

    /** The model's turns among the first so many after the warm-up. */
    private long modelTurns(int turns) {
        return share.multiply(BigDecimal.valueOf(turns))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    /** Teaches nothing. */
    @Override
    public void learn(Entry entry, History before) {}
}
