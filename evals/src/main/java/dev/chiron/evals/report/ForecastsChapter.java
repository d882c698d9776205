package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.DotChart;
import dev.chiron.agent.plot.draw.DotChart.Group;
import dev.chiron.evals.report.Forecasts.Risk;
import dev.chiron.evals.report.Forecasts.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** Whether models know what their proposals will bring. */
final class ForecastsChapter {

    static final String ID = "forecasts";

    private static final int BINS = 5;
    private static final int DOTS = 400;
    private static final int ENOUGH = 3;

    private ForecastsChapter() {}

    static Section of(Field field) {
        Section section = new Section(ID, "Forecasts");
        section.say(
                "What the model expected of its proposals, beside what was measured. Bias is the mean of measured minus expected; the idle forecaster"
                        + " always says the best value so far. Brier's score is the mean squared error of the chance of failure (0 is best); the idle"
                        + " forecaster always says the share that failed, which it could not know beforehand.");
        boolean isEmpty = true;
        for (TaskRuns task : field.tasks()) {
            List<Known> known = new ArrayList<>();
            for (Entrant entrant : task.entrants()) {
                Forecasts forecasts = Forecasts.of(task, entrant);
                if (!forecasts.values().isEmpty() || !forecasts.risks().isEmpty()) {
                    known.add(new Known(entrant, forecasts));
                }
            }
            if (!known.isEmpty()) {
                isEmpty = false;
                section.heading(task.task());
                values(section, task, known);
                risks(section, task, known);
            }
        }
        return isEmpty
                ? section.say(
                        "No run has a forecast. Models forecast when they take turns: chiron evals run --method centaur --llm builtin --out FILE, then a"
                                + " report of FILE.")
                : section;
    }

    private record Known(Entrant entrant, Forecasts forecasts) {}

    private static void values(Section section, TaskRuns task, List<Known> known) {
        List<List<Cell>> table = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (Known its : known) {
            Entrant entrant = its.entrant();
            Forecasts forecasts = its.forecasts();
            if (!forecasts.values().isEmpty()) {
                table.add(List.of(
                        Cell.text(entrant.method()),
                        Cell.count(forecasts.values().size()),
                        Cell.rough(forecasts.bias()),
                        Cell.rough(forecasts.error()),
                        Cell.rough(forecasts.idleError()),
                        Cell.decimals(forecasts.correlation())));
                groups.add(dots(entrant, forecasts.values()));
            }
        }
        if (table.isEmpty()) {
            section.say("No value was forecast of a trial that was measured.");
            return;
        }
        section.add(new Block.Grid(
                "forecasts-values-" + task.slug(),
                List.of(
                        "method",
                        "forecasts",
                        "bias",
                        "root mean squared error",
                        "the idle forecaster's",
                        "rank correlation"),
                table));
        double[] all = groups.stream()
                .flatMap(group -> Stream.concat(group.x().stream(), group.y().stream()))
                .mapToDouble(value -> value)
                .toArray();
        Percentile percentile = new Percentile();
        percentile.setData(all);
        double low = percentile.evaluate(1);
        double high = percentile.evaluate(99);
        section.add(new Block.Figure(
                "forecasts-values-" + task.slug(),
                "Forecast and measured values on " + task.task() + ": at most " + DOTS
                        + " a method, the outermost hundredths cut off.",
                new DotChart(
                        "Forecasts on " + task.task(),
                        "expected value",
                        "measured value",
                        groups,
                        low,
                        Math.max(low, high))));
    }

    private static Group dots(Entrant entrant, List<Value> values) {
        int stride = Math.max(1, (values.size() + DOTS - 1) / DOTS);
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i < values.size(); i += stride) {
            x.add(values.get(i).expected());
            y.add(values.get(i).measured());
        }
        return new Group(entrant.method(), entrant.number(), x, y, Collections.nCopies(x.size(), 2.5), false);
    }

    private static void risks(Section section, TaskRuns task, List<Known> known) {
        List<List<Cell>> table = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (Known its : known) {
            Entrant entrant = its.entrant();
            Forecasts forecasts = its.forecasts();
            if (!forecasts.risks().isEmpty()) {
                table.add(List.of(
                        Cell.text(entrant.method()),
                        Cell.count(forecasts.risks().size()),
                        Cell.share(forecasts.risks().stream()
                                .mapToDouble(Risk::chance)
                                .average()
                                .orElseThrow()),
                        Cell.share(forecasts.failed()),
                        Cell.rough(forecasts.brier()),
                        Cell.rough(forecasts.idleBrier())));
                reliability(entrant, forecasts.risks()).ifPresent(groups::add);
            }
        }
        if (table.isEmpty()) {
            section.say("No chance of failure was forecast.");
            return;
        }
        section.add(new Block.Grid(
                "forecasts-risks-" + task.slug(),
                List.of("method", "forecasts", "mean risk", "failed", "Brier's score", "the idle forecaster's"),
                table));
        if (!groups.isEmpty()) {
            section.add(new Block.Figure(
                    "forecasts-risks-" + task.slug(),
                    "Forecast risk and share that failed on " + task.task() + ", in fifths of the risk with at least "
                            + ENOUGH + " forecasts; larger dots have more of them.",
                    new DotChart(
                            "Forecast failures on " + task.task(),
                            "forecast risk",
                            "share that failed",
                            groups,
                            0,
                            reach(groups))));
        }
    }

    private static double reach(List<Group> groups) {
        double most = groups.stream()
                .flatMap(group -> Stream.concat(group.x().stream(), group.y().stream()))
                .mapToDouble(value -> value)
                .max()
                .orElse(1);
        return Math.min(1, Math.max(0.1, 1.2 * most));
    }

    private static Optional<Group> reliability(Entrant entrant, List<Risk> risks) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> radii = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            double from = (double) bin / BINS;
            double to = bin == BINS - 1 ? 2 : (double) (bin + 1) / BINS;
            List<Risk> its = risks.stream()
                    .filter(risk -> risk.chance() >= from && risk.chance() < to)
                    .toList();
            if (its.size() >= ENOUGH) {
                x.add(its.stream().mapToDouble(Risk::chance).average().orElseThrow());
                y.add(new Forecasts(List.of(), its).failed());
                radii.add(3 + 6 * Math.sqrt((double) its.size() / risks.size()));
            }
        }
        return x.isEmpty()
                ? Optional.empty()
                : Optional.of(new Group(entrant.method(), entrant.number(), x, y, radii, true));
    }
}
