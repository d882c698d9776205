package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;

/**
 * An optimizer's suggestions with the repeats left out: no config is run twice by accident. Depends on nothing but the
 * optimizer's state and the history, so that a replay goes the same way.
 */
final class Suggestions {

    /** Asks before giving the optimizer up for this turn; a converged optimizer of whole numbers repeats itself often. */
    private static final int ASKS = 100;

    /** Random configs tried after that; a space in which all of them are known is as good as exhausted. */
    private static final int RANDOM_ASKS = 10_000;

    private final Optimizer optimizer;
    private final SearchSpace space;
    private final Objective objective;
    private final long seed;

    Suggestions(Optimizer optimizer, SearchSpace space, Objective objective, long seed) {
        this.optimizer = optimizer;
        this.space = space;
        this.objective = objective;
        this.seed = seed;
    }

    /** A config and who really proposed it. */
    record Suggestion(Config config, Origin origin) {
        Proposal.Try alone() {
            return new Proposal.Try(new Change.Settings(config), origin, Optional.empty());
        }
    }

    /** The next config that was never run; empty if the space is exhausted. */
    Optional<Suggestion> next(History history) {
        for (int i = 0; i < ASKS; i++) {
            Config config = optimizer.ask();
            if (history.find(config).isEmpty()) {
                return Optional.of(new Suggestion(config, optimizer.origin()));
            }
        }
        RandomSearch random = RandomSearch.start(space, seed + history.trials().size());
        for (int i = 0; i < RANDOM_ASKS; i++) {
            Config config = random.ask();
            if (history.find(config).isEmpty()) {
                return Optional.of(new Suggestion(config, random.origin()));
            }
        }
        return Optional.empty();
    }

    /** What a study ends with when {@link #next} is empty. */
    static Proposal exhausted() {
        return new Proposal.Stop(End.DONE, "every config of the search space has been tried");
    }

    /** Tells the optimizer what was really run; a broken machine says nothing about a config. */
    void observe(Trial trial) {
        Outcome outcome = trial.outcome();
        if (outcome instanceof Outcome.Measured measured) {
            optimizer.tell(trial.config(), objective.loss(measured.value()));
        } else if (outcome instanceof Outcome.Pruned pruned) {
            optimizer.tell(trial.config(), objective.loss(pruned.value()));
        } else if (outcome instanceof Outcome.Failed failed) {
            if (failed.reason() != Outcome.Reason.INFRASTRUCTURE) {
                optimizer.tellInfeasible(trial.config());
            }
        } else {
            throw new AssertionError(outcome);
        }
    }

    OptimizerState state() {
        return optimizer.state();
    }
}
