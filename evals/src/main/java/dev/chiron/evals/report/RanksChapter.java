package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.LineChart;
import dev.chiron.agent.plot.draw.LineChart.Curve;
import dev.chiron.agent.plot.draw.RankChart;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.report.stats.Friedman;
import dev.chiron.evals.report.stats.Nemenyi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Mean ranks over time, and the critical-difference picture. */
final class RanksChapter {

    static final String OVER_TIME = "ranks";
    static final String CRITICAL = "critical-difference";

    private static final int STEPS = 100;
    private static final double ALPHA = 0.05;

    private RanksChapter() {}

    /** Losses on a task with a seed, a column a method. */
    private record Row(TaskRuns task, List<Run> runs) {
        double[] losses(int step) {
            int after = (int) Math.max(1, Math.round((double) task.trials() * step / STEPS));
            return runs.stream().mapToDouble(run -> task.loss(run, after)).toArray();
        }
    }

    private static List<Row> rows(Field field, List<String> methods) {
        List<Row> rows = new ArrayList<>();
        for (TaskRuns task : field.tasks()) {
            List<Entrant> entrants = methods.stream()
                    .map(method -> Field.entrant(task, method).orElseThrow())
                    .toList();
            for (long seed : TaskRuns.commonSeeds(entrants)) {
                rows.add(new Row(
                        task,
                        entrants.stream()
                                .map(entrant -> entrant.run(seed).orElseThrow())
                                .toList()));
            }
        }
        return rows;
    }

    static Section overTime(Field field) {
        Section section = new Section(OVER_TIME, "Ranks over time");
        List<String> methods = field.methodsOfAllTasks();
        if (methods.size() < 2) {
            return section.say(few(field));
        }
        List<Row> rows = rows(field, methods);
        if (rows.isEmpty()) {
            return section.say("No seed was run with all methods, so there are no ranks.");
        }
        section.say("Mean rank (1 is best, ties share theirs) among the " + methods.size()
                + " methods that ran on every task, over " + rows.size()
                + " pairs of task and seed; each task's trials are 100 %.");
        List<double[]> means = IntStream.rangeClosed(1, STEPS)
                .mapToObj(step -> means(rows, methods.size(), step))
                .toList();
        List<Curve> curves = new ArrayList<>();
        List<List<Cell>> table = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            int column = i;
            List<Double> ranks = means.stream().map(row -> row[column]).toList();
            curves.add(new Curve(
                    methods.get(i),
                    field.methods().indexOf(methods.get(i)),
                    IntStream.rangeClosed(1, STEPS)
                            .mapToObj(step -> (double) step)
                            .toList(),
                    ranks,
                    List.of(),
                    List.of()));
            table.add(List.of(
                    Cell.text(methods.get(i)),
                    Cell.decimals(ranks.get(9)),
                    Cell.decimals(ranks.get(24)),
                    Cell.decimals(ranks.get(49)),
                    Cell.decimals(ranks.get(99))));
        }
        section.add(new Block.Figure(
                "ranks",
                "Mean rank over time; below is worse.",
                new LineChart("Mean rank over time", "trials (%)", "mean rank", curves, 1, methods.size(), false)));
        section.add(new Block.Grid("ranks", List.of("method", "at 10 %", "at 25 %", "at 50 %", "at the end"), table));
        return section;
    }

    private static String few(Field field) {
        return field.methods().size() < 2
                ? "Only one method ran: there is nothing to rank it with."
                : "Fewer than two methods ran on every task: no ranks over tasks. Make a report of the tasks that they share.";
    }

    private static double[] means(List<Row> rows, int methods, int step) {
        double[] sums = new double[methods];
        for (Row row : rows) {
            double[] ranks = Friedman.ranks(row.losses(step));
            Arrays.setAll(sums, i -> sums[i] + ranks[i]);
        }
        return Arrays.stream(sums).map(sum -> sum / rows.size()).toArray();
    }

    static Section critical(Field field) {
        Section section = new Section(CRITICAL, "Critical differences");
        List<String> methods = field.methodsOfAllTasks();
        if (methods.size() < 2) {
            return section.say(few(field));
        }
        List<Row> rows = rows(field, methods);
        List<double[]> tasks = byTask(rows);
        boolean isOverTasks = tasks.size() >= Field.ENOUGH;
        List<double[]> blocks = isOverTasks
                ? tasks
                : rows.stream().map(row -> row.losses(STEPS)).toList();
        if (blocks.size() < 2) {
            return section.say(
                    "Fewer than two pairs of task and seed were run with all methods: ranks would say nothing.");
        }
        Friedman friedman = Friedman.of(blocks);
        boolean isEnough = isOverTasks || leastSeeds(field, rows) >= Field.ENOUGH;
        section.say(basis(field, isOverTasks, blocks.size()) + result(friedman, isEnough));
        double difference = isEnough ? Nemenyi.criticalDifference(methods.size(), blocks.size(), ALPHA) : Double.NaN;
        if (isEnough) {
            section.say(String.format(
                    Locale.ROOT,
                    "Nemenyi's critical difference at .05 for %d methods and %d blocks: %.3f. Methods under one bar differ by less.",
                    methods.size(),
                    blocks.size(),
                    difference));
        }
        List<RankChart.Entry> entries = IntStream.range(0, methods.size())
                .mapToObj(i -> new RankChart.Entry(
                        methods.get(i),
                        field.methods().indexOf(methods.get(i)),
                        friedman.meanRanks().get(i)))
                .toList();
        section.add(new Block.Figure(
                "critical-difference",
                "Mean ranks of the finals"
                        + (isEnough
                                ? " and the critical difference (Demšar 2006)."
                                : "; too few for a critical difference."),
                new RankChart("Mean ranks of the finals", entries, difference)));
        section.add(new Block.Grid(
                "critical-difference",
                List.of("method", "mean rank", "blocks", "critical difference"),
                entries.stream()
                        .sorted(Comparator.comparingDouble(RankChart.Entry::rank))
                        .map(entry -> List.of(
                                Cell.text(entry.name()),
                                Cell.decimals(entry.rank()),
                                Cell.count(blocks.size()),
                                Cell.decimals(difference)))
                        .toList()));
        if (isOverTasks) {
            AcrossTasks.add(section, methods, tasks, ranges(rows));
        }
        return section;
    }

    private static long leastSeeds(Field field, List<Row> rows) {
        return field.tasks().stream()
                .mapToLong(task -> rows.stream()
                        .filter(row -> row.task().task().equals(task.task()))
                        .count())
                .min()
                .orElse(0);
    }

    private static String basis(Field field, boolean isOverTasks, int blocks) {
        return isOverTasks
                ? "Blocks are the " + blocks
                        + " tasks, with each method's mean over the seeds that all ran: what follows is about tasks such as these, and says nothing about a"
                        + " single one. "
                : "Blocks are the " + blocks + " pairs of task and seed, since there are only "
                        + field.tasks().size()
                        + (field.tasks().size() == 1 ? " task" : " tasks")
                        + ": what follows holds for new seeds on these tasks, and says nothing about other tasks. ";
    }

    private static String result(Friedman friedman, boolean isEnough) {
        if (!isEnough) {
            return "With fewer than " + Field.ENOUGH + " seeds in common on a task no test is made.";
        }
        String figures = String.format(
                Locale.ROOT,
                "Friedman's chi-square %.3f (p = %s), Iman and Davenport's F %.3f (p = %s): ",
                friedman.chiSquare(),
                Cell.p(friedman.p()),
                friedman.f(),
                Cell.p(friedman.pF()));
        return figures
                + (friedman.pF() < ALPHA
                        ? "the methods differ."
                        : "no difference between the methods is shown, so none of single pairs may be claimed from the picture.");
    }

    /** How far apart the finite final losses of each task are. */
    private static List<Double> ranges(List<Row> rows) {
        Map<String, DoubleSummaryStatistics> byTask = new LinkedHashMap<>();
        for (Row row : rows) {
            DoubleSummaryStatistics losses =
                    byTask.computeIfAbsent(row.task().task(), task -> new DoubleSummaryStatistics());
            Arrays.stream(row.losses(STEPS)).filter(Double::isFinite).forEach(losses);
        }
        return byTask.values().stream()
                .map(losses -> losses.getMax() - losses.getMin())
                .toList();
    }

    /** The mean losses of each task. */
    private static List<double[]> byTask(List<Row> rows) {
        List<double[]> blocks = new ArrayList<>();
        for (String task :
                rows.stream().map(row -> row.task().task()).distinct().toList()) {
            List<double[]> losses = rows.stream()
                    .filter(row -> row.task().task().equals(task))
                    .map(row -> row.losses(STEPS))
                    .toList();
            double[] means = new double[losses.get(0).length];
            Arrays.setAll(
                    means, i -> losses.stream().mapToDouble(row -> row[i]).sum() / losses.size()); // may be infinite
            blocks.add(means);
        }
        return blocks;
    }
}
