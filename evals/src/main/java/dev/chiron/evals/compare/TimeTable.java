package dev.chiron.evals.compare;

import dev.chiron.agent.view.Table;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Runs as a table by training time: the best of the trials that had ended by then, the first one in any case, and the front of quality and time: the mean,
 * over ten times that one trial may take, of the best among those that took no longer. Of runs of ours alone, whose trials' times are known.
 */
public final class TimeTable {

    private static final int TIMES = 10;

    private final Comparison comparison;
    private final List<Double> seconds;

    /** @param seconds of training after which the best is shown, ascending */
    public TimeTable(List<Run> runs, List<Double> seconds) {
        this.comparison =
                new Comparison(runs.stream().filter(TimeTable::hasTimes).toList());
        this.seconds = List.copyOf(seconds);
    }

    private static boolean hasTimes(Run run) {
        return run.ours()
                .filter(ours -> ours.attempts().stream().anyMatch(attempt -> attempt.seconds() > 0))
                .isPresent();
    }

    /** The lines; none if no run has times. */
    public List<String> lines() {
        if (comparison.tasks().isEmpty()) {
            return List.of();
        }
        List<String> header = new ArrayList<>(List.of("task", "method", "seeds"));
        for (double time : seconds) {
            header.add("median@" + text(time));
            header.add("front@" + text(time));
            header.add("trials");
        }
        header.add("all trials took");
        Table table = new Table().row(header);
        for (String task : comparison.tasks()) {
            double[] times = times(task);
            for (String method : comparison.methods(task)) {
                table.row(row(task, method, comparison.runs(task, method), times));
            }
        }
        List<String> lines = new ArrayList<>(table.lines(""));
        lines.add("");
        lines.add(
                "median: of the best of the trials that had ended after so many seconds of training; front: of the mean,");
        lines.add(
                "over ten times between those that a tenth and nine tenths of a task's trials stay within, of the best that");
        lines.add(
                "took no longer. Median number of trials that had ended; median time of whole runs, beyond which nothing was tried.");
        return lines;
    }

    private List<String> row(String task, String method, List<Run> runs, double[] times) {
        List<String> cells = new ArrayList<>(List.of(task, method, Integer.toString(runs.size())));
        for (double time : seconds) {
            double[] counts = runs.stream().mapToDouble(run -> ended(run, time)).toArray();
            double[] best = IntStream.range(0, runs.size())
                    .mapToDouble(i -> new Objective("", runs.get(i).goal())
                            .loss(runs.get(i).bestLoss((int) counts[i])))
                    .toArray();
            double[] fronts = IntStream.range(0, runs.size())
                    .mapToDouble(i -> front(runs.get(i), (int) counts[i], times))
                    .toArray();
            cells.add(value(StatUtils.percentile(best, 50)));
            cells.add(value(StatUtils.percentile(fronts, 50)));
            cells.add(text(StatUtils.percentile(counts, 50)));
        }
        double[] whole = runs.stream().mapToDouble(TimeTable::whole).toArray();
        cells.add(text(StatUtils.percentile(whole, 50)) + " s");
        return cells;
    }

    /** Ten times, evenly by their logarithms. */
    private double[] times(String task) {
        double[] all = comparison.methods(task).stream()
                .flatMap(method -> comparison.runs(task, method).stream())
                .flatMap(run -> run.ours().orElseThrow().attempts().stream())
                .mapToDouble(Attempt::seconds)
                .filter(seconds -> seconds > 0)
                .toArray();
        double low = StatUtils.percentile(all, 10);
        double high = StatUtils.percentile(all, 90);
        return IntStream.range(0, TIMES)
                .mapToDouble(k -> low * Math.pow(high / low, (double) k / (TIMES - 1)))
                .toArray();
    }

    /** Where nothing was so fast, its worst counts. */
    private static double front(Run run, int trials, double[] times) {
        Objective objective = new Objective("", run.goal());
        List<Attempt> attempts = run.ours().orElseThrow().attempts();
        List<Integer> measured = IntStream.range(0, trials)
                .filter(i -> run.values().get(i).isPresent())
                .boxed()
                .toList();
        double worst = measured.stream()
                .mapToDouble(i -> objective.loss(run.values().get(i).orElseThrow()))
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        double sum = 0;
        for (double time : times) {
            sum += measured.stream()
                    .filter(i -> attempts.get(i).seconds() <= time)
                    .mapToDouble(i -> objective.loss(run.values().get(i).orElseThrow()))
                    .min()
                    .orElse(worst);
        }
        return objective.loss(sum / times.length);
    }

    private static String value(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.5g", number) : "-";
    }

    private static int ended(Run run, double time) {
        double spent = 0;
        int ended = 0;
        for (Attempt attempt : run.ours().orElseThrow().attempts()) {
            spent += attempt.seconds();
            if (spent > time && ended > 0) {
                break;
            }
            ended++;
        }
        return ended;
    }

    private static double whole(Run run) {
        return run.ours().orElseThrow().attempts().stream()
                .mapToDouble(Attempt::seconds)
                .sum();
    }

    private static String text(double number) {
        return Numbers.text(number, 4);
    }
}
