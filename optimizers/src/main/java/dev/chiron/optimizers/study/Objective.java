package dev.chiron.optimizers.study;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is tuned: a metric, and whether small or large values are good. The one place that turns signs.
 *
 * @param further objectives beside this one, which have neither further ones nor conditions themselves; their values stand in a trial's metrics
 * @param feasible what must hold of a trial's metrics, this one's among them
 */
public record Objective(String metric, Goal goal, List<Objective> further, List<Constraint> feasible) {

    /** Of more at once nearly every trial is on the front, and nothing is learned from who dominates whom. */
    public static final int MOST = 5;

    /** Which way is better. */
    public enum Goal {
        MINIMIZE,
        MAXIMIZE;

        /** The name used in files and events. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the lists. */
    public Objective {
        further = List.copyOf(further);
        feasible = List.copyOf(feasible);
    }

    /** The only objective, and nothing that must hold. */
    public Objective(String metric, Goal goal) {
        this(metric, goal, List.of(), List.of());
    }

    /** Whether there are several objectives. */
    public boolean isSeveral() {
        return !further.isEmpty();
    }

    /** This one, then the further ones, each by itself. */
    public List<Objective> all() {
        return Stream.concat(Stream.of(new Objective(metric, goal)), further.stream())
                .toList();
    }

    /** The value as a loss, which optimizers minimise. */
    public double loss(double value) {
        return goal == Goal.MINIMIZE ? value : -value;
    }

    /** Whether one value is strictly better than another. */
    public boolean isBetter(double value, double other) {
        return loss(value) < loss(other);
    }

    /**
     * The values of all objectives, in order.
     *
     * @throws IllegalArgumentException if that of a further one is not among the metrics
     */
    public List<Double> values(Outcome.Measured measured) {
        List<Double> values = new ArrayList<>(List.of(measured.value()));
        for (Objective other : further) {
            values.add(Optional.ofNullable(measured.metrics().get(other.metric()))
                    .orElseThrow(() -> new IllegalArgumentException("no value of " + other.metric())));
        }
        return List.copyOf(values);
    }

    /** The losses of all objectives, in order; fresh array. */
    public double[] losses(Outcome.Measured measured) {
        return losses(values(measured));
    }

    /** The same of the values of all objectives, in order; fresh array. */
    public double[] losses(List<Double> values) {
        double[] losses = new double[values.size()];
        losses[0] = loss(values.get(0));
        for (int k = 1; k < losses.length; k++) {
            losses[k] = further.get(k - 1).loss(values.get(k));
        }
        return losses;
    }

    /**
     * What a run counts as that printed its metric: infeasible if it breaks what must hold, and without a metric if that of a further
     * objective or of a condition is missing.
     */
    public Outcome judged(Outcome.Measured measured) {
        Map<String, Double> metrics = new LinkedHashMap<>(measured.metrics());
        metrics.put(metric, measured.value());
        Optional<String> missing =
                names().filter(name -> !metrics.containsKey(name)).findFirst();
        if (missing.isPresent()) {
            return new Outcome.Failed(
                    Outcome.Reason.NO_METRIC,
                    "no value of " + missing.get() + " beside " + metric + ", which the task needs in every trial");
        }
        return kept(measured, metrics, feasible);
    }

    /** What a run counts as of which not all metrics need be known: infeasible if it breaks a condition whose metrics are. */
    public Outcome judgedByKnown(Outcome.Measured measured) {
        Map<String, Double> metrics = new LinkedHashMap<>(measured.metrics());
        metrics.put(metric, measured.value());
        return kept(
                measured,
                metrics,
                feasible.stream()
                        .filter(condition -> metrics.keySet().containsAll(condition.names()))
                        .toList());
    }

    private static Outcome kept(Outcome.Measured measured, Map<String, Double> metrics, List<Constraint> conditions) {
        Map<String, Value> values = new LinkedHashMap<>();
        metrics.forEach((name, value) -> values.put(name, Value.of(value)));
        Config known = Config.of(values);
        List<Constraint> broken =
                conditions.stream().filter(condition -> !condition.holds(known)).toList();
        return broken.isEmpty()
                ? measured
                : new Outcome.Infeasible(
                        measured,
                        broken.stream().map(Constraint::text).toList(),
                        Math.min(
                                Double.MAX_VALUE,
                                broken.stream()
                                        .mapToDouble(condition -> condition.violation(known))
                                        .sum()));
    }

    /** The names of the metrics beside this one that every trial must have. */
    public Stream<String> names() {
        return Stream.concat(
                        further.stream().map(Objective::metric),
                        feasible.stream().flatMap(condition -> condition.names().stream()))
                .filter(name -> !name.equals(metric))
                .distinct();
    }
}
