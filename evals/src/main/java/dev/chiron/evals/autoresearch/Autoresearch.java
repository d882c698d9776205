package dev.chiron.evals.autoresearch;

import dev.chiron.evals.surrogate.Kriging;
import dev.chiron.evals.surrogate.Predictor;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.evals.surrogate.ScaleFit;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * The five-minute training of the first Centaur study, rebuilt from its trials: a Gaussian process for the value, a
 * classifier for the memory, and the noise that was recorded.
 */
final class Autoresearch implements EvalTask, Predictor {

    private static final double FINE = 1.005; // values below are where methods differ
    private static final int COARSE = 300; // configs above it
    private static final int FITTED = 450; // configs from which the kernel's scales are found
    private static final double MEASURED_SECONDS = 300;
    private static final long SAMPLING = 20261121;

    private final Kriging value;
    private final MemoryLimit memory;
    private final Noise noise;
    private final double failedSeconds;
    private final boolean shifted;

    private Autoresearch(Kriging value, MemoryLimit memory, Noise noise, double failedSeconds, boolean shifted) {
        this.value = value;
        this.memory = memory;
        this.noise = noise;
        this.failedSeconds = failedSeconds;
        this.shifted = shifted;
    }

    static Autoresearch fit(Path log) {
        return fit(TrialsLog.read(log));
    }

    static Autoresearch fit(List<Recorded> trials) {
        List<Known> known = known(trials);
        List<Known> sample = new ArrayList<>(known);
        Collections.shuffle(sample, new Random(SAMPLING));
        List<Known> some = sample.subList(0, Math.min(FITTED, sample.size()));
        Kriging.Scales scales = ScaleFit.of(features(some), values(some));
        int[] repeats = known.stream().mapToInt(Known::repeats).toArray();
        double failed = trials.stream()
                .filter(trial -> trial.value().isEmpty())
                .mapToDouble(Recorded::seconds)
                .sorted()
                .skip(trials.stream().filter(trial -> trial.value().isEmpty()).count() / 2)
                .findFirst()
                .orElse(0);
        return new Autoresearch(
                Kriging.fit(scales, features(known), values(known), repeats),
                MemoryLimit.fit(trials),
                Noise.of(trials),
                failed,
                false);
    }

    /** The same, each study of which is off by as much as the recorded ones were from each other. */
    Autoresearch shifted() {
        return new Autoresearch(value, memory, noise, failedSeconds, true);
    }

    /** A config and the mean of its values. */
    private record Known(Config config, double mean, int repeats) {}

    /** All configs with a fine value, and some of the others: the whole would take minutes, and say no more. */
    private static List<Known> known(List<Recorded> trials) {
        Map<Config, List<Double>> values = new LinkedHashMap<>();
        for (Recorded trial : trials) {
            trial.value()
                    .ifPresent(value -> values.computeIfAbsent(trial.config(), config -> new ArrayList<>())
                            .add(value));
        }
        List<Known> fine = new ArrayList<>();
        List<Known> coarse = new ArrayList<>();
        values.forEach((config, all) -> {
            double mean = all.stream().mapToDouble(x -> x).average().orElseThrow();
            (mean < FINE ? fine : coarse).add(new Known(config, mean, all.size()));
        });
        Collections.shuffle(coarse, new Random(SAMPLING));
        fine.addAll(coarse.subList(0, Math.min(COARSE, coarse.size())));
        return fine;
    }

    private static double[][] features(List<Known> known) {
        return known.stream().map(one -> Features.ofValue(one.config())).toArray(double[][]::new);
    }

    private static double[] values(List<Known> known) {
        return known.stream()
                .mapToDouble(one -> Math.log(one.mean() - Noise.FLOOR))
                .toArray();
    }

    @Override
    public String name() {
        return shifted ? AutoresearchSuite.SHIFTED : AutoresearchSuite.NAME;
    }

    @Override
    public Objective objective() {
        return new Objective("val_bpb", Objective.Goal.MINIMIZE);
    }

    @Override
    public SearchSpace space() {
        return Training.SPACE;
    }

    @Override
    public Optional<Config> baseline() {
        return Optional.of(Training.baseline());
    }

    @Override
    public Evaluation evaluate(Config config, OptionalLong seed) {
        Config run = Training.SPACE.repair(config).orElse(config);
        if (failure(run) > 0.5) {
            return new Evaluation(new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "out of memory"), failedSeconds);
        }
        double still = value(run);
        double mean = shifted && seed.isPresent()
                ? Noise.FLOOR + noise.offset(Math.floorDiv(seed.getAsLong(), EvalTask.STUDY)) * (still - Noise.FLOOR)
                : still;
        double drawn = seed.isPresent()
                ? mean + noise.deviation(mean) * new SplitMix(new SplitMix(seed.getAsLong()).nextLong()).nextGaussian()
                : mean;
        return new Evaluation(new Outcome.Measured(drawn), MEASURED_SECONDS);
    }

    @Override
    public double failure(Config config) {
        return memory.probability(Features.ofMemory(config));
    }

    @Override
    public double value(Config config) {
        return Noise.FLOOR + Math.exp(value.mean(Features.ofValue(config)));
    }
}
