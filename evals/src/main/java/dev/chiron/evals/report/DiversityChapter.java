package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.IntervalChart;
import dev.chiron.evals.compare.Attempt;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.report.stats.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** How widely each method searched, and how often it tried the same again. */
final class DiversityChapter {

    static final String ID = "diversity";

    private DiversityChapter() {}

    static Section of(Field field) {
        Section section = new Section(ID, "Search diversity and duplicates");
        section.say(
                "Of the measured trials, in the unit cube of the space (by its logarithm where a parameter is logarithmic, a choice by"
                        + " the place of its option): spread is the mean over parameters of the standard deviation, pairwise the mean distance of two"
                        + " trials, to default that to the baseline (to the middle of the space where there is none), step that from one measured trial"
                        + " to the next, cells the number of different ones with five bins a parameter. Each within a run, then the mean over seeds."
                        + " Repeats are trials of a config that had been run before.");
        for (TaskRuns task : field.tasks()) {
            section.heading(task.task());
            task(section, field, task);
        }
        return section;
    }

    private record Row(Entrant entrant, List<Traces> traces, int repeats, int trials) {
        double mean(ToDoubleFunction<Traces> figure) {
            return StatUtils.mean(figures(figure));
        }

        double[] figures(ToDoubleFunction<Traces> figure) {
            return traces.stream().mapToDouble(figure).filter(Double::isFinite).toArray();
        }
    }

    private static void task(Section section, Field field, TaskRuns task) {
        List<Row> rows = task.entrants().stream()
                .map(entrant -> row(task, entrant))
                .filter(row -> !row.traces().isEmpty())
                .toList();
        if (rows.isEmpty()) {
            section.say("The runs do not say where their trials were, or none was measured.");
            return;
        }
        section.add(new Block.Grid(
                "diversity-" + task.slug(),
                List.of(
                        "method",
                        "runs",
                        "spread",
                        "pairwise",
                        "to default",
                        "step",
                        "cells",
                        "repeats",
                        "repeats of trials"),
                rows.stream()
                        .map(row -> List.of(
                                Cell.text(row.entrant().method()),
                                Cell.count(row.traces().size()),
                                Cell.rough(row.mean(Traces::spread)),
                                Cell.rough(row.mean(Traces::pairwise)),
                                Cell.rough(row.mean(Traces::toDefault)),
                                Cell.rough(row.mean(Traces::step)),
                                Cell.rough(row.mean(Traces::cells)),
                                Cell.count(row.repeats()),
                                Cell.share((double) row.repeats() / row.trials())))
                        .toList()));
        List<IntervalChart.Row> bars = new ArrayList<>();
        for (Row row : rows) {
            double mean = row.mean(Traces::pairwise);
            if (Double.isFinite(mean)) {
                Optional<Interval> interval = field.interval(row.figures(Traces::pairwise));
                bars.add(new IntervalChart.Row(
                        row.entrant().method(),
                        row.entrant().number(),
                        mean,
                        interval.map(Interval::low).orElse(mean),
                        interval.map(Interval::high).orElse(mean),
                        row.mean(Traces::toDefault)));
            }
        }
        if (!bars.isEmpty()) {
            section.add(new Block.Figure(
                    "diversity-" + task.slug(),
                    "How far apart the measured trials on " + task.task() + " are, and how far from the default.",
                    new IntervalChart(
                            "Search diversity on " + task.task(),
                            "distance in the unit cube",
                            bars,
                            List.of("of two trials", "to the default"))));
        }
    }

    private static Row row(TaskRuns task, Entrant entrant) {
        List<Traces> traces = new ArrayList<>();
        int repeats = 0;
        int trials = 0;
        for (Run run : entrant.runs()) {
            List<Attempt> attempts = Entrant.attempts(run, task.trials());
            traces(run, attempts).ifPresent(traces::add);
            repeats += run.ours().map(Run.Ours::repeats).orElse(0);
            trials += run.values().size();
        }
        return new Row(entrant, traces, repeats, Math.max(1, trials));
    }

    private static Optional<Traces> traces(Run run, List<Attempt> attempts) {
        List<List<Double>> points = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            if (run.values().get(i).isPresent() && !attempts.get(i).point().isEmpty()) {
                points.add(attempts.get(i).point());
            }
        }
        if (points.isEmpty()) {
            return Optional.empty();
        }
        boolean hasBaseline = attempts.get(0).origin().equals("baseline");
        List<Double> middle = Collections.nCopies(points.get(0).size(), 0.5);
        return Optional.of(Traces.of(points, hasBaseline ? attempts.get(0).point() : middle));
    }
}
