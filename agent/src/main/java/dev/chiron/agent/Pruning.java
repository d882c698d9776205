package dev.chiron.agent;

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
import dev.chiron.sandbox.run.Watch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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

    private static final double LEAST_CHANCE = 1e-4; // nobody reads more digits

    private final Optional<Pruner> pruner;
    private final String name;
    private final Objective objective;
    private final Map<Integer, Run> running = new ConcurrentHashMap<>();
    private volatile Past past = Past.NONE;
    private volatile int reported = Integer.MAX_VALUE; // by the baseline

    /** @param known what may be known of other runs when something is decided about this one */
    private record Run(Curve curve, Supplier<Past> known) {}

    private Pruning(Optional<Pruner> pruner, String name, Objective objective) {
        this.pruner = pruner;
        this.name = name;
        this.objective = objective;
    }

    /**
     * By a rule.
     *
     * @param name of the rule, for the trials that it stops
     * @param objective whose goal says which values are good
     */
    public static Pruning by(Pruner pruner, String name, Objective objective) {
        return new Pruning(Optional.of(pruner), name, objective);
    }

    /** No run is stopped. */
    public static Pruning none(Objective objective) {
        return new Pruning(Optional.empty(), "", objective);
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
        running.put(number, new Run(curve, known));
        boolean judged =
                !origin.isCheck() && !origin.isWished() && origin != Origin.BASELINE && origin != Origin.IMPORTED;
        return (step, value) -> curve.add(step, objective.loss(value)) && judged
                ? decided(number, curve, known.get())
                : Optional.empty();
    }

    private Optional<Watch.Stop> decided(int number, Curve curve, Past known) {
        if (curve.latestStep() >= known.whole()) {
            return Optional.empty();
        }
        Decision decision = pruner.orElseThrow().decide(number, curve, known);
        return why(decision).map(why -> new Watch.Stop(name, why));
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
        running.put(number, new Run(kept, run.known()));
        StringBuilder csv = new StringBuilder("step,value\n");
        for (int i = 0; i < kept.size(); i++) {
            csv.append(Numbers.text(kept.step(i)))
                    .append(',')
                    .append(Numbers.text(objective.loss(kept.loss(i))))
                    .append('\n');
        }
        return Map.of(FILE, csv.toString());
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
