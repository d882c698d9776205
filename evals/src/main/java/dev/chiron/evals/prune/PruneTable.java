package dev.chiron.evals.prune;

import dev.chiron.evals.compare.Wilcoxon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What rules save and cost, a row a method and rule, each the mean over tasks and seeds, beside the same runs with the first rule.
 *
 * @param trials that are compared
 * @param epochs that are compared
 */
public record PruneTable(List<PrunedRun> runs, int trials, long epochs) {

    /** Its lines, as Markdown. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| method | rule | stopped | would have been best | epochs for " + trials
                + " trials | best then | beside the first |" + " best after " + epochs
                + " epochs | beside the first |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        List<String> methods = runs.stream().map(PrunedRun::method).distinct().toList();
        List<String> rules = runs.stream().map(PrunedRun::rule).distinct().toList();
        for (String method : methods) {
            for (String rule : rules) {
                lines.add(row(method, rule, of(method, rule), of(method, rules.get(0))));
            }
        }
        return lines;
    }

    private List<PrunedRun> of(String method, String rule) {
        return runs.stream()
                .filter(run -> run.method().equals(method) && run.rule().equals(rule))
                .toList();
    }

    private String row(String method, String rule, List<PrunedRun> own, List<PrunedRun> first) {
        double saved = mean(own, run -> run.epochs(trials)) / mean(first, run -> run.epochs(trials));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f %% | %.1f | %.0f %% | %.2f | %s | %.2f | %s |",
                method,
                rule,
                100 * mean(own, run -> run.pruned(trials)) / trials,
                mean(own, run -> run.missed(trials)),
                100 * saved,
                value(own, run -> run.best(trials)),
                difference(own, first, run -> run.best(trials)),
                value(own, run -> run.bestWithin(epochs)),
                difference(own, first, run -> run.bestWithin(epochs)));
    }

    private static double mean(List<PrunedRun> runs, ToDoubleFunction<PrunedRun> of) {
        return runs.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    /** The mean of losses, as a value of the metric. */
    private static double value(List<PrunedRun> runs, ToDoubleFunction<PrunedRun> loss) {
        return mean(runs, run -> run.objective().loss(loss.applyAsDouble(run)));
    }

    /** How much better it is in the mean of the pairs, with Wilcoxon's one-sided p for what it seems to be: better or worse. */
    private static String difference(List<PrunedRun> own, List<PrunedRun> first, ToDoubleFunction<PrunedRun> loss) {
        double[] differences = new double[own.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = loss.applyAsDouble(own.get(i)) - loss.applyAsDouble(first.get(i));
        }
        double mean = Arrays.stream(differences).average().orElse(0);
        if (Arrays.stream(differences).allMatch(difference -> difference == 0)) {
            return "";
        }
        double p = Wilcoxon.pLess(
                mean <= 0
                        ? differences
                        : Arrays.stream(differences).map(d -> -d).toArray());
        return String.format(Locale.ROOT, "%.2f %s (p %.2g)", Math.abs(mean), mean <= 0 ? "better" : "worse", p);
    }
}
