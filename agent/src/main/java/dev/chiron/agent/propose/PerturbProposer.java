package dev.chiron.agent.propose;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.Turns;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.prompts.describe.Task;
import java.util.Optional;

/**
 * An optimizer, and on a model's turns the incumbent with two random parameters moved by a tenth of their range: the
 * control without any intelligence. What a model does not find beyond this, its tokens were not worth.
 */
final class PerturbProposer implements Proposer {

    private final Suggestions suggestions;
    private final Turns turns;

    PerturbProposer(Optimizer optimizer, Tactics tactics, Turns turns, Task task, long seed) {
        this.suggestions = new Suggestions(optimizer, tactics, task.space(), task.objective(), seed);
        this.turns = turns;
    }

    @Override
    public Proposal propose(History history) {
        return suggestion(history).<Proposal>map(Suggestions.Suggestion::alone).orElseGet(Suggestions::exhausted);
    }

    private Optional<Suggestions.Suggestion> suggestion(History history) {
        return turns.isModels(history.proposed())
                ? suggestions.moved(history, Origin.PERTURB)
                : suggestions.next(history);
    }

    @Override
    public void observe(Entry entry, History before) {
        turns.learn(entry, before);
        suggestions.observe(entry.trial());
    }

    @Override
    public void replay(Entry entry, History before) {
        if (!entry.trial().origin().isGiven()) {
            suggestion(before);
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
            suggestion(before);
        }
        begun(trial, before);
    }

    @Override
    public void recall(Entry entry, History before) {
        turns.learn(entry, before);
    }

    @Override
    public Optional<OptimizerState> state() {
        return Optional.of(suggestions.state());
    }
}
