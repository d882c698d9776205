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
 * Runs as a table by training time: the best of the trials that had ended by then, the first one in any case. Of runs of ours alone, whose trials' times are
 * known.
 */
public final class TimeTable {

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
            header.add("trials");
        }
        header.add("all trials took");
        Table table = new Table().row(header);
        for (String task : comparison.tasks()) {
            for (String method : comparison.methods(task)) {
                table.row(row(task, method, comparison.runs(task, method)));
            }
        }
        List<String> lines = new ArrayList<>(table.lines(""));
        lines.add("");
        lines.add(
                "median: of the best of the trials that had ended after so many seconds of training, and median number of these; last the");
        lines.add("median time of whole runs: beyond it nothing more was tried.");
        return lines;
    }

    private List<String> row(String task, String method, List<Run> runs) {
        List<String> cells = new ArrayList<>(List.of(task, method, Integer.toString(runs.size())));
        for (double time : seconds) {
            double[] counts = runs.stream().mapToDouble(run -> ended(run, time)).toArray();
            double[] best = IntStream.range(0, runs.size())
                    .mapToDouble(i -> new Objective("", runs.get(i).goal())
                            .loss(runs.get(i).bestLoss((int) counts[i])))
                    .toArray();
            double median = StatUtils.percentile(best, 50);
            cells.add(Double.isFinite(median) ? String.format(Locale.ROOT, "%.5g", median) : "-");
            cells.add(text(StatUtils.percentile(counts, 50)));
        }
        double[] whole = runs.stream().mapToDouble(TimeTable::whole).toArray();
        cells.add(text(StatUtils.percentile(whole, 50)) + " s");
        return cells;
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
