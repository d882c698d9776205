package dev.chiron.optimizers.study;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Duel.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The trials so far, in order. Grows only at the end; not thread-safe.
 *
 * <p>Without repeats the incumbent is the best measured trial. With repeats a trial that looks better is only its challenger:
 * both are run again until a sequential test, or the last repeat, says whose mean is better. Until then the incumbent stays,
 * so that it is never the luckiest draw. All of it follows from the trials and their order alone.
 */
public final class History {

    /** With fewer repeats the noise is anybody's guess. */
    private static final int REPEATS_TO_KNOW_NOISE = 2;

    private final Objective objective;
    private final Optional<Duel> duel;
    private final Earlier earlier;
    private final Set<Config> earlierConfigs = new HashSet<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Map<Config, Trial> byConfig = new HashMap<>();
    private final Map<Config, Runs> runs = new HashMap<>();
    private Optional<Trial> incumbent = Optional.empty();
    private Optional<Trial> challenger = Optional.empty();
    private int crowned;
    private int proposed;
    private double squares; // of all measurements' deviations from their config's mean
    private int again; // measurements beyond a config's first

    /** An empty history of a study without repeats. */
    public History(Objective objective) {
        this(objective, 0);
    }

    /**
     * An empty history.
     *
     * @param repeats how often a config that is or may become the incumbent is run again, at most; 0 for never
     */
    public History(Objective objective, int repeats) {
        this(objective, repeats, Earlier.NONE);
    }

    /**
     * A history of no trials yet.
     *
     * @param earlier what is known from before; none of it is a trial of this history
     */
    public History(Objective objective, int repeats, Earlier earlier) {
        this.objective = objective;
        this.earlier = earlier;
        earlier.inside().forEach(trial -> earlierConfigs.add(trial.config()));
        this.duel = repeats > 0 ? Optional.of(new Duel(objective, repeats)) : Optional.empty();
    }

    /** An empty history of the same study. */
    public History anew() {
        return new History(objective, duel.map(Duel::repeats).orElse(0), earlier);
    }

    /** The history as it was after so many trials; a copy. */
    public History first(int count) {
        History first = anew();
        trials.subList(0, count).forEach(first::add);
        return first;
    }

    /** What is tuned. */
    public Objective objective() {
        return objective;
    }

    /** What is known from before the first trial. */
    public Earlier earlier() {
        return earlier;
    }

    /** All that was ever run and tells of failures: what is known from before, then the trials. */
    public List<Trial> known() {
        return earlier.isEmpty()
                ? trials()
                : Stream.concat(earlier.all().stream(), trials.stream()).toList();
    }

    /** Whether exactly this config was run, here or before. */
    public boolean knows(Config config) {
        return byConfig.containsKey(config) || earlierConfigs.contains(config);
    }

    /** Appends a trial. */
    public void add(Trial trial) {
        trials.add(trial);
        proposed += trial.origin() == Origin.REPEAT ? 0 : 1;
        byConfig.putIfAbsent(trial.config(), trial);
        Runs all = runs.computeIfAbsent(trial.config(), config -> new Runs());
        squares += all.add(trial);
        again += trial.value().isPresent() && all.measured() > 1 ? 1 : 0;
        if (isBetter(trial)) {
            if (incumbent.isEmpty() || duel.isEmpty()) {
                crown(trial, trial);
            } else if (challenger.isEmpty() && trial.origin() != Origin.REPEAT) {
                challenger = Optional.of(trial);
            }
        }
        if (challenger.isPresent()) {
            decide(trial);
        }
    }

    private boolean isBetter(Trial trial) {
        return trial.value().isPresent()
                && (incumbent.isEmpty()
                        || objective.isBetter(
                                value(trial).orElseThrow(),
                                value(incumbent.get()).orElseThrow()));
    }

    private void crown(Trial trial, Trial by) {
        incumbent = Optional.of(trial);
        challenger = Optional.empty();
        crowned = by.number();
    }

    private void decide(Trial last) {
        Trial contender = challenger.orElseThrow();
        Verdict verdict = duel.orElseThrow().verdict(runs(incumbent.orElseThrow()), runs(contender), noise());
        if (verdict == Verdict.OPEN) {
            return;
        }
        if (verdict == Verdict.CHALLENGER) {
            crown(contender, last);
        }
        challenger = overlooked(contender);
        if (challenger.isPresent()) {
            decide(last);
        }
    }

    /** A config that was worse than the incumbent when it was run, but not than what its mean has become since. */
    private Optional<Trial> overlooked(Trial decided) {
        Trial champion = incumbent.orElseThrow();
        return best(1).stream()
                .filter(trial -> !trial.config().equals(champion.config()))
                .filter(trial -> !trial.config().equals(decided.config()))
                .filter(this::isBetter)
                .findFirst();
    }

    /** All trials, read-only, in order. */
    public List<Trial> trials() {
        return Collections.unmodifiableList(trials);
    }

    /** How many trials somebody proposed: all but the repeats. */
    public int proposed() {
        return proposed;
    }

    /**
     * The best config so far, as the trial that first ran it: the best measured, the earlier of equals; with repeats the one
     * that beat its forerunner by the mean of several runs. Its value is {@link #value}.
     */
    public Optional<Trial> incumbent() {
        return incumbent;
    }

    /** The number of the trial that made the incumbent the incumbent; 0 without one. */
    public int crowned() {
        return crowned;
    }

    /** Whose single value is better than the incumbent's, and is being checked; empty without repeats. */
    public Optional<Trial> challenger() {
        return challenger;
    }

    /** The trial whose config is run again next, before anything new is tried; empty if nothing needs to be. */
    public Optional<Trial> rerun() {
        return challenger.map(contender -> {
            Trial champion = incumbent.orElseThrow();
            return duel.orElseThrow().isChallengersTurn(runs(champion), runs(contender)) ? contender : champion;
        });
    }

    /** What a trial's config is worth: with repeats the mean of all its measurements; empty if there are none. */
    public OptionalDouble value(Trial trial) {
        if (duel.isEmpty()) {
            return trial.value();
        }
        return measured(trial) == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(runs(trial).mean());
    }

    /** How many measurements {@link #value} is the mean of. */
    public int measured(Trial trial) {
        return duel.isEmpty()
                ? (trial.value().isPresent() ? 1 : 0)
                : runs(trial).measured();
    }

    private Runs runs(Trial trial) {
        return runs.getOrDefault(trial.config(), new Runs());
    }

    /** How much values vary when a config is measured again; empty before there are two repeats. */
    public Optional<Noise> noise() {
        double sd = Math.sqrt(Math.max(0, squares) / again);
        return again >= REPEATS_TO_KNOW_NOISE && Double.isFinite(sd)
                ? Optional.of(new Noise(sd, again))
                : Optional.empty();
    }

    /** The first trial that ran exactly this config. */
    public Optional<Trial> find(Config config) {
        return Optional.ofNullable(byConfig.get(config));
    }

    /**
     * The best measured trials, best first, at most so many; with repeats one a config, by {@link #value}, without those of
     * which a run failed.
     */
    public List<Trial> best(int count) {
        return trials.stream()
                .filter(trial -> trial.value().isPresent())
                .filter(trial -> duel.isEmpty()
                        || (trial.origin() != Origin.REPEAT && runs(trial).failed() == 0))
                .sorted(Comparator.comparingDouble(
                        trial -> objective.loss(value(trial).orElseThrow())))
                .limit(count)
                .toList();
    }

    /** The last trials, oldest first, at most so many. */
    public List<Trial> last(int count) {
        return Collections.unmodifiableList(trials.subList(Math.max(0, trials.size() - count), trials.size()));
    }
}
