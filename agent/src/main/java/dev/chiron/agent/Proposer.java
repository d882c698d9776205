package dev.chiron.agent;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;

/**
 * Suggests what to try next, and learns from what came of it. For one thread.
 *
 * <p>Repeats are none of its business: it neither proposes nor observes them. A config measured five times would weigh five
 * times in CMA-ES's generation and TPE's density, which is where the optimizer has looked and not what it has learned. What
 * repeats teach reaches it as the {@linkplain History#incumbent incumbent}.
 */
public interface Proposer {

    /**
     * The next change to run.
     *
     * @param history all trials so far, the baseline at least; each was {@linkplain #observe observed}
     * @throws InterruptedException if the study is stopped meanwhile
     */
    Proposal propose(History history) throws InterruptedException;

    /** Learns from a trial that was run, whoever proposed it. */
    void observe(Trial trial);

    /**
     * Catches up with a trial of an earlier session: does to the state what {@link #propose} and {@link #observe} did
     * then, without asking a model.
     *
     * @param before the trials before it
     */
    void replay(Trial trial, History before);

    /** The state from which this proposer goes on exactly. */
    OptimizerState state();
}
