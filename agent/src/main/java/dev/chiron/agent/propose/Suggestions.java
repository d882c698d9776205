package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.optimizers.LocalMoves;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.feasibility.Feasibility;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An optimizer's suggestions with the repeats left out: no config is run twice by accident. Depends on nothing but the
 * optimizer's state and the history, so that a replay goes the same way.
 */
final class Suggestions {

    /** Random searches tried once the optimizer has given up; a space in which they find only repeats is as good as exhausted. */
    private static final int RANDOM_ASKS = 10;

    private final Optimizer optimizer;
    private final Tactics tactics;
    private final LocalMoves moves;
    private final SearchSpace space;
    private final Objective objective;
    private final long seed;
    private Optional<Suggestion> suggested = Optional.empty();

    Suggestions(Optimizer optimizer, Tactics tactics, SearchSpace space, Objective objective, long seed) {
        this.optimizer = optimizer;
        this.tactics = tactics;
        this.moves = new LocalMoves(space);
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
        return tactics.isLocal(history.proposed()) ? moved(history, Origin.LOCAL_MOVE) : own(history);
    }

    /** The incumbent moved, under this origin; the optimizer's own where no move is new. Empty if the space is exhausted. */
    Optional<Suggestion> moved(History history, Origin origin) {
        return next(history, Optional.of(origin));
    }

    /** The optimizer's own next config, for a turn that is not its own; empty if the space is exhausted. */
    Optional<Suggestion> own(History history) {
        return next(history, Optional.empty());
    }

    private Optional<Suggestion> next(History history, Optional<Origin> moved) {
        Predicate<Config> isNew = config -> history.find(config).isEmpty();
        Predicate<Config> isWorthwhile = isNew.and(promise(history));
        suggested = moved.flatMap(origin -> near(history, isWorthwhile, origin))
                .or(() -> own(isWorthwhile))
                .or(() -> own(isNew))
                .or(() -> anything(isNew, history));
        return suggested;
    }

    private Optional<Suggestion> own(Predicate<Config> wanted) {
        return optimizer.ask(wanted).map(config -> new Suggestion(config, optimizer.origin()));
    }

    private Optional<Suggestion> near(History history, Predicate<Config> wanted, Origin origin) {
        SplitMix random = new SplitMix(new SplitMix(seed + history.trials().size()).nextLong());
        return history.incumbent()
                .flatMap(incumbent -> moves.near(incumbent.config(), wanted, random))
                .map(config -> new Suggestion(config, origin));
    }

    /** Leaves out what will almost surely fail; now and then it does not, so that a wrong belief is corrected. */
    private Predicate<Config> promise(History history) {
        if (!tactics.avoidsFailures(history.proposed())) {
            return config -> true;
        }
        Feasibility feasibility = Feasibility.learn(space, history.trials());
        return config -> feasibility.failure(config) <= Tactics.RISK;
    }

    private Optional<Suggestion> anything(Predicate<Config> isNew, History history) {
        RandomSearch random = RandomSearch.start(space, seed + history.trials().size());
        return Stream.generate(() -> random.ask(isNew))
                .limit(RANDOM_ASKS)
                .flatMap(Optional::stream)
                .findFirst()
                .map(config -> new Suggestion(config, random.origin()));
    }

    /** What a study ends with when {@link #next} is empty. */
    static Proposal exhausted() {
        return new Proposal.Stop(End.DONE, "every config of the search space has been tried");
    }

    /** Tells the optimizer what was really run, its suggestion or not; a broken machine says nothing about a config. */
    void observe(Trial trial) {
        suggested
                .map(Suggestion::config)
                .filter(config -> !config.equals(trial.config()))
                .ifPresent(optimizer::withdraw);
        suggested = Optional.empty();
        Observation.of(trial, objective).ifPresentOrElse(optimizer::tell, () -> optimizer.withdraw(trial.config()));
    }

    OptimizerState state() {
        return optimizer.state();
    }
}
