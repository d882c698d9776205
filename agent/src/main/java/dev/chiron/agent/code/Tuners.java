package dev.chiron.agent.code;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptimizerProposer;
import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An optimizer for the numbers of each version of the script. One for an edited version begins with what that of the version
 * it was made from has learned, as far as their numbers are the same; trials of other versions it is told of none.
 */
public final class Tuners {

    private final Workbench bench;
    private final Method method;
    private final Map<String, Optional<Double>> priors;
    private final Objective objective;
    private final long seed;
    private final Map<String, Tuner> tuners = new LinkedHashMap<>();
    private final Rungs rungs = new Rungs();

    /** One version's: its numbers, their optimizer, and their trials as if there were no other version. */
    private record Tuner(Variant variant, Numbers numbers, OptimizerProposer optimizer, History own) {

        Change change(Config config) {
            return variant.isRoot() ? new Change.Settings(config) : new Change.Edit(config, variant);
        }

        void observe(Trial trial, Config config) {
            Trial alone = new Trial(
                    trial.number(), new Change.Settings(config), trial.origin(), trial.outcome(), trial.took());
            Entry entry = new Entry(alone, Optional.empty());
            optimizer.observe(entry, own);
            own.add(alone);
        }
    }

    /**
     * Tuners of a study without trials.
     *
     * @param method of the optimizers
     * @param priors the written widths of beliefs, by parameter
     */
    public Tuners(
            Workbench bench, Method method, Map<String, Optional<Double>> priors, Objective objective, long seed) {
        this.bench = bench;
        this.method = method;
        this.priors = new LinkedHashMap<>(priors);
        this.objective = objective;
        this.seed = seed;
    }

    /** The next numbers to try, of whichever version has earned it; empty if no version has any left. */
    Optional<Proposal.Try> next(History history) {
        know(history.incumbent().orElseThrow());
        Variant incumbent = bench.variant(history.incumbent().orElseThrow().change());
        Set<String> beaten = new LinkedHashSet<>();
        history.incumbents()
                .forEach(one -> beaten.add(bench.variant(one.change()).id()));
        beaten.remove(incumbent.id());
        return Stream.concat(
                        rungs.next(beaten).stream(), Stream.concat(Stream.of(incumbent.id()), tuners.keySet().stream()))
                .distinct()
                .flatMap(id -> Optional.ofNullable(tuners.get(id)).stream())
                .flatMap(tuner -> proposal(tuner).stream())
                .findFirst();
    }

    private static Optional<Proposal.Try> proposal(Tuner tuner) {
        return tuner.optimizer().propose(tuner.own()) instanceof Proposal.Try found
                ? Optional.of(new Proposal.Try(tuner.change(found.change().config()), found.origin(), Optional.empty()))
                : Optional.empty();
    }

    /** Begins the tuner of an incumbent whose runs were told to nobody, as those of a script without what does nothing are. */
    void know(Trial incumbent) {
        if (incumbent.value().isPresent()
                && !rungs.knows(bench.variant(incumbent.change()).id())) {
            observe(incumbent);
        }
    }

    /** Learns from a trial; the first that is measured of a version begins its tuner. */
    void observe(Trial trial) {
        Variant variant = bench.variant(trial.change());
        double loss =
                trial.value().isPresent() ? objective.loss(trial.value().getAsDouble()) : Double.POSITIVE_INFINITY;
        rungs.add(variant.id(), loss);
        Tuner known = tuners.get(variant.id());
        if (known != null) {
            known.observe(trial, trial.config());
        } else if (trial.value().isPresent()) {
            bench.numbers(trial.change()).ifPresent(numbers -> begin(variant, numbers, trial));
        }
    }

    private void begin(Variant variant, Numbers numbers, Trial first) {
        Optimizer optimizer =
                optimizer(variant, numbers, objective.loss(first.value().orElseThrow()));
        OptimizerProposer proposer =
                new OptimizerProposer(optimizer, method.tactics(), numbers.space(), objective, seed);
        Tuner tuner = new Tuner(variant, numbers, proposer, new History(objective));
        tuners.put(variant.id(), tuner);
        tuner.observe(first, numbers.start());
    }

    /** What the version it was made from has learned counts on; its losses by what the edit was worth at the numbers that both ran. */
    private Optimizer optimizer(Variant variant, Numbers numbers, double loss) {
        Prior prior = method.prior(numbers.space(), numbers.start(), priors);
        long own = seed ^ variant.id().hashCode();
        if (variant.isRoot() || !tuners.containsKey(variant.parent())) {
            return method.start(numbers.space(), prior, variant.isRoot() ? seed : own);
        }
        Tuner parent = tuners.get(variant.parent());
        OptionalDouble shift = parent.own()
                .find(numbers.start())
                .map(Trial::value)
                .filter(OptionalDouble::isPresent)
                .map(value -> OptionalDouble.of(loss - objective.loss(value.getAsDouble())))
                .orElse(OptionalDouble.empty());
        return parent.optimizer()
                .state()
                .flatMap(state -> method.moved(parent.numbers().space(), state, numbers.space(), prior, shift, own))
                .orElseGet(() -> method.start(numbers.space(), prior, own));
    }
}
