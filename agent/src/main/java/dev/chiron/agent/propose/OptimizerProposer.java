package dev.chiron.agent.propose;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import java.util.Optional;

/** An optimizer alone: every trial is its own. */
public final class OptimizerProposer implements Proposer {

    private final Suggestions suggestions;

    /** @param seed for the random configs of an optimizer that only repeats itself */
    public OptimizerProposer(Optimizer optimizer, Tactics tactics, SearchSpace space, Objective objective, long seed) {
        this.suggestions = new Suggestions(optimizer, tactics, space, objective, seed);
    }

    @Override
    public Proposal propose(History history) {
        return suggestions
                .next(history)
                .<Proposal>map(Suggestions.Suggestion::alone)
                .orElseGet(Suggestions::exhausted);
    }

    @Override
    public void observe(Entry entry, History before) {
        suggestions.observe(entry.trial());
    }

    @Override
    public void replay(Entry entry, History before) {
        if (!entry.trial().origin().isGiven()) {
            suggestions.next(before);
        }
        observe(entry, before);
    }

    @Override
    public void begun(Proposed trial, History before) {
        suggestions.begun(trial);
    }

    @Override
    public void replay(Proposed trial, History before) {
        if (!trial.origin().isGiven()) {
            suggestions.next(before);
        }
        begun(trial, before);
    }

    @Override
    public Optional<OptimizerState> state() {
        return Optional.of(suggestions.state());
    }
}
