package dev.chiron.agent;

import dev.chiron.agent.store.Steering;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;

/** What is run next: what was wished for, the baseline, a repeat, what a proposer has, and at the end what is still to be learned. */
final class Agenda {

    private final Proposer proposer;
    private final Chronicle chronicle;
    private final History history;
    private Optional<Proposal.Stop> finished = Optional.empty(); // why nothing more is proposed in this session

    Agenda(Proposer proposer, Chronicle chronicle) {
        this.proposer = proposer;
        this.chronicle = chronicle;
        this.history = chronicle.history();
    }

    /** Something else was asked for: whatever was finished may go on. */
    void reopen() {
        finished = Optional.empty();
    }

    /** Whether there may be something to propose while trials are running. */
    boolean isOpen(Budget budget) {
        return chronicle.wishes().next().isPresent() || (finished.isEmpty() && chronicle.allows(budget, 0));
    }

    /** What was measured elsewhere, if that is next. */
    Optional<Steering.Told> told() {
        return wish().flatMap(wish -> wish instanceof Steering.Told told ? Optional.of(told) : Optional.empty());
    }

    private Optional<Steering.Wish> wish() {
        return chronicle.wishes().next().filter(wish -> !history.trials().isEmpty());
    }

    /** Repeats come first, since what is the incumbent decides what is proposed; no proposer is asked for them. */
    Proposal next(Config baseline, Budget budget) throws InterruptedException {
        Optional<Steering.Wish> wish = wish();
        if (wish.isPresent()) {
            // whoever steers has the next trial, also when the budget is spent
            return new Proposal.Try(wish.get().change(), wish.get().origin(), Optional.empty());
        }
        if (finished.isEmpty() && !chronicle.allows(budget, 0)) {
            finished = Optional.of(new Proposal.Stop(End.DONE, "the budget is spent"));
        }
        if (finished.isPresent()) {
            return afterwards(finished.get());
        }
        if (history.trials().isEmpty()) {
            return new Proposal.Try(new Change.Settings(baseline), Origin.BASELINE, Optional.empty());
        }
        Optional<Trial> rerun = history.rerun();
        if (rerun.isPresent()) {
            return new Proposal.Try(rerun.get().change().fromTheStart(), Origin.REPEAT, Optional.empty());
        }
        Proposal proposal = proposer.propose(history);
        if (proposal instanceof Proposal.Stop stop && stop.end() == End.DONE) {
            finished = Optional.of(stop);
            return afterwards(stop);
        }
        return proposal;
    }

    /** What is still run when nothing more is proposed. */
    private Proposal afterwards(Proposal.Stop stop) {
        return history.trials().isEmpty()
                ? stop
                : proposer.afterwards(history).<Proposal>map(last -> last).orElse(stop);
    }
}
