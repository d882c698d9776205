package dev.chiron.evals.compare;

import dev.chiron.agent.view.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What it costs in trials to have begun in a space that is too narrow, and to edit it, against having had the right space from the start. The level is what
 * the median seed of the right space has after so many trials: the loss without noise of its incumbent. Counted for each seed is the first trial after which its
 * incumbent is as good; the cost is the median of that over the seeds that were edited less that over those that had the right space.
 */
public final class WideningTable {

    private final Comparison comparison;
    private final List<Integer> counts;

    /** @param counts after how many trials in the right space the levels are taken */
    public WideningTable(List<Run> runs, List<Integer> counts) {
        this.comparison = new Comparison(runs);
        this.counts = List.copyOf(counts);
    }

    /** The lines; none if nothing was edited, or nothing had the right space from the start. */
    public List<String> lines() {
        Table table = new Table()
                .row("task", "edited", "seeds", "level at", "right: trials", "edited: trials", "cost", "never");
        boolean any = false;
        for (String task : comparison.tasks()) {
            for (String method : comparison.methods(task)) {
                int at = method.indexOf(Widening.LABEL);
                List<Run> right = at < 0 ? List.of() : comparison.runs(task, method.substring(0, at));
                for (int count : right.isEmpty() ? List.<Integer>of() : counts) {
                    table.row(row(task, method, right, comparison.runs(task, method), count));
                    any = true;
                }
            }
        }
        return any ? table.lines("") : List.of();
    }

    private static List<String> row(String task, String method, List<Run> right, List<Run> edited, int count) {
        double level = StatUtils.percentile(
                right.stream().mapToDouble(run -> run.trueLoss(count)).toArray(), 50);
        double[] rights = reached(right, level);
        double[] edits = reached(edited, level);
        double ours = median(edits);
        double theirs = median(rights);
        long never = Arrays.stream(edits).filter(Double::isInfinite).count();
        List<String> cells = new ArrayList<>(List.of(task, method, right.size() + " " + edited.size()));
        cells.add(Integer.toString(count));
        cells.add(text(theirs));
        cells.add(text(ours));
        cells.add(text(ours - theirs));
        cells.add(Long.toString(never));
        return cells;
    }

    /** After how many trials each run is as good; infinite if it never is. */
    private static double[] reached(List<Run> runs, double level) {
        return runs.stream().mapToDouble(run -> reached(run, level)).toArray();
    }

    private static double reached(Run run, double level) {
        OptionalInt first = IntStream.rangeClosed(1, run.values().size())
                .filter(count -> run.trueLoss(count) <= level)
                .findFirst();
        return first.isPresent() ? first.getAsInt() : Double.POSITIVE_INFINITY;
    }

    /** Of an even number the mean of the two in the middle. */
    private static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String text(double trials) {
        return Double.isFinite(trials) ? String.format(Locale.ROOT, "%.1f", trials) : "-";
    }
}
