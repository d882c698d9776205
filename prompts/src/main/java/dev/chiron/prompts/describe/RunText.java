package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One run in words: what came out, what was measured on the way, and how that compares. Of a failure its class alone is told. */
final class RunText {

    private static final int METRICS = 10;
    private static final int POINTS = 8;
    private static final int CHANGES = 20;

    private final Task task;
    private final History history;

    /** @param history all trials that are known, the run among them */
    RunText(Task task, History history) {
        this.task = task;
        this.history = history;
    }

    /** Each config that was run once, in order; a broken machine says nothing about one. */
    static List<Trial> known(History history) {
        return history.inside().stream()
                .filter(trial -> !trial.origin().isCheck())
                .filter(trial -> !(trial.outcome() instanceof Outcome.Failed failed)
                        || failed.reason() != Outcome.Reason.INFRASTRUCTURE)
                .toList();
    }

    /** What came out: the metric and its value, or why there is none. */
    String output(Trial trial) {
        return history.value(trial).isPresent()
                ? metric() + " = " + TrialTables.value(trial, history)
                : "no " + metric() + ": the run " + ended(trial);
    }

    private static String ended(Trial trial) {
        return trial.outcome() instanceof Outcome.Failed failed
                ? "failed (" + failed.reason().label() + ")"
                : "was " + Written.ended(trial.outcome());
    }

    /** Both in a line: what came out, and how that compares. */
    String result(Trial trial) {
        return history.value(trial).isPresent() ? output(trial) + ". " + feedback(trial) : feedback(trial);
    }

    /** How it compares with the best run before it, in a sentence; a failure is never a number. */
    String feedback(Trial trial) {
        if (history.value(trial).isEmpty()) {
            return "The run " + ended(trial) + ", which counts as worse than any value.";
        }
        Optional<Trial> before = bestBefore(trial);
        if (before.isEmpty()) {
            return "The first value: nothing to compare it with yet.";
        }
        double value = history.value(trial).orElseThrow();
        double best = history.value(before.get()).orElseThrow();
        String than = "the best run before it, trial " + before.get().number() + " with "
                + TrialTables.value(before.get(), history);
        if (value == best) {
            return "As good as " + than + ".";
        }
        String by = ", by " + Written.metric(Math.abs(value - best)) + ".";
        return (task.objective().isBetter(value, best) ? "Better than " : "Worse than ") + than + by;
    }

    /** The best of the runs before one, by what is known of them now. */
    Optional<Trial> bestBefore(Trial trial) {
        return history.best(history.trials().size()).stream()
                .filter(other -> other.number() < trial.number())
                .findFirst();
    }

    /** What sets its config apart from that of the best run before it, or from the script's own values while there is none. */
    String changes(Trial trial) {
        Optional<Trial> before = bestBefore(trial);
        Config reference = before.map(Trial::config).orElse(task.baseline());
        List<String> changes = task.space().parameters().stream()
                .map(Parameter::name)
                .filter(name -> !trial.config().find(name).equals(reference.find(name)))
                .map(name ->
                        Written.line(name) + " " + rounded(reference, name) + " -> " + rounded(trial.config(), name))
                .toList();
        String since = before.map(best -> "the best run before it, trial " + best.number())
                .orElse("the script's own values");
        if (changes.isEmpty()) {
            return "nothing against " + since + ".";
        }
        int more = changes.size() - CHANGES;
        return "against " + since + ": " + String.join(", ", changes.subList(0, Math.min(CHANGES, changes.size())))
                + (more > 0 ? ", and " + more + " more" : "") + ".";
    }

    private static String rounded(Config config, String name) {
        return config.find(name).map(Written::rounded).orElse("(not used)");
    }

    /** What else is known of a run, a line each. */
    String others(Trial trial, List<CurvePoint> curve) {
        List<String> lines = new ArrayList<>();
        if (trial.outcome() instanceof Outcome.Measured measured) {
            measured.metrics().entrySet().stream()
                    .filter(other -> !other.getKey().equals(task.objective().metric()))
                    .limit(METRICS)
                    .forEach(other ->
                            lines.add(Written.line(other.getKey()) + " = " + Written.metric(other.getValue())));
        }
        if (curve.size() > 1) {
            lines.add(metric() + " on the way (step: value): " + thinned(curve));
        }
        return lines.isEmpty() ? "Nothing else is known of the run." : String.join("\n", lines);
    }

    /** The first, the last and some between. */
    private static String thinned(List<CurvePoint> curve) {
        Set<Integer> places = new LinkedHashSet<>();
        for (int i = 0; i < POINTS; i++) {
            places.add((int) Math.round((double) i * (curve.size() - 1) / (POINTS - 1)));
        }
        return places.stream()
                .map(curve::get)
                .map(point -> Written.metric(point.step()) + ": " + Written.metric(point.value()))
                .collect(Collectors.joining(", "));
    }

    /** The values of a run, a line each, with their types. */
    static String variables(Config config) {
        Map<String, String> types = Written.fields(config, RunText::type);
        return Written.fields(config, Written::json).entrySet().stream()
                .map(entry -> "(" + types.get(entry.getKey()) + ") " + Written.line(entry.getKey()) + " = "
                        + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String type(Value value) {
        if (value instanceof Value.Real) {
            return "float";
        } else if (value instanceof Value.Whole) {
            return "int";
        }
        return value instanceof Value.Flag ? "bool" : "str";
    }

    private String metric() {
        return Written.line(task.objective().metric());
    }
}
