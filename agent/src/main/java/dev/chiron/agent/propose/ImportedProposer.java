package dev.chiron.agent.propose;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import java.util.List;
import java.util.Optional;

/**
 * The best config of earlier results, and then whoever takes turns: only what this study has measured can be its incumbent, and
 * how far the earlier value is from the one measured here says how far the earlier results hold.
 */
public final class ImportedProposer implements Proposer {

    private final Config best;
    private final Proposer turns;

    private ImportedProposer(Config best, Proposer turns) {
        this.best = best;
        this.turns = turns;
    }

    /** The same proposer with the best of earlier results before it, unless there is none or it is the baseline, which is run anyway. */
    public static Proposer before(Proposer turns, Earlier earlier, Task task) {
        return earlier.best(task.objective(), task.space())
                .map(Trial::config)
                .filter(best -> !best.equals(task.baseline()))
                .<Proposer>map(best -> new ImportedProposer(best, turns))
                .orElse(turns);
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        return history.proposed() == 1 && !history.isTaken(new Change.Settings(best))
                ? new Proposal.Try(new Change.Settings(best), Origin.IMPORTED, Optional.empty())
                : turns.propose(history);
    }

    @Override
    public void running(Proposal.Try proposal, History history, boolean more) {
        turns.running(proposal, history, more);
    }

    @Override
    public void observe(Entry entry, History before) {
        turns.observe(entry, before);
    }

    @Override
    public void recall(Entry entry, History before) {
        turns.recall(entry, before);
    }

    @Override
    public void replay(Entry entry, History before) {
        turns.replay(entry, before);
    }

    @Override
    public void begun(Proposed trial, History before) {
        turns.begun(trial, before);
    }

    @Override
    public void recall(Proposed trial, History before) {
        turns.recall(trial, before);
    }

    @Override
    public void replay(Proposed trial, History before) {
        turns.replay(trial, before);
    }

    @Override
    public void note(List<String> notes) {
        turns.note(notes);
    }

    @Override
    public Optional<OptimizerState> state() {
        return turns.state();
    }

    @Override
    public Optional<Ahead> ahead() {
        return turns.ahead();
    }

    @Override
    public void close() {
        turns.close();
    }
}
