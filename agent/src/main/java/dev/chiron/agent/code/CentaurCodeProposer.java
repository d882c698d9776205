package dev.chiron.agent.code;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.Turns;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Patch;
import dev.chiron.sandbox.run.Execution;
import java.util.List;
import java.util.Optional;

/**
 * Models that edit the script, and an optimizer that tunes the numbers of each version that comes of it. A model's turn edits
 * the incumbent, its numbers included; where it brings nothing that can be run, and on all other turns, numbers are tried. The
 * journal and what was answered is all that it needs to go on.
 */
public final class CentaurCodeProposer implements Proposer {

    private final Editor editor;
    private final Tuners tuners;
    private final Ablation ablation;
    private final Turns turns;
    private final boolean required;

    /**
     * A proposer that knows of no trial yet.
     *
     * @param turns when models have their turns
     * @param required whether the study stops, instead of going on with numbers alone, when no model can be reached
     */
    public CentaurCodeProposer(Editor editor, Tuners tuners, Ablation ablation, Turns turns, boolean required) {
        this.editor = editor;
        this.tuners = tuners;
        this.ablation = ablation;
        this.turns = turns;
        this.required = required;
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        if (!turns.isModels(history.proposed())) {
            return tuned(history, Optional.empty());
        }
        Change from = history.incumbent().orElseThrow().change();
        EditTurn.Ending ending = editor.take(0, from, history);
        if (ending instanceof EditTurn.Ending.Edited edited) {
            return new Proposal.Try(edited.change(), Origin.LLM, Optional.of(edited.turn()));
        } else if (required && ending instanceof EditTurn.Ending.Away) {
            return new Proposal.Stop(End.MODEL_UNREACHABLE, ending.turn().fallback());
        } else if (required && ending instanceof EditTurn.Ending.Refused) {
            return new Proposal.Stop(End.MODEL_REFUSED, ending.turn().fallback());
        }
        return tuned(history, Optional.of(ending.turn()));
    }

    private Proposal tuned(History history, Optional<ModelTurn> turn) {
        return tuners.next(history)
                .<Proposal>map(found -> new Proposal.Try(found.change(), found.origin(), turn))
                .orElseGet(() -> new Proposal.Stop(End.DONE, "every config of every version has been tried"));
    }

    @Override
    public Optional<Proposal.Try> mended(Proposal.Try broken, Execution execution, History history)
            throws InterruptedException {
        return editor.mended(broken, execution, history);
    }

    @Override
    public Optional<Proposal.Try> afterwards(History history) {
        return ablation.next(history);
    }

    @Override
    public void observe(Entry entry, History before) {
        turns.learn(entry, before);
        before.incumbent().ifPresent(tuners::know);
        tuners.observe(entry.trial());
        editor.observe(entry, before);
    }

    @Override
    public void replay(Entry entry, History before) {
        boolean edited = entry.turn().filter(turn -> !turn.isFallback()).isPresent();
        if (!entry.trial().origin().isGiven() && !edited) {
            tuners.next(before);
        }
        observe(entry, before);
    }

    @Override
    public Change.Edit rewritten(Patch patch, String idea, History history) throws InterruptedException {
        return editor.rewritten(patch, idea, history);
    }

    @Override
    public void note(List<String> notes) {
        editor.note(notes);
    }

    @Override
    public Optional<OptimizerState> state() {
        return Optional.empty();
    }
}
