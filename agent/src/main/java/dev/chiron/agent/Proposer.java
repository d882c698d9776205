package dev.chiron.agent;

import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Patch;
import dev.chiron.sandbox.run.Execution;
import java.util.List;
import java.util.Optional;

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

    /**
     * A proposal is being run, which may take long: time to think about the next. Called once for each proposal, at this
     * point of the study only, so that whatever comes of it comes again when the study is repeated.
     *
     * @param history all trials before it
     * @param more whether the budget allows another trial after it; without, nothing is worth asking for
     */
    default void running(Proposal.Try proposal, History history, boolean more) {}

    /**
     * A trial was proposed, by whomever, and others will be sought while it runs: the next {@link #propose} is asked for before it is
     * {@linkplain #observe observed}. Called in place of {@link #running} where several trials run at once.
     *
     * @param before the trials before it; it is not among the pending ones yet
     */
    default void begun(Proposed trial, History before) {
        throw new IllegalStateException("proposes one trial at a time: " + trial);
    }

    /**
     * Learns from a trial that was run, whoever proposed it.
     *
     * @param before the trials before it
     */
    void observe(Entry entry, History before);

    /**
     * Remembers a trial of an earlier session that the state knows already.
     *
     * @param before the trials before it
     */
    default void recall(Entry entry, History before) {}

    /** Remembers of an earlier session that a trial had {@linkplain #begun begun}, as the state knows already. */
    default void recall(Proposed trial, History before) {}

    /**
     * Catches up with a trial that had {@linkplain #begun begun} in an earlier session: does to the state what {@link #propose} and that did
     * then, without asking a model.
     *
     * @param before the trials before it; it is not among the pending ones yet
     */
    default void replay(Proposed trial, History before) {
        begun(trial, before);
    }

    /**
     * Catches up with a trial of an earlier session: does to the state what {@link #propose}, {@link #running} and
     * {@link #observe} did then, without asking a model.
     *
     * @param before the trials before it
     */
    void replay(Entry entry, History before);

    /**
     * A change that crashed, mended by who proposed it: it is run in its place, as the same trial. Asked at most once a trial. The same
     * change again, with what asking has cost, is not run again.
     *
     * @param history all trials before it
     * @throws InterruptedException if the study is stopped meanwhile
     */
    default Optional<Proposal.Try> mended(Proposal.Try broken, Execution execution, History history)
            throws InterruptedException {
        return Optional.empty();
    }

    /**
     * What is still to be run once the budget is spent, which else ends the study: one change after the other until it is empty.
     *
     * @param history all trials so far
     */
    default Optional<Proposal.Try> afterwards(History history) {
        return Optional.empty();
    }

    /**
     * The edited script that somebody outside the study makes of the incumbent's.
     *
     * @param idea what the edit is meant to do
     * @param history all trials so far
     * @throws BadInput if it cannot be run, and why; or if nothing is edited in this study
     * @throws InterruptedException if the study is stopped meanwhile
     */
    default Change.Edit rewritten(Patch patch, String idea, History history) throws InterruptedException {
        throw new BadInput(
                "this study runs the script as it is; begin one with --method centaur-code or code to edit it");
    }

    /** What a person wants the next questions to models to say, all of it, the newest last; a question that is ready stays as it is. */
    default void note(List<String> notes) {}

    /** The state from which this proposer goes on exactly; empty if the journal is what it goes on from. */
    Optional<OptimizerState> state();

    /** The model's next question, if it is ready before its turn. */
    default Optional<Ahead> ahead() {
        return Optional.empty();
    }

    /** Gives up what is still being asked. */
    default void close() {}
}
