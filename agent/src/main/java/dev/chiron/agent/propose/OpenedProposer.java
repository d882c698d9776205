package dev.chiron.agent.propose;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.Optional;

/**
 * After an edit of the space first looks at what it has opened, and then whoever takes turns. Follows from the trials alone; nobody is asked meanwhile.
 */
public final class OpenedProposer implements Proposer {

    private final Proposer turns;
    private final Opened opened;
    private final int edited;

    private OpenedProposer(Proposer turns, Opened opened, int edited) {
        this.turns = turns;
        this.opened = opened;
        this.edited = edited;
    }

    /**
     * The same proposer with looks at what was opened before it, if anything was.
     *
     * @param edited how many trials there were before the edit
     * @see Opened#matters
     */
    public static Proposer before(Proposer turns, Opened opened, int edited) {
        return opened.matters(edited) ? new OpenedProposer(turns, opened, edited) : turns;
    }

    /** The config that the next trial looks at; empty if it is somebody's turn. */
    private Optional<Config> look(History history) {
        if (history.trials().size() < edited) {
            return Optional.empty();
        }
        int done = history.proposed() - history.first(edited).proposed();
        return done >= opened.size()
                ? Optional.empty()
                : history.incumbent()
                        .map(Trial::config)
                        .flatMap(incumbent -> opened.look(done, incumbent))
                        .filter(config -> history.find(config).isEmpty());
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        Optional<Config> look = look(history);
        return look.isPresent()
                ? new Proposal.Try(new Change.Settings(look.get()), Origin.LOCAL_MOVE, Optional.empty())
                : turns.propose(history);
    }

    @Override
    public void running(Proposal.Try proposal, History history, boolean more) {
        if (look(history).isEmpty()) {
            turns.running(proposal, history, more);
        }
    }

    @Override
    public void begun(Proposed trial, History before) {
        turns.begun(trial, before);
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
    public void recall(Proposed trial, History before) {
        turns.recall(trial, before);
    }

    @Override
    public void replay(Proposed trial, History before) {
        if (isLook(trial.origin(), trial.change(), before)) {
            turns.begun(trial, before);
        } else {
            turns.replay(trial, before);
        }
    }

    private boolean isLook(Origin origin, Change change, History before) {
        return !origin.isCheck() && look(before).filter(change.config()::equals).isPresent();
    }

    @Override
    public void replay(Entry entry, History before) {
        if (isLook(entry.trial().origin(), entry.trial().change(), before)) {
            turns.observe(entry, before);
        } else {
            turns.replay(entry, before);
        }
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
