package dev.chiron.evals.bayesmark;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.view.Table;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.Wilcoxon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;

/** Normalised regret of methods, LLAMBO's published runs among them, on the tasks and seeds that all of them ran. */
public final class RegretTable {

    private final Regrets regrets;
    private final List<Integer> counts;

    /**
     * The table of these runs; those on other tasks are left out, and of two of the same task, method and seed the later counts.
     *
     * @param counts after how many trials, ascending
     * @throws BadInput if no task and seed was run by all methods
     */
    public RegretTable(List<Run> all, List<Integer> counts) {
        this.counts = List.copyOf(counts);
        this.regrets = Regrets.of(all)
                .orElseThrow(() -> new BadInput("no task of bayesmark was run by all methods with the same seed"));
    }

    /** The lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("normalised regret, mean over " + regrets.tasks().size() + " tasks (" + regrets.runs()
                + " runs a method); se over the tasks");
        lines.addAll(overall().lines(""));
        lines.add("");
        lines.add("after " + counts.get(counts.size() - 1) + " trials, by model and data set");
        lines.addAll(parts().lines(""));
        if (regrets.methods().contains(LlamboRuns.METHOD)) {
            lines.add("");
            lines.add(
                    "against LLAMBO, by task: how much more the regret is, its se, and p of a lead, and of a lag, as large by chance (paired one-sided Wilcoxon)");
            lines.addAll(duels().lines(""));
        }
        return lines;
    }

    private Table overall() {
        List<String> header = new ArrayList<>(List.of("method"));
        counts.forEach(count -> header.addAll(List.of("@" + count, "se")));
        Table table = new Table().row(header);
        for (String method : regrets.methods()) {
            List<String> row = new ArrayList<>(List.of(method));
            for (int count : counts) {
                double[] own = regrets.of(method, count);
                row.add(number(StatUtils.mean(own)));
                row.add(number(error(own)));
            }
            table.row(row);
        }
        return table;
    }

    private static double error(double[] values) {
        return Math.sqrt(StatUtils.variance(values) / values.length);
    }

    private Table parts() {
        List<Problem> problems = Problem.all().stream()
                .filter(problem -> regrets.tasks().contains(problem.task()))
                .toList();
        Set<String> models =
                new LinkedHashSet<>(problems.stream().map(Problem::model).toList());
        Set<String> datasets =
                new LinkedHashSet<>(problems.stream().map(Problem::dataset).toList());
        List<String> header = new ArrayList<>(List.of("method"));
        header.addAll(models);
        header.addAll(datasets);
        Table table = new Table().row(header);
        for (String method : regrets.methods()) {
            Map<String, Double> own = regrets.byTask(method, counts.get(counts.size() - 1));
            List<String> row = new ArrayList<>(List.of(method));
            models.forEach(model -> row.add(mean(own, problems, model, Problem::model)));
            datasets.forEach(dataset -> row.add(mean(own, problems, dataset, Problem::dataset)));
            table.row(row);
        }
        return table;
    }

    private static String mean(
            Map<String, Double> regrets, List<Problem> problems, String part, Function<Problem, String> of) {
        return number(problems.stream()
                .filter(problem -> of.apply(problem).equals(part))
                .mapToDouble(problem -> regrets.getOrDefault(problem.task(), 1.0))
                .average()
                .orElse(Double.NaN));
    }

    private Table duels() {
        Table table =
                new Table().row("method", "trials", "away", "se", "better", "same", "worse", "p better", "p worse");
        for (String method : regrets.methods()) {
            for (int count : method.equals(LlamboRuns.METHOD) ? List.<Integer>of() : counts) {
                double[] leads = regrets.away(method, LlamboRuns.METHOD, count);
                table.row(
                        method,
                        Integer.toString(count),
                        number(StatUtils.mean(leads)),
                        number(error(leads)),
                        Long.toString(
                                Arrays.stream(leads).filter(lead -> lead < 0).count()),
                        Long.toString(
                                Arrays.stream(leads).filter(lead -> lead == 0).count()),
                        Long.toString(
                                Arrays.stream(leads).filter(lead -> lead > 0).count()),
                        chance(leads),
                        chance(Arrays.stream(leads).map(lead -> -lead).toArray()));
            }
        }
        return table;
    }

    private static String chance(double[] leads) {
        double p = Wilcoxon.pLess(leads);
        return String.format(Locale.ROOT, p < 0.0001 ? "%.1e" : "%.4f", p);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
