package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.describe.Task;
import java.util.Optional;

/**
 * An optimizer and a language model taking turns (Centaur). The optimizer suggests a config on every turn; on its own it
 * is run, on the model's the model sees it with the optimizer's whole state and proposes what it likes. When the model
 * cannot be reached, or gives no usable reply, the optimizer's suggestion is run under the optimizer's name.
 */
public final class CentaurProposer implements Proposer {

    private final Suggestions suggestions;
    private final Turns turns;
    private final Model model;
    private final ModelTurns models;
    private final boolean required;

    /**
     * @param required whether the study pauses, instead of going on with the optimizer alone, when the model cannot be
     *     reached
     * @param seed for the random configs of an optimizer that only repeats itself
     */
    public CentaurProposer(
            Optimizer optimizer, Tactics tactics, Turns turns, Model model, Task task, boolean required, long seed) {
        this.suggestions = new Suggestions(optimizer, tactics, task.space(), task.objective(), seed);
        this.turns = turns;
        this.model = model;
        this.models = new ModelTurns(model, new CentaurPrompt(task), task.space());
        this.required = required;
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        Optional<Suggestions.Suggestion> suggestion = suggestion(history);
        if (suggestion.isEmpty()) {
            return Suggestions.exhausted();
        }
        return turns.isModels(history.proposed())
                ? models(suggestion.get(), history)
                : suggestion.get().alone();
    }

    /** On its own turn the optimizer may leave it to a local move; the model is always shown what the optimizer would try. */
    private Optional<Suggestions.Suggestion> suggestion(History history) {
        return turns.isModels(history.proposed()) ? suggestions.own(history) : suggestions.next(history);
    }

    private Proposal models(Suggestions.Suggestion suggestion, History history) throws InterruptedException {
        ModelTurns.Ending ending = models.take(suggestions.state(), suggestion.config(), history);
        if (ending instanceof ModelTurns.Ending.Proposed proposed) {
            // who only repeats the optimizer's suggestion has proposed nothing of its own
            Origin origin = proposed.config().equals(suggestion.config())
                    ? suggestion.origin()
                    : origin(!proposed.turn().repairs().isEmpty());
            return new Proposal.Try(new Change.Settings(proposed.config()), origin, Optional.of(proposed.turn()));
        } else if (ending instanceof ModelTurns.Ending.Refused refused) {
            return required
                    ? new Proposal.Stop(End.MODEL_REFUSED, refused.turn().fallback())
                    : fallback(suggestion, refused.turn());
        } else if (ending instanceof ModelTurns.Ending.Failed failed) {
            return required && !failed.reached()
                    ? new Proposal.Stop(End.MODEL_UNREACHABLE, failed.turn().fallback())
                    : fallback(suggestion, failed.turn());
        }
        throw new AssertionError(ending);
    }

    /** Rules of thumb are not passed off as a language model. */
    private Origin origin(boolean repaired) {
        if (model.author().equals("builtin")) {
            return Origin.BUILTIN;
        }
        return repaired ? Origin.LLM_REPAIRED : Origin.LLM;
    }

    /** A wrong key is found before the study begins; one that ran out or was revoked since ends no night's study. */
    private static Proposal fallback(Suggestions.Suggestion suggestion, ModelTurn turn) {
        return new Proposal.Try(new Change.Settings(suggestion.config()), suggestion.origin(), Optional.of(turn));
    }

    @Override
    public void observe(Trial trial) {
        suggestions.observe(trial);
    }

    @Override
    public void replay(Trial trial, History before) {
        if (trial.number() > 0) {
            suggestion(before);
        }
        suggestions.observe(trial);
    }

    @Override
    public OptimizerState state() {
        return suggestions.state();
    }
}
