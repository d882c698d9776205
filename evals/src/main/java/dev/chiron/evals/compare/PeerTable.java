package dev.chiron.evals.compare;

import dev.chiron.agent.view.Table;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;

/** Runs as a table for people: a row a task and method, then the mean ranks over all tasks. */
public final class PeerTable {

    private static final String NOTHING = "-";

    private final Comparison comparison;
    private final List<Integer> counts;

    /** @param counts after how many trials the best is shown, ascending; comparisons are made at the last */
    public PeerTable(List<Run> runs, List<Integer> counts) {
        this.comparison = new Comparison(runs);
        this.counts = List.copyOf(counts);
    }

    /** The lines. */
    public List<String> lines() {
        Table table = new Table().row(header());
        for (String task : comparison.tasks()) {
            for (String method : comparison.methods(task)) {
                table.row(row(task, method));
            }
        }
        List<String> lines = new ArrayList<>(table.lines(""));
        if (!comparison.tasks().isEmpty()) {
            lines.add("");
            lines.addAll(rankLines());
            lines.add("");
            lines.add("p: paired one-sided Wilcoxon signed-rank, at " + last()
                    + " trials; under `better` the chance of such");
            lines.add("a lead, under `worse` of such a lag, if method and peer were the same.");
        }
        return lines;
    }

    private int last() {
        return counts.get(counts.size() - 1);
    }

    private List<String> header() {
        List<String> cells = new ArrayList<>(List.of("task", "method", "seeds"));
        for (int count : counts) {
            cells.add("median@" + count);
            cells.add("mean@" + count);
            cells.add("sd@" + count);
        }
        cells.addAll(List.of("failed", "ask+tell", "against", "p better", "p worse"));
        return cells;
    }

    private List<String> row(String task, String method) {
        List<Run> runs = comparison.runs(task, method);
        List<String> cells = new ArrayList<>(List.of(task, method, Integer.toString(runs.size())));
        for (int count : counts) {
            double[] best = runs.stream()
                    .mapToDouble(run -> new Objective("", run.goal()).loss(run.bestLoss(count)))
                    .toArray();
            cells.add(number(StatUtils.percentile(best, 50)));
            cells.add(number(StatUtils.mean(best)));
            cells.add(best.length < 2 ? NOTHING : number(Math.sqrt(StatUtils.variance(best))));
        }
        double trials =
                Math.max(1, runs.stream().mapToInt(run -> run.values().size()).sum());
        double failed = runs.stream().mapToLong(Run::failures).sum() / trials;
        double seconds = runs.stream().mapToDouble(Run::askTellSeconds).sum();
        cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * failed));
        cells.add(String.format(Locale.ROOT, "%.3f ms", 1000 * seconds / trials));
        cells.addAll(tests(
                comparison.counterpart(task, method), peer -> comparison.differences(task, method, peer, last())));
        return cells;
    }

    /** The peer, and the two probabilities for the differences from it. */
    private static List<String> tests(Optional<String> peer, Function<String, double[]> differences) {
        if (peer.isEmpty()) {
            return List.of(NOTHING, NOTHING, NOTHING);
        }
        double[] leads = differences.apply(peer.get());
        double[] lags = Comparison.minus(new double[leads.length], leads);
        return List.of(peer.get(), probability(Wilcoxon.pLess(leads)), probability(Wilcoxon.pLess(lags)));
    }

    /** Ours against the peer of the best mean rank. */
    private List<String> rankLines() {
        Map<String, double[]> ranks = comparison.ranks(last());
        Optional<String> best = ranks.keySet().stream()
                .filter(method -> !comparison.isOurs(method))
                .min(Comparator.comparingDouble(method -> mean(ranks, method)));
        Table table = new Table().row("method", "mean rank@" + last(), "of", "against", "p better", "p worse");
        ranks.keySet().stream()
                .sorted(Comparator.comparingDouble(method -> mean(ranks, method)))
                .forEach(method -> {
                    double[] own = ranks.getOrDefault(method, new double[0]);
                    List<String> cells = new ArrayList<>();
                    cells.add(method);
                    cells.add(own.length == 0 ? NOTHING : String.format(Locale.ROOT, "%.3f", StatUtils.mean(own)));
                    cells.add(own.length + " runs");
                    cells.addAll(tests(
                            best.filter(peer -> comparison.isOurs(method)),
                            peer -> Comparison.minus(own, ranks.getOrDefault(peer, new double[0]))));
                    table.row(cells);
                });
        return table.lines("");
    }

    private static double mean(Map<String, double[]> ranks, String method) {
        return Arrays.stream(ranks.getOrDefault(method, new double[0]))
                .average()
                .orElse(0);
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.5g", value) : NOTHING;
    }

    private static String probability(double p) {
        return String.format(Locale.ROOT, p < 0.0001 ? "%.1e" : "%.4f", p);
    }
}
