package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.History;
import java.util.BitSet;

/**
 * Turns by measured {@linkplain Credit credit}: the model's share follows the probability that a trial of its brings more than one of
 * the optimizer's. It is {@value #EVEN} while nothing speaks for either, at most {@value #MOST}, and zero for a model that is surely
 * worse. Old evidence fades, so that a model at zero is heard again, and a good one has to stay good.
 */
public final class AdaptiveTurns implements Turns {

    private static final double EVEN = 0.3;
    private static final double MOST = 0.5;

    /** Below this probability of being worth it the model has no turns. */
    private static final double HOPELESS = 0.05;

    private final int warmup;
    private final Credit credit = new Credit();
    private final BitSet models = new BitSet();
    private int decided;
    private double due;

    /**
     * @param warmup the number of trials at the start, baseline included, that are never the model's
     * @throws IllegalArgumentException if it is negative
     */
    public AdaptiveTurns(int warmup) {
        if (warmup < 0) {
            throw new IllegalArgumentException("warmup must not be negative: " + warmup);
        }
        this.warmup = Math.max(1, warmup);
    }

    /** By what is known now for trials that are not decided yet. */
    @Override
    public boolean isModels(int number) {
        if (number > decided + 1) {
            return Math.floor((number - warmup + 1) * share()) > Math.floor((number - warmup) * share())
                    && number >= warmup;
        }
        decide(number);
        return models.get(number);
    }

    /** The trial after this one is decided before this one's outcome counts, since the model is asked while it runs. */
    @Override
    public void learn(Entry entry, History before) {
        decide(before.proposed() + 1);
        credit.add(entry, before);
    }

    private void decide(int number) {
        while (decided < number) {
            decided++;
            if (decided >= warmup) {
                due += share();
            }
            if (due >= 1) {
                due--;
                models.set(decided);
            }
        }
    }

    /** The model's share of the turns now, 0 to {@value #MOST}. */
    public double share() {
        double better = credit.better();
        if (better < 0.5) {
            return EVEN * Math.max(0, better - HOPELESS) / (0.5 - HOPELESS);
        }
        return EVEN + (MOST - EVEN) * (better - 0.5) / 0.5;
    }
}
