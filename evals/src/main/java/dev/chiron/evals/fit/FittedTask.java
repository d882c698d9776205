package dev.chiron.evals.fit;

import dev.chiron.evals.surrogate.Kriging;
import dev.chiron.evals.surrogate.Predictor;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.evals.surrogate.Repeats;
import dev.chiron.evals.surrogate.ScaleFit;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.feasibility.Feasibility;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A training rebuilt from a log: a Gaussian process for the loss's distance from a floor just below the best, in logarithms, since what
 * matters lies near the best; the model of failures that studies have; the noise of repeated configs.
 */
public final class FittedTask implements EvalTask, Predictor {

    private static final int MOST = 1000; // configs in the process: half of them the best
    private static final int SCALED = 200; // configs from which the kernel's scales are found
    private static final double ROOM = 0.1; // of the median's distance from the best lies below the best
    private static final long SAMPLING = 20261121;

    private final String name;
    private final Objective objective;
    private final SearchSpace space;
    private final Optional<Config> baseline;
    private final Features features;
    private final double floor;
    private final Kriging loss;
    private final double noise; // standard deviation by the distance from the floor
    private final Feasibility feasibility;
    private final Outcome.Reason usual;
    private final double measuredSeconds;
    private final double failedSeconds;

    private FittedTask(String name, Log log) {
        this.name = name;
        this.objective = log.objective();
        this.space = log.space();
        this.baseline = log.baseline();
        this.features = new Features(space);
        List<Known> known = known(log);
        double[] means = known.stream().mapToDouble(Known::loss).toArray();
        double best = StatUtils.min(means);
        double spread = StatUtils.percentile(means, 50) - best;
        this.floor = best - Math.max(ROOM * spread, 1e-9 * Math.max(1, Math.abs(best)));
        List<Known> chosen = chosen(known);
        List<Known> some = shuffled(chosen);
        List<Known> fewer = some.subList(0, Math.min(SCALED, some.size()));
        Kriging.Scales scales = ScaleFit.of(places(fewer), distances(fewer));
        int[] repeats = chosen.stream().mapToInt(one -> one.losses().size()).toArray();
        this.loss = Kriging.fit(scales, places(chosen), distances(chosen), repeats);
        this.noise = noise(chosen).orElse(scales.noise());
        this.feasibility = Feasibility.learn(space, asTrials(log.trials()));
        this.usual = usual(log.trials());
        this.measuredSeconds = median(log.trials(), true);
        this.failedSeconds = median(log.trials(), false);
    }

    /** Fits a log, which takes some seconds. */
    public static FittedTask of(String name, Log log) {
        return new FittedTask(name, log);
    }

    /** A config and all losses measured of it. */
    private record Known(Config config, List<Double> losses) {
        double loss() {
            return Repeats.mean(losses);
        }
    }

    private List<Known> known(Log log) {
        Map<Config, List<Double>> losses = new LinkedHashMap<>();
        for (Recorded trial : log.trials()) {
            trial.value()
                    .ifPresent(value -> losses.computeIfAbsent(trial.config(), config -> new ArrayList<>())
                            .add(objective.loss(value)));
        }
        return losses.entrySet().stream()
                .map(entry -> new Known(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Known> chosen(List<Known> known) {
        List<Known> sorted = new ArrayList<>(known);
        sorted.sort((a, b) -> Double.compare(a.loss(), b.loss()));
        int best = Math.min(MOST / 2, sorted.size());
        List<Known> chosen = new ArrayList<>(sorted.subList(0, best));
        List<Known> others = shuffled(sorted.subList(best, sorted.size()));
        chosen.addAll(others.subList(0, Math.min(MOST - best, others.size())));
        return chosen;
    }

    private static List<Known> shuffled(List<Known> known) {
        List<Known> shuffled = new ArrayList<>(known);
        Collections.shuffle(shuffled, new Random(SAMPLING));
        return shuffled;
    }

    private double[][] places(List<Known> known) {
        return known.stream().map(one -> features.of(one.config())).toArray(double[][]::new);
    }

    private double[] distances(List<Known> known) {
        return known.stream().mapToDouble(one -> Math.log(one.loss() - floor)).toArray();
    }

    /** Of the repeats, each in proportion to its distance; empty if there are too few of them. */
    private OptionalDouble noise(List<Known> known) {
        Repeats repeats = new Repeats();
        known.forEach(one -> repeats.add(one.losses(), one.loss() - floor));
        return repeats.freedom() < Log.LEAST ? OptionalDouble.empty() : repeats.deviation();
    }

    private static List<Trial> asTrials(List<Recorded> recorded) {
        List<Trial> trials = new ArrayList<>();
        for (Recorded one : recorded) {
            trials.add(new Trial(
                    trials.size(), new Change.Settings(one.config()), Origin.RANDOM, one.outcome(), Duration.ZERO));
        }
        return trials;
    }

    /** The commonest reason of failures. */
    private static Outcome.Reason usual(List<Recorded> trials) {
        Map<Outcome.Reason, Integer> counts = new LinkedHashMap<>();
        for (Recorded trial : trials) {
            if (trial.outcome() instanceof Outcome.Failed failed) {
                counts.merge(failed.reason(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Outcome.Reason.CRASHED);
    }

    private static double median(List<Recorded> trials, boolean measured) {
        double[] seconds = trials.stream()
                .filter(trial -> trial.value().isPresent() == measured)
                .mapToDouble(Recorded::seconds)
                .toArray();
        return seconds.length == 0 ? 0 : StatUtils.percentile(seconds, 50);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Objective objective() {
        return objective;
    }

    @Override
    public SearchSpace space() {
        return space;
    }

    @Override
    public Optional<Config> baseline() {
        return baseline;
    }

    @Override
    public double value(Config config) {
        return objective.loss(floor + distance(config));
    }

    private double distance(Config config) {
        return Math.exp(loss.mean(features.of(config)));
    }

    @Override
    public double failure(Config config) {
        return feasibility.failure(config);
    }

    @Override
    public Evaluation evaluate(Config config, OptionalLong seed) {
        if (failure(config) > 0.5) {
            return new Evaluation(new Outcome.Failed(usual, "as its like did"), failedSeconds);
        }
        double distance = distance(config);
        double drawn = seed.isPresent()
                ? distance * (1 + noise * new SplitMix(new SplitMix(seed.getAsLong()).nextLong()).nextGaussian())
                : distance;
        return new Evaluation(new Outcome.Measured(objective.loss(floor + drawn)), measuredSeconds);
    }
}
