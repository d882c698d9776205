package dev.chiron.agent.propose;

import dev.chiron.agent.End;
import dev.chiron.agent.Keeping;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.fidelity.Intervals;
import dev.chiron.optimizers.fidelity.Spread;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Checkpoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Hyperparameter-divergent ensemble training (Cheng et al. 2026, arXiv 2604.24708) on checkpoints: replicas of one training differ in one parameter, which is spread around a base. After each interval
 * one checkpoint goes on for all of them, the best one's or all of them made one, and the base moves towards what did better. What is proposed follows from the trials.
 */
public final class ReplicaProposer implements Proposer {

    private final Spread spread;
    private final boolean averages;
    private final Parameter parameter;
    private final Intervals intervals;
    private final SearchSpace space;
    private final Config baseline;
    private final Objective objective;
    private final IntPredicate saved;
    private final OptimizerState state;

    /**
     * @param averages whether checkpoints are made one by the task's command; else the best one's goes on
     * @param parameter whose value differs; all others have the baseline's
     * @param saved whether the checkpoint of a trial of that number is there to go on from
     * @param state what a study keeps of it, which nothing hangs on
     */
    public ReplicaProposer(
            Spread spread,
            boolean averages,
            Parameter parameter,
            Intervals intervals,
            SearchSpace space,
            Config baseline,
            Objective objective,
            IntPredicate saved,
            OptimizerState state) {
        this.spread = spread;
        this.averages = averages;
        this.parameter = parameter;
        this.intervals = intervals;
        this.space = space;
        this.baseline = baseline;
        this.objective = objective;
        this.saved = saved;
        this.state = state;
    }

    /** The numbers of the trials of an interval by replica, and of these those that have ended. */
    private record Round(Map<Integer, Integer> begun, List<Trial> ended) {}

    @Override
    public Proposal propose(History history) {
        Spread.Centre base = new Spread.Centre(number(baseline), 0);
        List<Begin.Source> sources = List.of();
        for (int step = 1; step <= intervals.count(); step++) {
            Round round = round(history, step);
            for (int replica = 0; replica < spread.replicas(); replica++) {
                if (!round.begun().containsKey(replica)) {
                    return step > 1 && sources.isEmpty() ? lost(step) : replica(replica, step, base, sources);
                }
            }
            if (round.ended().size() < spread.replicas()) {
                return new Proposal.Wait();
            }
            List<Trial> measured = measured(round);
            if (measured.isEmpty()) {
                return new Proposal.Stop(
                        End.DONE, "all replicas failed in the interval up to " + intervals.amount(step));
            }
            List<Double> weights =
                    spread.weights(measured.stream().map(this::loss).toList());
            base = spread.moved(
                    base, measured.stream().map(trial -> number(trial.config())).toList(), weights);
            sources = sources(measured, weights);
        }
        return new Proposal.Stop(End.DONE, "the replicas have had a whole training");
    }

    private static Proposal lost(int step) {
        return new Proposal.Stop(
                End.BASELINE_FAILED,
                "no replica saved a checkpoint of interval " + (step - 1) + " in the folder that " + Checkpoints.SAVE
                        + " names, and the next goes on from it");
    }

    private Round round(History history, int step) {
        Map<Integer, Integer> begun = new TreeMap<>();
        Stream.concat(
                        history.trials().stream()
                                .map(trial -> new Pending(trial.number(), trial.change(), trial.origin())),
                        history.pending().stream())
                .filter(trial -> isOf(trial.change(), trial.origin(), step))
                .forEach(trial -> begun.put(place(trial.change()), trial.number()));
        List<Trial> ended = history.trials().stream()
                .filter(trial -> isOf(trial.change(), trial.origin(), step))
                .sorted(Comparator.comparingInt(trial -> place(trial.change())))
                .toList();
        return new Round(begun, ended);
    }

    private boolean isOf(Change change, Origin origin, int step) {
        return origin == Origin.REPLICA
                && intervals.step(change).filter(own -> own == step).isPresent();
    }

    private static int place(Change change) {
        return change.begin().orElseThrow().member().orElseThrow();
    }

    private double number(Config config) {
        return config.get(parameter.name()).asNumber().orElseThrow();
    }

    private double loss(Trial trial) {
        return Observation.of(trial, objective)
                .filter(observation -> observation.kind() == Observation.Kind.MEASURED)
                .map(Observation::loss)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private List<Trial> measured(Round round) {
        return round.ended().stream()
                .filter(trial -> Double.isFinite(loss(trial)))
                .toList();
    }

    /** What all go on from: those that there are, each with its weight, or the one that weighs most. */
    private List<Begin.Source> sources(List<Trial> measured, List<Double> weights) {
        List<Begin.Source> all = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            if (saved.test(measured.get(i).number()) && weights.get(i) > 0) {
                all.add(new Begin.Source(measured.get(i).number(), weights.get(i)));
            }
        }
        if (averages || all.isEmpty()) {
            double sum = all.stream().mapToDouble(Begin.Source::weight).sum();
            return all.stream()
                    .map(source -> new Begin.Source(source.trial(), source.weight() / sum))
                    .toList();
        }
        return all.stream().max(Comparator.comparingDouble(Begin.Source::weight)).stream()
                .map(best -> new Begin.Source(best.trial(), 1))
                .toList();
    }

    private Proposal replica(int replica, int step, Spread.Centre base, List<Begin.Source> sources) {
        double low = parameter.decode(0).asNumber().orElseThrow();
        double high = parameter.decode(1).asNumber().orElseThrow();
        double number = Math.min(high, Math.max(low, base.value() * spread.factor(replica)));
        Config moved = space.with(baseline, parameter.name(), parameter.nearest(new Value.Real(number)));
        double share = step == 1 ? 0 : intervals.amount(step - 1).share();
        Change change = new Change.Settings(
                space.repair(moved, Set.of(parameter.name())).orElse(moved),
                intervals.part(step),
                Optional.of(new Begin(sources, share, OptionalInt.of(replica))));
        return new Proposal.Try(change, Origin.REPLICA, Optional.empty());
    }

    /** The checkpoints of the last interval that is over, and of those after it, are needed. */
    public static Keeping.Order order(int replicas, Intervals intervals) {
        return history -> {
            Map<Integer, List<Integer>> steps = new TreeMap<>();
            for (Trial trial : history.trials()) {
                if (trial.origin() == Origin.REPLICA) {
                    intervals
                            .step(trial.change())
                            .ifPresent(step -> steps.computeIfAbsent(step, none -> new ArrayList<>())
                                    .add(trial.number()));
                }
            }
            int over = steps.entrySet().stream()
                    .filter(step -> step.getValue().size() >= replicas)
                    .mapToInt(Map.Entry::getKey)
                    .max()
                    .orElse(0);
            Set<Integer> needed = new LinkedHashSet<>();
            List<Integer> further = new ArrayList<>();
            steps.forEach((step, trials) -> {
                if (step == intervals.count()) {
                    further.addAll(trials);
                } else if (step >= over) {
                    needed.addAll(trials);
                }
            });
            return new Keeping.Wanted(needed, further);
        };
    }

    @Override
    public void begun(Proposed trial, History before) {}

    @Override
    public void observe(Entry entry, History before) {}

    @Override
    public void replay(Entry entry, History before) {}

    @Override
    public Optional<OptimizerState> state() {
        return Optional.of(state);
    }
}
