package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.LineChart;
import dev.chiron.agent.plot.draw.LineChart.Curve;
import dev.chiron.evals.compare.Attempt;
import dev.chiron.evals.report.stats.Bootstrap;
import dev.chiron.evals.report.stats.Bootstrap.Interval;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the incumbents are worth, by trials and by training time. */
final class CurvesChapter {

    static final String ID = "curves";

    private static final int RESAMPLES = 1_000;
    private static final int TIMES = 200;
    private static final int BANDS = 8;
    private static final double START = 0.05; // the first values, far from the rest, are cut off

    private CurvesChapter() {}

    static Section of(Field field) {
        Section section = new Section(ID, "Incumbent curves");
        section.say(
                "Mean over seeds of what the incumbent is worth, with a 95 % percentile-bootstrap band of that mean (1,000 resamples of"
                        + " whole seeds). A curve begins where every seed has measured something; by training time it"
                        + " ends with the shortest run. What lies above the values at a twentieth"
                        + " of the trials is cut off.");
        List<List<Cell>> rows = new ArrayList<>();
        for (TaskRuns task : field.tasks()) {
            section.heading(task.task());
            List<Curve> byTrials = task.entrants().stream()
                    .flatMap(entrant -> byTrials(task, entrant).stream())
                    .toList();
            chart(task, byTrials, "trials", "trials", "curves-trials-")
                    .ifPresentOrElse(
                            section::add,
                            () -> section.say("No method measured something with every seed, so there is no curve."));
            Unit unit = Unit.of(task);
            List<Curve> byTime = task.entrants().stream()
                    .flatMap(entrant -> byTime(task, entrant, unit).stream())
                    .toList();
            chart(task, byTime, "training time", "training time (" + unit.name() + ")", "curves-time-")
                    .ifPresentOrElse(
                            section::add,
                            () -> section.say(
                                    "The runs do not say what their trainings took, or the task takes no time: no curve by training time."));
            if (!byTrials.isEmpty()) {
                section.add(means(task, byTrials));
            }
            byTrials.forEach(curve -> rows.addAll(points(task, "trials", curve)));
            byTime.forEach(curve -> rows.addAll(points(task, unit.name(), curve)));
        }
        if (!rows.isEmpty()) {
            section.add(new Block.Data(
                    new Block.Grid("curves", List.of("task", "method", "by", "at", "value", "low", "high"), rows)));
        }
        return section;
    }

    /** Seconds in what a reader thinks in. */
    private record Unit(String name, double seconds) {
        static Unit of(TaskRuns task) {
            double longest = task.entrants().stream()
                    .flatMap(entrant -> entrant.runs().stream())
                    .mapToDouble(run -> Entrant.attempts(run, task.trials()).stream()
                            .mapToDouble(Attempt::seconds)
                            .sum())
                    .max()
                    .orElse(0);
            if (longest > 7200) {
                return new Unit("hours", 3600);
            }
            return longest > 120 ? new Unit("minutes", 60) : new Unit("seconds", 1);
        }
    }

    private static Optional<Curve> byTrials(TaskRuns task, Entrant entrant) {
        List<Double> xs = new ArrayList<>();
        List<double[]> losses = new ArrayList<>();
        for (int after = 1; after <= task.trials(); after++) {
            int count = after;
            xs.add((double) after);
            losses.add(entrant.runs().stream()
                    .mapToDouble(run -> task.loss(run, count))
                    .toArray());
        }
        return curve(task, entrant, xs, losses);
    }

    private static Optional<Curve> byTime(TaskRuns task, Entrant entrant, Unit unit) {
        List<double[]> ends = entrant.runs().stream()
                .map(run -> ends(Entrant.attempts(run, task.trials())))
                .toList();
        double last = ends.stream()
                .mapToDouble(its -> its.length == 0 ? 0 : its[its.length - 1])
                .min()
                .orElse(0);
        if (last <= 0) {
            return Optional.empty();
        }
        List<Double> xs = new ArrayList<>();
        List<double[]> losses = new ArrayList<>();
        for (int i = 1; i <= TIMES; i++) {
            double time = last * i / TIMES;
            xs.add(time / unit.seconds());
            double[] row = new double[ends.size()];
            for (int j = 0; j < row.length; j++) {
                row[j] = task.loss(entrant.runs().get(j), done(ends.get(j), time));
            }
            losses.add(row);
        }
        return curve(task, entrant, xs, losses);
    }

    private static double[] ends(List<Attempt> attempts) {
        double[] ends = attempts.stream().mapToDouble(Attempt::seconds).toArray();
        Arrays.parallelPrefix(ends, Double::sum);
        return ends;
    }

    /** How many trials had ended by a time. */
    private static int done(double[] ends, double time) {
        int done = 0;
        while (done < ends.length && ends[done] <= time * (1 + 1e-12)) {
            done++;
        }
        return done;
    }

    private static Optional<Curve> curve(TaskRuns task, Entrant entrant, List<Double> xs, List<double[]> losses) {
        Objective objective = task.objective();
        Bootstrap bootstrap = new Bootstrap(entrant.runs().size(), RESAMPLES);
        boolean hasBand = entrant.runs().size() > 1;
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        double[] before = {};
        Interval interval = new Interval(0, 0, 0);
        for (int i = 0; i < xs.size(); i++) {
            double[] row = losses.get(i);
            if (!Arrays.stream(row).allMatch(Double::isFinite)) {
                continue;
            }
            if (!Arrays.equals(row, before)) {
                interval =
                        bootstrap.mean(Arrays.stream(row).map(objective::loss).toArray());
                before = row;
            }
            x.add(xs.get(i));
            y.add(interval.mean());
            if (hasBand) {
                low.add(interval.low());
                high.add(interval.high());
            }
        }
        return x.isEmpty()
                ? Optional.empty()
                : Optional.of(new Curve(entrant.method(), entrant.number(), x, y, low, high));
    }

    private static Optional<Block> chart(TaskRuns task, List<Curve> curves, String by, String xLabel, String file) {
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        Objective objective = task.objective();
        double worst = curves.stream()
                .mapToDouble(curve -> objective.loss(early(curve)))
                .max()
                .orElse(0);
        double best = curves.stream()
                .flatMap(curve -> (curve.low().isEmpty() ? curve.y() : List.of(least(curve, objective))).stream())
                .mapToDouble(objective::loss)
                .min()
                .orElse(0);
        boolean isCrowded = curves.size() > BANDS;
        List<Curve> shown = isCrowded ? curves.stream().map(CurvesChapter::bare).toList() : curves;
        double one = objective.loss(best);
        double other = objective.loss(Math.max(best, worst));
        LineChart chart = new LineChart(
                "Incumbents on " + task.task(),
                xLabel,
                "value (" + objective.goal().label() + ")",
                shown,
                Math.min(one, other),
                Math.max(one, other),
                true);
        return Optional.of(new Block.Figure(
                file + task.slug(),
                "Incumbents on " + task.task() + " by " + by + ", " + task.yardstick() + "."
                        + (isCrowded
                                ? " With more than " + BANDS
                                        + " methods bands are left out; the table of finals has the intervals."
                                : "")
                        + (curves.stream().allMatch(curve -> curve.low().isEmpty()) && !isCrowded
                                ? " One seed, so no band."
                                : ""),
                chart));
    }

    private static double early(Curve curve) {
        double from = curve.x().get(curve.x().size() - 1) * START;
        for (int i = 0; i < curve.x().size(); i++) {
            if (curve.x().get(i) >= from) {
                return curve.y().get(i);
            }
        }
        return curve.y().get(0);
    }

    private static double least(Curve curve, Objective objective) {
        double low = curve.low().get(curve.low().size() - 1);
        double high = curve.high().get(curve.high().size() - 1);
        return objective.loss(low) < objective.loss(high) ? low : high;
    }

    private static Curve bare(Curve curve) {
        return new Curve(curve.name(), curve.n(), curve.x(), curve.y(), List.of(), List.of());
    }

    /** The means at some of the trials. */
    private static Block.Grid means(TaskRuns task, List<Curve> curves) {
        List<Integer> at = IntStream.of(10, 4, 2, 1)
                .map(part -> Math.max(1, task.trials() / part))
                .distinct()
                .boxed()
                .toList();
        List<String> header = new ArrayList<>(List.of("mean at trial"));
        at.forEach(trial -> header.add(Integer.toString(trial)));
        List<List<Cell>> rows = new ArrayList<>();
        for (Curve curve : curves) {
            List<Cell> row = new ArrayList<>(List.of(Cell.text(curve.name())));
            for (int trial : at) {
                int index = curve.x().indexOf((double) trial);
                row.add(index < 0 ? Cell.none() : Cell.number(curve.y().get(index)));
            }
            rows.add(row);
        }
        return new Block.Grid("curves-" + task.slug(), header, rows);
    }

    private static List<List<Cell>> points(TaskRuns task, String by, Curve curve) {
        List<List<Cell>> rows = new ArrayList<>();
        boolean hasBand = !curve.low().isEmpty();
        for (int i = 0; i < curve.x().size(); i++) {
            rows.add(List.of(
                    Cell.text(task.task()),
                    Cell.text(curve.name()),
                    Cell.text(by),
                    Cell.number(curve.x().get(i)),
                    Cell.number(curve.y().get(i)),
                    hasBand ? Cell.number(curve.low().get(i)) : Cell.none(),
                    hasBand ? Cell.number(curve.high().get(i)) : Cell.none()));
        }
        return rows;
    }
}
