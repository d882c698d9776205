package dev.chiron.agent.code;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Patch;
import dev.chiron.sandbox.run.Execution;
import java.util.List;
import java.util.Optional;

/**
 * Models that edit the script, and nobody else (karpathy/autoresearch): each turn edits the incumbent. The journal and what
 * was answered is all that it needs to go on.
 */
public final class CodeProposer implements Proposer {

    private final Editor editor;
    private final Ablation ablation;
    private final int turns;

    /**
     * A proposer that knows of no trial yet.
     *
     * @param turns after how many turns in a row without an edit that can be run the study ends, those of earlier sessions counted
     */
    public CodeProposer(Editor editor, Ablation ablation, int turns) {
        this.editor = editor;
        this.ablation = ablation;
        this.turns = turns;
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        Change from = history.incumbent().orElseThrow().change();
        String why = "";
        boolean away = true;
        for (int turn = 0; turn < turns; turn++) {
            EditTurn.Ending ending = editor.take(turn, from, history);
            why = ending.turn().fallback();
            away &= ending instanceof EditTurn.Ending.Away;
            if (ending instanceof EditTurn.Ending.Edited edited) {
                return new Proposal.Try(edited.change(), Origin.LLM, Optional.of(edited.turn()));
            } else if (ending instanceof EditTurn.Ending.Refused) {
                return new Proposal.Stop(End.MODEL_REFUSED, why);
            } else if (ending instanceof EditTurn.Ending.Spent) {
                return new Proposal.Stop(End.DONE, "the model's budget is spent: " + why);
            }
        }
        return away
                ? new Proposal.Stop(End.MODEL_UNREACHABLE, why)
                : new Proposal.Stop(
                        End.DONE, "no edit that could be run came of " + turns + " turns of the model: " + why);
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
        editor.observe(entry, before);
    }

    @Override
    public void replay(Entry entry, History before) {
        editor.observe(entry, before);
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
