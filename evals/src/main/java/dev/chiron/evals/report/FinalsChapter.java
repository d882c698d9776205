package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.IntervalChart;
import dev.chiron.evals.report.stats.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;

/** What each method ended with: without noise, measured again, and as drawn. */
final class FinalsChapter {

    static final String ID = "finals";

    private static final double ROUNDING = 1e-12;

    private FinalsChapter() {}

    static Section of(Field field) {
        Section section = new Section(ID, "Finals");
        section.say(
                "Means over seeds with 95 % percentile-bootstrap intervals (10,000 resamples). \"Without noise\" is what the last incumbent is truly"
                        + " worth; \"measured again\" is the same config measured five times with noise that the run never met. The luckiest draw is what the run itself"
                        + " saw as its best: it is shown so that nobody takes it for a result; \"flattery\" is by how much it is better than measured again.");
        for (TaskRuns task : field.tasks()) {
            section.heading(task.task());
            task(section, field, task);
        }
        return section;
    }

    private static void task(Section section, Field field, TaskRuns task) {
        List<Row> rows = task.entrants().stream()
                .map(entrant -> row(field, task, entrant))
                .sorted(Comparator.comparingDouble(row -> task.value(row.best())))
                .toList();
        section.add(new Block.Grid(
                "finals-" + task.slug(),
                List.of(
                        "method",
                        "seeds",
                        "without noise",
                        "95 % interval",
                        "sd",
                        "measured again",
                        "95 % interval",
                        "luckiest draw",
                        "flattery"),
                rows.stream().map(row -> cells(task, row)).toList()));
        long unmeasured = rows.stream().mapToLong(Row::unmeasured).sum();
        if (unmeasured > 0) {
            section.say("In " + unmeasured + " runs nothing was measured; methods with such a run have no mean.");
        }
        int seeds = task.entrants().stream()
                .mapToInt(entrant -> entrant.runs().size())
                .min()
                .orElse(0);
        if (seeds < Field.ENOUGH) {
            section.say("With " + seeds + (seeds == 1 ? " seed there is" : " seeds there are")
                    + (seeds == 1 ? " no interval" : " intervals that are too narrow")
                    + ": do not rank methods by this table.");
        }
        chart(task, rows).ifPresent(section::add);
    }

    /** A method's figures; {@code again} is empty unless all its last incumbents were measured again. */
    private record Row(
            Entrant entrant,
            int known,
            double mean,
            double deviation,
            Optional<Interval> interval,
            double again,
            Optional<Interval> againInterval,
            double lucky) {

        double best() {
            return known > 0 ? mean : lucky;
        }

        long unmeasured() {
            return entrant.runs().stream()
                    .filter(run -> run.values().stream().noneMatch(OptionalDouble::isPresent))
                    .count();
        }
    }

    private static Row row(Field field, TaskRuns task, Entrant entrant) {
        double[] values = entrant.runs().stream()
                .filter(run -> run.ours().isPresent())
                .mapToDouble(run -> task.value(run.trueLoss(task.trials())))
                .toArray();
        double[] again = entrant.runs().stream()
                .filter(run ->
                        run.values().size() == task.trials()) // of a longer run another config was measured again
                .flatMap(run -> run.ours().stream())
                .flatMapToDouble(ours -> ours.remeasured().stream())
                .toArray();
        boolean isWhole = again.length == entrant.runs().size();
        double[] lucky = entrant.runs().stream()
                .mapToDouble(run -> task.value(run.bestLoss(task.trials())))
                .toArray();
        return new Row(
                entrant,
                values.length,
                StatUtils.mean(values),
                values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values)),
                field.interval(values),
                isWhole ? StatUtils.mean(again) : Double.NaN,
                isWhole ? field.interval(again) : Optional.empty(),
                StatUtils.mean(lucky));
    }

    private static List<Cell> cells(TaskRuns task, Row row) {
        return List.of(
                Cell.text(row.entrant().method()),
                Cell.count(row.entrant().runs().size()),
                Cell.number(row.mean()),
                cell(row.interval()),
                Cell.rough(row.deviation()),
                Cell.number(row.again()),
                cell(row.againInterval()),
                Double.isFinite(row.lucky())
                        ? new Cell("(" + Cell.digits(row.lucky()) + ")", Double.toString(row.lucky()), true)
                        : Cell.none(),
                Cell.rough(flattery(task, row)));
    }

    /** By how much the luckiest draw is better than what was measured again; 0 where that is the rounding of the means alone. */
    private static double flattery(TaskRuns task, Row row) {
        double flattery = task.objective().loss(row.again()) - task.objective().loss(row.lucky());
        return Math.abs(flattery) <= ROUNDING * Math.abs(row.again()) ? 0 : flattery;
    }

    private static Cell cell(Optional<Interval> interval) {
        return interval.map(its -> new Cell(
                        Cell.digits(its.low()) + " to " + Cell.digits(its.high()),
                        its.low() + " to " + its.high(),
                        true))
                .orElse(Cell.none());
    }

    private static Optional<Block> chart(TaskRuns task, List<Row> rows) {
        List<IntervalChart.Row> shown = new ArrayList<>();
        for (Row row : rows) {
            double mean = row.best();
            if (Double.isFinite(mean)) {
                shown.add(new IntervalChart.Row(
                        row.entrant().method(),
                        row.entrant().number(),
                        mean,
                        row.interval().map(Interval::low).orElse(mean),
                        row.interval().map(Interval::high).orElse(mean),
                        row.again()));
            }
        }
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        boolean isMixed = rows.stream().anyMatch(row -> row.known() == 0);
        boolean isTrue = rows.stream().anyMatch(row -> row.known() > 0);
        String full =
                (isTrue ? "without noise" : "luckiest draw") + (isTrue && isMixed ? " (peers: luckiest draw)" : "");
        boolean hasAgain = shown.stream().mapToDouble(IntervalChart.Row::other).anyMatch(Double::isFinite);
        return Optional.of(new Block.Figure(
                "finals-" + task.slug(),
                "Finals on " + task.task() + " after " + task.trials()
                        + " trials: means and 95 % intervals over seeds.",
                new IntervalChart(
                        "Finals on " + task.task(),
                        "value after " + task.trials() + " trials ("
                                + task.objective().goal().label() + ")",
                        shown,
                        hasAgain ? List.of(full, "measured again") : List.of(full))));
    }
}
