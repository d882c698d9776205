package dev.chiron.agent;

import dev.chiron.agent.store.Advice;
import dev.chiron.optimizers.prune.Curve;
import dev.chiron.optimizers.prune.Decision;
import dev.chiron.optimizers.prune.Forecaster.Forecast;
import dev.chiron.optimizers.prune.Past;
import dev.chiron.optimizers.prune.Pruner;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Unfinished;
import dev.chiron.sandbox.run.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Who stops runs early in a study: a rule, and what it needs of the curves of all trials before.
 *
 * <p>Belongs to whoever writes the journal: {@link #remember} is called from that one thread alone, in the order of the journal, and replaces
 * an immutable snapshot. All else may be called on any thread, and watches are asked many at a time; each decision is made on the snapshot of
 * its moment, or of the run's start where it is not to hang on when other trials end.
 *
 * <p>Only a run that was proposed on somebody's turn is stopped, and only while it can still be shortened: a value is what a baseline, a
 * repeat and a person's wish are run for, and a run that has come as far as the longest whole one is as good as over. A script that a model
 * has edited is neither stopped nor compared with, since what it prints of itself is no evidence.
 */
public final class Pruning {

    /** The file in a trial's folder with what later decisions need of its curve. */
    static final String FILE = "pruner.csv";

    /** Who stops a run that an adviser does not think worth going on with. */
    private static final String BY_MODEL = "model";

    private static final double LEAST_CHANCE = 1e-4; // nobody reads more digits

    private final Optional<Pruner> pruner;
    private final String name;
    private final Objective objective;
    private final Optional<Adviser> adviser;
    private final Map<Integer, Run> running = new ConcurrentHashMap<>();
    private final Map<Integer, Trial> trials =
            new ConcurrentHashMap<>(); // those whose curves are known; only with an adviser
    private volatile Past past = Past.NONE;
    private volatile int reported = Integer.MAX_VALUE; // by the baseline

    /** Somebody who is asked about a run where the rule says so. */
    @FunctionalInterface
    public interface Adviser {

        /**
         * Asks, and waits for the answer.
         *
         * @param look the how-manieth time this run comes to be asked about, from 0
         * @throws InterruptedException when this thread is interrupted, since the run is given up
         */
        Advice advice(Unfinished run, int look) throws InterruptedException;
    }

    /**
     * @param known what may be known of other runs when something is decided about this one
     * @param advice what was asked about it so far
     */
    private record Run(Curve curve, Supplier<Past> known, List<Advice> advice) {}

    private Pruning(Optional<Pruner> pruner, String name, Objective objective, Optional<Adviser> adviser) {
        this.pruner = pruner;
        this.name = name;
        this.objective = objective;
        this.adviser = adviser;
    }

    /**
     * By a rule.
     *
     * @param name of the rule, for the trials that it stops
     * @param objective whose goal says which values are good
     */
    public static Pruning by(Pruner pruner, String name, Objective objective) {
        return new Pruning(Optional.of(pruner), name, objective, Optional.empty());
    }

    /** The same by a rule that may leave it to somebody else, who may take long: the runs go on meanwhile. */
    public static Pruning by(Pruner pruner, String name, Objective objective, Adviser adviser) {
        return new Pruning(Optional.of(pruner), name, objective, Optional.of(adviser));
    }

    /** No run is stopped. */
    public static Pruning none(Objective objective) {
        return new Pruning(Optional.empty(), "", objective, Optional.empty());
    }

    /** What is known of the trials so far. */
    public Past past() {
        return past;
    }

    /** Watches the next run of a trial, which may have been run before in vain; decides by all that is known when a value is reported. */
    public Watch watch(int number, Origin origin, Change change) {
        return watch(number, origin, change, () -> past);
    }

    /**
     * The same, deciding by the trials with numbers below one alone, which have all ended: nothing hangs on how fast those that run beside
     * it are.
     */
    public Watch watch(int number, Origin origin, Change change, int below) {
        Past known = past.below(below);
        return watch(number, origin, change, () -> known);
    }

    private Watch watch(int number, Origin origin, Change change, Supplier<Past> known) {
        if (pruner.isEmpty() || change.variant().isPresent()) {
            return Watch.NONE;
        }
        Curve curve = new Curve();
        Run run = new Run(curve, known, new CopyOnWriteArrayList<>());
        running.put(number, run);
        boolean judged =
                !origin.isCheck() && !origin.isWished() && origin != Origin.BASELINE && origin != Origin.IMPORTED;
        return new Watch() {
            @Override
            public Optional<Stop> reported(double step, double value) {
                return curve.add(step, objective.loss(value)) && judged
                        ? decided(number, change, run, known.get())
                        : Optional.empty();
            }

            @Override
            public boolean thinks() {
                return adviser.isPresent();
            }
        };
    }

    private Optional<Watch.Stop> decided(int number, Change change, Run run, Past known) {
        if (run.curve().latestStep() >= known.whole()) {
            return Optional.empty();
        }
        Decision decision = pruner.orElseThrow().decide(number, run.curve(), known);
        if (decision instanceof Decision.Ask ask && adviser.isPresent()) {
            return asked(
                    new Unfinished(number, change.config(), points(run.curve()), known.whole(), others(known)),
                    ask.look(),
                    run);
        }
        return why(decision).map(why -> new Watch.Stop(name, why));
    }

    private Optional<Watch.Stop> asked(Unfinished unfinished, int look, Run run) {
        Advice advice;
        try {
            advice = adviser.orElseThrow().advice(unfinished, look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        run.advice().add(advice);
        return advice.stop() ? Optional.of(new Watch.Stop(BY_MODEL, why(advice))) : Optional.empty();
    }

    private static String why(Advice advice) {
        return advice.author() + ": " + advice.reason()
                + (advice.expected().isPresent()
                        ? " (expected at its end: " + rough(advice.expected().getAsDouble()) + ")"
                        : "");
    }

    private List<Unfinished.Other> others(Past known) {
        return known.runs().stream()
                .flatMap(run -> Optional.ofNullable(trials.get(run.number()))
                        .map(trial -> new Unfinished.Other(trial, points(run.curve())))
                        .stream())
                .toList();
    }

    private List<CurvePoint> points(Curve curve) {
        return IntStream.range(0, curve.size())
                .filter(i -> Double.isFinite(curve.loss(i)))
                .mapToObj(i -> new CurvePoint(curve.step(i), objective.loss(curve.loss(i))))
                .toList();
    }

    private Optional<String> why(Decision decision) {
        if (decision instanceof Decision.Stop stop) {
            return Optional.of(why(stop));
        } else if (decision instanceof Decision.Unpromising unpromising) {
            return Optional.of(why(unpromising));
        }
        return Optional.empty();
    }

    private String why(Decision.Unpromising stop) {
        Forecast end = stop.forecast();
        double one = objective.loss(end.low());
        double other = objective.loss(end.high());
        return "expected " + rough(objective.loss(end.mean())) + " (" + rough(Math.min(one, other)) + " to "
                + rough(Math.max(one, other)) + ") at step " + Numbers.text(end.step()) + ", better than "
                + value(stop.bar()) + " of trial " + stop.best()
                + " with a chance of " + percent(stop.chance()) + "; such forecasts were off by "
                + Numbers.text(end.error(), 2) + " in the median of " + end.runs() + " finished runs, and "
                + end.within() + " of them ended within such bounds";
    }

    private String why(Decision.Stop stop) {
        if (Double.isNaN(stop.loss())) {
            return "it reported no number";
        }
        return value(stop.loss()) + " is worse than " + value(stop.bar()) + ", " + stop.of();
    }

    private static String percent(double chance) {
        return chance < LEAST_CHANCE ? "less than 0.01 %" : Numbers.text(100 * chance, 2) + " %";
    }

    private static String rough(double value) {
        return Numbers.text(value, 4);
    }

    private String value(double loss) {
        return Numbers.text(objective.loss(loss), 6); // turns the sign back
    }

    /** What is to be kept in a trial's folder after its run, by file name. */
    Map<String, String> files(int number) {
        Run run = running.get(number);
        if (run == null || pruner.isEmpty()) {
            return Map.of();
        }
        if (number == 0) {
            reported = run.curve().size();
        }
        Curve kept = pruner.get().kept(run.curve(), run.known().get());
        running.put(number, new Run(kept, run.known(), run.advice()));
        StringBuilder csv = new StringBuilder("step,value\n");
        for (int i = 0; i < kept.size(); i++) {
            csv.append(Numbers.text(kept.step(i)))
                    .append(',')
                    .append(Numbers.text(objective.loss(kept.loss(i))))
                    .append('\n');
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put(FILE, csv.toString());
        if (!run.advice().isEmpty()) {
            files.put(Advice.FILE, Advice.text(run.advice()));
        }
        return files;
    }

    /** Why no run will ever be stopped, and what to do, if the baseline that has just run says so. */
    public Optional<String> caution() {
        return reported > 1
                ? Optional.empty()
                : Optional.of("the baseline reported "
                        + (reported == 1 ? "one value of " : "no value of ")
                        + objective.metric() + ", so no run can be stopped early: have the script print "
                        + objective.metric() + " on the way, such as \"epoch 3 " + objective.metric() + ": 0.5\"");
    }

    /**
     * A trial has ended and is in the journal.
     *
     * @param kept what was kept of its curve, to be looked up if it did not run in this process
     */
    public void remember(Trial trial, Supplier<List<CurvePoint>> kept) {
        if (pruner.isEmpty()
                || trial.origin().isCheck()
                || trial.origin() == Origin.TOLD
                || trial.change().variant().isPresent()) {
            running.remove(trial.number());
            return;
        }
        Curve curve = Optional.ofNullable(running.remove(trial.number()))
                .map(Run::curve)
                .orElseGet(() -> of(kept.get()));
        OptionalDouble value = trial.value();
        if (adviser.isPresent()) {
            trials.put(trial.number(), trial);
        }
        past = past.with(new Past.Ended(
                trial.number(),
                curve,
                value.isPresent() ? OptionalDouble.of(objective.loss(value.getAsDouble())) : value));
    }

    private Curve of(List<CurvePoint> points) {
        Curve curve = new Curve();
        points.forEach(point -> curve.add(point.step(), objective.loss(point.value())));
        return curve;
    }
}
