package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Stride;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.LocalMoves;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.feasibility.Feasibility;
import dev.chiron.optimizers.feasibility.Flaw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * An optimizer's suggestions with the repeats left out: no config is run twice by accident. Depends on nothing but the
 * optimizer's state and the history, so that a replay goes the same way.
 */
final class Suggestions {

    /** Random searches tried once the optimizer has given up; a space in which they find only repeats is as good as exhausted. */
    private static final int RANDOM_ASKS = 10;

    /** No failure is so sure that nothing could be said of the config otherwise. */
    private static final double MOST_SURE = 0.999;

    private final Optimizer optimizer;
    private final Tactics tactics;
    private final LocalMoves moves;
    private final RatedMoves rated;
    private final SearchSpace space;
    private final Objective objective;
    private final long seed;
    private Optional<Suggestion> suggested = Optional.empty();
    private Optional<Learned> learned = Optional.empty();

    Suggestions(Optimizer optimizer, Tactics tactics, SearchSpace space, Objective objective, long seed) {
        this.optimizer = optimizer;
        this.tactics = tactics;
        this.moves = new LocalMoves(space);
        this.rated = new RatedMoves(moves, space, objective);
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

    /** What so many trials teach of failures. */
    private record Learned(int trials, Feasibility feasibility) {}

    /** The next config that was never run; empty if the space is exhausted. */
    Optional<Suggestion> next(History history) {
        if (tactics.isRated(history.proposed()) || isSeeking(history)) {
            return next(history, wanted -> near(history, wanted, Origin.LOCAL_MOVE, rated::best));
        }
        return tactics.isLocal(history.proposed()) ? moved(history, Origin.LOCAL_MOVE) : own(history);
    }

    /** Whether this turn goes on from the trial that breaks the least, since none keeps the conditions on metrics. */
    private boolean isSeeking(History history) {
        return tactics.seeks(history.proposed()) && history.leastBroken().isPresent();
    }

    /** The incumbent moved, under this origin; the optimizer's own where no move is new. Empty if the space is exhausted. */
    Optional<Suggestion> moved(History history, Origin origin) {
        return next(history, wanted -> near(history, wanted, origin, this::anyNear));
    }

    /** The optimizer's own next config, for a turn that is not its own; empty if the space is exhausted. */
    Optional<Suggestion> own(History history) {
        return next(history, wanted -> Optional.empty());
    }

    /**
     * The optimizer's own config for the trial after the one that is being run; empty if nothing is left but that. It is
     * {@linkplain #taken taken} later.
     */
    Optional<Suggestion> ahead(History history, Config running) {
        Predicate<Config> isNew = config -> !history.knows(config) && !config.equals(running);
        return own(isNew.and(likely(history, history.proposed() + 1)))
                .or(() -> own(isNew))
                .or(() -> anything(isNew, history));
    }

    /** What was suggested ahead, if it still is worth running; else another. */
    Optional<Suggestion> taken(Suggestion ahead, History history) {
        if (!history.isTaken(new Change.Settings(ahead.config()))
                && likely(history, history.proposed()).test(ahead.config())) {
            suggested = Optional.of(ahead);
            return suggested;
        }
        optimizer.withdraw(ahead.config());
        return own(history);
    }

    /**
     * How promising configs are, larger is better: by the optimizer's own model, or by a Gaussian process over the same
     * trials where it has none, less what is known of failures. Empty while too little is known.
     */
    List<Double> rate(List<Config> configs, History history) {
        List<Double> ratings = optimizer.rate(configs);
        if (ratings.isEmpty()) {
            ratings = rated.surface(history).rate(configs);
        }
        Feasibility feasibility = feasibility(history);
        List<Double> likely = new ArrayList<>();
        for (int i = 0; i < ratings.size(); i++) {
            likely.add(ratings.get(i) + Math.log1p(-Math.min(MOST_SURE, feasibility.failure(configs.get(i)))));
        }
        return likely;
    }

    private Optional<Suggestion> next(History history, Function<Predicate<Config>, Optional<Suggestion>> first) {
        Predicate<Config> isUnrun = config -> !history.isTaken(new Change.Settings(config));
        Predicate<Config> isNew = config -> !history.knows(config);
        Predicate<Config> isWorthwhile = isNew.and(likely(history, history.proposed()));
        suggested = first.apply(isWorthwhile)
                .or(() -> own(isWorthwhile))
                .or(() -> besideTheBest(isNew, history)
                        .flatMap(near -> first.apply(near).or(() -> own(near))))
                .or(() -> own(isNew))
                .or(() -> anything(isNew, history))
                .or(() -> history.earlier().isEmpty() ? Optional.empty() : anything(isUnrun, history));
        return suggested;
    }

    private Optional<Suggestion> own(Predicate<Config> wanted) {
        return optimizer.ask(wanted).map(config -> new Suggestion(config, optimizer.origin()));
    }

    /** How a config is moved. */
    private interface Mover {
        Optional<Config> near(Config from, Predicate<Config> wanted, History history, SplitMix random);
    }

    private Optional<Config> anyNear(Config from, Predicate<Config> wanted, History history, SplitMix random) {
        return moves.near(from, wanted, random);
    }

    private Optional<Suggestion> near(History history, Predicate<Config> wanted, Origin origin, Mover mover) {
        SplitMix random = new SplitMix(new SplitMix(seed + history.next()).nextLong());
        List<Trial> front = history.front();
        return (front.size() < 2 ? history.incumbent() : Optional.of(front.get(random.nextInt(front.size()))))
                .or(history::leastBroken)
                .flatMap(best -> mover.near(best.config(), wanted, history, random))
                .map(config -> new Suggestion(config, origin));
    }

    /**
     * What will almost surely be wrong with a model's proposals; empty for those that may be good. Now and then nothing is doubted, so that a wrong
     * belief is corrected.
     *
     * @param number of the trial that it is for
     */
    Function<Config, Optional<Flaw>> doubts(History history, int number) {
        if (!tactics.avoidsFailures(number)) {
            return config -> Optional.empty();
        }
        Predicate<Config> tolerable = likely(history, number, config -> risk(config, history));
        Feasibility feasibility = feasibility(history);
        return config -> tolerable.test(config) ? Optional.empty() : feasibility.likeliest(config);
    }

    /** The same of the optimizer's own. */
    private Predicate<Config> likely(History history, int number) {
        return likely(history, number, config -> tactics.novel() ? risk(config, history) : Tactics.RISK);
    }

    private Predicate<Config> likely(History history, int number, ToDoubleFunction<Config> risk) {
        if (!tactics.avoidsFailures(number)) {
            return config -> true;
        }
        Feasibility feasibility = feasibility(history);
        return config -> feasibility.failure(config) <= risk.applyAsDouble(config);
    }

    /**
     * What is risked where no place looks good enough, though the best config so far is feasible, as after a long search for the first one: half of what is
     * left to 1 beyond the best's own risk of breaking a condition. Empty where that is small: another place may be as good then.
     */
    private Optional<Predicate<Config>> besideTheBest(Predicate<Config> isNew, History history) {
        if (!tactics.avoidsFailures(history.proposed())) {
            return Optional.empty();
        }
        Feasibility feasibility = feasibility(history);
        return history.incumbent()
                .map(trial -> feasibility.infeasibility(trial.config()))
                .filter(best -> best > Tactics.RISK)
                .map(best -> isNew.and(config -> feasibility.failure(config) <= (1 + best) / 2));
    }

    private double risk(Config config, History history) {
        return isNovel(config, history) ? Tactics.NOVEL_RISK : Tactics.RISK;
    }

    /** Whether it has an option that was never run. */
    private boolean isNovel(Config config, History history) {
        return space.parameters().stream()
                .filter(parameter -> parameter instanceof Parameter.Choice)
                .map(Parameter::name)
                .filter(name -> config.find(name).isPresent())
                .anyMatch(name -> history.known().stream()
                        .noneMatch(trial -> trial.config().find(name).equals(config.find(name))));
    }

    /**
     * Learned once for a turn, which asks for it up to five times, and of a long study not for each turn; histories of equal length are of the
     * same study.
     */
    private Feasibility feasibility(History history) {
        int trials = Stride.last(history.trials().size());
        if (learned.filter(known -> known.trials() == trials).isEmpty()) {
            learned = Optional.of(new Learned(trials, Feasibility.learn(space, history.known(trials))));
        }
        return learned.get().feasibility();
    }

    private Optional<Suggestion> anything(Predicate<Config> isNew, History history) {
        RandomSearch random = RandomSearch.start(space, seed + history.next());
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

    /** Tells the optimizer what is really being run, its suggestion or not, while it will be asked for more. */
    void begun(Proposed trial) {
        Config config = trial.change().config();
        suggested
                .map(Suggestion::config)
                .filter(suggestion -> !suggestion.equals(config))
                .ifPresent(optimizer::withdraw);
        suggested = Optional.empty();
        optimizer.expect(config);
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
