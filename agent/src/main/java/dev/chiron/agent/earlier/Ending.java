package dev.chiron.agent.earlier;

import dev.chiron.optimizers.study.Outcome;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a run ended, from the words and the number that a table has for it. */
sealed interface Ending {

    /** It can be learned from. */
    record Known(Outcome outcome) implements Ending {

        /** The same with other metrics beside the first objective, if it was measured. */
        Known with(Map<String, Double> metrics) {
            if (outcome instanceof Outcome.Measured measured) {
                return new Known(new Outcome.Measured(measured.value(), metrics, List.of()));
            }
            return outcome instanceof Outcome.Infeasible infeasible
                    ? new Known(new Outcome.Infeasible(
                            new Outcome.Measured(infeasible.measured().value(), metrics, List.of()),
                            infeasible.broken(),
                            infeasible.violation()))
                    : this;
        }
    }

    /** It says nothing about its config. */
    record LeftOut(String why) implements Ending {}

    Pattern NUMBER = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?");

    /** As W&B, Optuna, MLflow, autoresearch and Chiron write it. */
    List<String> FINISHED = List.of(
            "measured",
            "complete",
            "completed",
            "finished",
            "success",
            "succeeded",
            "ok",
            "done",
            "keep",
            "kept",
            "discard",
            "discarded");

    /** As Chiron writes what was measured and broke a condition on metrics. */
    String INFEASIBLE = "infeasible";

    List<String> RUNNING = List.of("running", "pending", "waiting", "queued", "scheduled");
    List<String> STOPPED = List.of("killed", "canceled", "cancelled", "infrastructure");
    List<String> PRUNED = List.of("pruned", "early_stopped", "early-stopped", "earlystopped");

    /**
     * The ending that these cells tell.
     *
     * @param status what became of the run; blank where the table does not say
     * @param reason why it failed; blank where the table does not say
     * @param value the metric's cell
     */
    static Ending of(String status, String reason, String value) {
        String word = status.strip().toLowerCase(Locale.ROOT).replace("trialstate.", "");
        Optional<Double> number = number(value);
        if (RUNNING.contains(word)) {
            return new LeftOut("not at its end");
        }
        if (STOPPED.contains(word) || reason.strip().equalsIgnoreCase(Outcome.Reason.INFRASTRUCTURE.label())) {
            return new LeftOut("stopped from outside");
        }
        if (PRUNED.contains(word)) {
            return number.filter(Double::isFinite)
                    .<Ending>map(last -> new Known(new Outcome.Pruned(last, List.of())))
                    .orElseGet(() -> new LeftOut("stopped early without a value"));
        }
        if (word.equals(INFEASIBLE) && number.filter(Double::isFinite).isPresent()) {
            return infeasible(number.get(), reason.isBlank() ? "a condition there" : reason.strip(), 1);
        }
        if (!word.isEmpty() && !FINISHED.contains(word) && (number.isEmpty() || isFailure(word))) {
            return new Known(new Outcome.Failed(reason(word + " " + reason), reason.strip()));
        }
        return value(number, value);
    }

    /**
     * The same of a run with several metrics.
     *
     * @param values the cells of the metrics by their names, the first objective's first
     */
    static Ending of(String status, String reason, Map<String, String> values) {
        Iterator<Map.Entry<String, String>> metrics = values.entrySet().iterator();
        Ending first = of(status, reason, metrics.next().getValue());
        if (values.size() == 1 || !(first instanceof Known known) || known.outcome() instanceof Outcome.Failed) {
            return first;
        }
        if (known.outcome() instanceof Outcome.Pruned) {
            return new LeftOut("stopped early, before all metrics were known");
        }
        Map<String, Double> further = new LinkedHashMap<>();
        while (metrics.hasNext()) {
            Map.Entry<String, String> metric = metrics.next();
            Ending one = value(number(metric.getValue()), metric.getValue());
            if (one instanceof LeftOut out) {
                return new LeftOut(out.why().replace("a value", "a value of " + metric.getKey()));
            }
            Outcome outcome = ((Known) one).outcome();
            if (!(outcome instanceof Outcome.Measured measured)) {
                return one;
            }
            further.put(metric.getKey(), measured.value());
        }
        return known.with(further);
    }

    /**
     * A run that was measured and broke a condition there.
     *
     * @param by by how much, above 0
     */
    static Known infeasible(double value, String condition, double by) {
        return new Known(new Outcome.Infeasible(new Outcome.Measured(value), List.of(condition), by));
    }

    private static Ending value(Optional<Double> number, String value) {
        if (value.isBlank()) {
            return new LeftOut("without a value");
        }
        if (number.isEmpty()) {
            return new LeftOut("with a value that is no number");
        }
        return new Known(
                Double.isFinite(number.get())
                        ? new Outcome.Measured(number.get())
                        : new Outcome.Failed(Outcome.Reason.DIVERGED, "the value was " + value.strip()));
    }

    private static boolean isFailure(String word) {
        return word.matches(".*(fail|crash|error|oom|memory|time.?out|timed|diverge|nan|infeasible|refused).*");
    }

    /** The class of a failure by the words for it; one that is not known has crashed. */
    static Outcome.Reason reason(String words) {
        String text = words.toLowerCase(Locale.ROOT);
        for (Outcome.Reason reason : Outcome.Reason.values()) {
            if (reason != Outcome.Reason.CRASHED && text.contains(reason.label())) {
                return reason;
            }
        }
        if (text.matches("(?s).*(\\boom\\b|out.of.memory|memory).*")) {
            return Outcome.Reason.OUT_OF_MEMORY;
        }
        if (text.matches("(?s).*(time.?out|timed.out|time.limit).*")) {
            return Outcome.Reason.TIMED_OUT;
        }
        return text.matches("(?s).*(\\bnan\\b|diverg|\\binf\\b).*") ? Outcome.Reason.DIVERGED : Outcome.Reason.CRASHED;
    }

    /** A number, also one that is not finite; empty for what is none. */
    static Optional<Double> number(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        String plain = word.startsWith("+") ? word.substring(1) : word;
        return switch (plain) {
            case "nan", "none", "null" -> plain.equals("nan") ? Optional.of(Double.NaN) : Optional.empty();
            case "inf", "infinity" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> NUMBER.matcher(plain).matches() ? Optional.of(Double.valueOf(plain)) : Optional.empty();
        };
    }
}
