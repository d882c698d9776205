package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a model whether a run is worth going on with. It sees the run's curve, what others had at the same steps and where they ended, and in what
 * their configs differ. For readers that are programs: the table's first line is the run, its last columns are the end and the values.
 */
public final class StopPrompt {

    /** The template's name. */
    public static final String TEMPLATE = "stop";

    private static final int DESCRIPTION = 2_000; // characters
    private static final int POINTS = 12; // of the run's own curve
    private static final int COLUMNS = 4;
    private static final int BEST = 6;
    private static final int LAST = 6;

    private final Task task;

    public StopPrompt(Task task) {
        this.task = task;
    }

    /** The prompt. */
    public Prompt of(Unfinished run) {
        double[] steps = columns(run);
        List<Unfinished.Other> shown = shown(run);
        Map<String, String> values = new LinkedHashMap<>(new TaskText(task).values(DESCRIPTION));
        values.remove("constraints");
        values.put("number", Integer.toString(run.number()));
        values.put("step", Written.metric(run.step()));
        values.put("whole", Written.metric(run.whole()));
        values.put("config", Written.shortJson(run.config()));
        values.put("metric", TaskText.metric(task));
        values.put("curve", curve(run));
        values.put("steps", columns(steps).map(step -> "step " + step).collect(Collectors.joining(" | ")));
        values.put("rule", "|---".repeat(steps.length + 3) + "|");
        values.put(
                "runs",
                Stream.concat(
                                Stream.of(row("this run", run.curve(), steps, "?", "")),
                                shown.stream().map(other -> row(other, run.config(), steps)))
                        .collect(Collectors.joining("\n")));
        values.put("standing", standing(run));
        return PromptTemplate.named(TEMPLATE).fill(values);
    }

    private static Stream<String> columns(double[] steps) {
        return Arrays.stream(steps).mapToObj(Written::metric);
    }

    /** Steps of the run's own, each about half of the one after it, its last step the last. */
    private static double[] columns(Unfinished run) {
        List<Double> steps = new ArrayList<>();
        double wanted = Double.POSITIVE_INFINITY;
        for (int i = run.curve().size() - 1; i >= 0 && steps.size() < COLUMNS; i--) {
            double step = run.curve().get(i).step();
            if (step <= wanted) {
                steps.add(0, step);
                wanted = step / 2;
            }
        }
        return steps.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The best of those that have come as far, and the last; the best first, then those without a value. */
    private List<Unfinished.Other> shown(Unfinished run) {
        List<Unfinished.Other> known = run.others().stream()
                .filter(other -> at(other.curve(), run.curve().get(0).step()).isPresent())
                .toList();
        List<Unfinished.Other> best = known.stream()
                .filter(other -> other.trial().value().isPresent())
                .sorted(byLoss())
                .limit(BEST)
                .toList();
        List<Unfinished.Other> last = known.stream()
                .filter(other -> !best.contains(other))
                .skip(Math.max(0, known.size() - best.size() - LAST))
                .sorted(byLoss())
                .toList();
        return Stream.concat(best.stream(), last.stream()).toList();
    }

    private Comparator<Unfinished.Other> byLoss() {
        Objective objective = task.objective();
        return Comparator.comparingDouble(other -> {
            OptionalDouble value = other.trial().value();
            return value.isPresent() ? objective.loss(value.getAsDouble()) : Double.POSITIVE_INFINITY;
        });
    }

    private String row(Unfinished.Other other, Config config, double[] steps) {
        Trial trial = other.trial();
        String end = trial.value().isPresent()
                ? Written.metric(trial.value().getAsDouble())
                : Written.ended(trial.outcome());
        String values = new TrialTables(task, Detail.of(task.space().size())).moves(trial.config(), config);
        return row(Integer.toString(trial.number()), other.curve(), steps, end, values);
    }

    private static String row(String trial, List<CurvePoint> curve, double[] steps, String end, String values) {
        StringBuilder row = new StringBuilder("| ").append(trial);
        for (double step : steps) {
            OptionalDouble value = at(curve, step);
            row.append(" | ").append(value.isPresent() ? Written.metric(value.getAsDouble()) : "-");
        }
        return row.append(" | ")
                .append(end)
                .append(" | ")
                .append(values)
                .append(" |")
                .toString();
    }

    /** The value of the first point at a step or after it. */
    private static OptionalDouble at(List<CurvePoint> curve, double step) {
        return curve.stream()
                .filter(point -> point.step() >= step)
                .mapToDouble(CurvePoint::value)
                .findFirst();
    }

    private static String curve(Unfinished run) {
        return CurveText.some(run.curve(), POINTS).stream()
                .map(point -> Written.metric(point.step()) + ": " + Written.metric(point.value()))
                .collect(Collectors.joining(", "));
    }

    private String standing(Unfinished run) {
        return run.others().stream()
                .filter(other -> other.trial().value().isPresent())
                .min(byLoss())
                .map(best -> "The best so far is trial " + best.trial().number() + " with "
                        + Written.metric(best.trial().value().orElseThrow()) + ": "
                        + Written.shortJson(best.trial().config()))
                .orElse("None has been measured yet.");
    }
}
