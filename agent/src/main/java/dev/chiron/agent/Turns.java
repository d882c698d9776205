package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.History;

/** Whose turn it is, the model's or the optimizer's. Follows from the trials before the last one, so that it is known ahead. */
public sealed interface Turns permits FixedTurns, CoinTurns, AdaptiveTurns {

    /**
     * Whether the trial of that number, counted from the baseline's 0 without repeats, is the model's. May be asked for any
     * number; the answer for the next two trials is final.
     */
    boolean isModels(int number);

    /**
     * Takes a trial into account, of this session or an earlier one; each once, in order, without repeats.
     *
     * @param before the trials before it
     */
    void learn(Entry entry, History before);
}
