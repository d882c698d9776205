package dev.chiron.evals.bayesmark;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.view.Table;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.Wilcoxon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;

/** Normalised regret of methods, LLAMBO's published runs among them, on the tasks and seeds that all of them ran. */
public final class RegretTable {

    private final Scale scale = new Scale();
    private final List<Integer> counts;
    private final Map<String, Map<String, List<Run>>> runs = new LinkedHashMap<>(); // by method and task

    /**
     * The table of these runs; those on other tasks are left out, and of two of the same task, method and seed the later counts.
     *
     * @param counts after how many trials, ascending
     * @throws BadInput if no task and seed was run by all methods
     */
    public RegretTable(List<Run> all, List<Integer> counts) {
        this.counts = List.copyOf(counts);
        Map<String, Map<Cell, Run>> byMethod = new LinkedHashMap<>();
        all.stream()
                .filter(run -> scale.has(run.task()))
                .forEach(run -> byMethod.computeIfAbsent(run.method(), method -> new LinkedHashMap<>())
                        .put(new Cell(run.task(), run.seed()), run));
        Set<Cell> common = new LinkedHashSet<>();
        byMethod.values().stream().findFirst().ifPresent(cells -> common.addAll(cells.keySet()));
        byMethod.values().forEach(cells -> common.retainAll(cells.keySet()));
        if (common.isEmpty()) {
            throw new BadInput("no task of bayesmark was run by all methods with the same seed");
        }
        byMethod.forEach((method, cells) -> {
            Map<String, List<Run>> byTask = runs.computeIfAbsent(method, name -> new LinkedHashMap<>());
            common.forEach(cell -> byTask.computeIfAbsent(cell.task(), task -> new ArrayList<>())
                    .add(cells.get(cell)));
        });
    }

    private record Cell(String task, long seed) {}

    /** The lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<String, List<Run>> one = runs.values().iterator().next();
        long of = one.values().stream().mapToInt(List::size).sum();
        lines.add(
                "normalised regret, mean over " + one.size() + " tasks (" + of + " runs a method); se over the tasks");
        lines.addAll(overall().lines(""));
        lines.add("");
        lines.add("after " + counts.get(counts.size() - 1) + " trials, by model and data set");
        lines.addAll(parts().lines(""));
        if (runs.containsKey(LlamboRuns.METHOD)) {
            lines.add("");
            lines.add(
                    "against LLAMBO, by task; p of a lead, and of a lag, as large by chance (paired one-sided Wilcoxon)");
            lines.addAll(duels().lines(""));
        }
        return lines;
    }

    private Table overall() {
        List<String> header = new ArrayList<>(List.of("method"));
        counts.forEach(count -> header.addAll(List.of("@" + count, "se")));
        Table table = new Table().row(header);
        for (String method : runs.keySet()) {
            List<String> row = new ArrayList<>(List.of(method));
            for (int count : counts) {
                double[] regrets = regrets(method, count);
                row.add(number(StatUtils.mean(regrets)));
                row.add(number(Math.sqrt(StatUtils.variance(regrets) / regrets.length)));
            }
            table.row(row);
        }
        return table;
    }

    /** Each task's regret, its seeds' mean. */
    private double[] regrets(String method, int count) {
        return byTask(method, count).values().stream()
                .mapToDouble(regret -> regret)
                .toArray();
    }

    private Map<String, Double> byTask(String method, int count) {
        Map<String, Double> regrets = new LinkedHashMap<>();
        runs.getOrDefault(method, Map.of())
                .forEach((task, seeds) -> regrets.put(
                        task,
                        seeds.stream()
                                .mapToDouble(run -> scale.regret(run, count))
                                .average()
                                .orElse(1)));
        return regrets;
    }

    private Table parts() {
        List<Problem> problems = Problem.all().stream()
                .filter(problem -> runs.values().iterator().next().containsKey(problem.task()))
                .toList();
        Set<String> models =
                new LinkedHashSet<>(problems.stream().map(Problem::model).toList());
        Set<String> datasets =
                new LinkedHashSet<>(problems.stream().map(Problem::dataset).toList());
        List<String> header = new ArrayList<>(List.of("method"));
        header.addAll(models);
        header.addAll(datasets);
        Table table = new Table().row(header);
        for (String method : runs.keySet()) {
            Map<String, Double> regrets = byTask(method, counts.get(counts.size() - 1));
            List<String> row = new ArrayList<>(List.of(method));
            models.forEach(model -> row.add(mean(regrets, problems, model, Problem::model)));
            datasets.forEach(dataset -> row.add(mean(regrets, problems, dataset, Problem::dataset)));
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
        Table table = new Table().row("method", "trials", "better", "same", "worse", "p better", "p worse");
        for (String method : runs.keySet()) {
            for (int count : method.equals(LlamboRuns.METHOD) ? List.<Integer>of() : counts) {
                double[] own = regrets(method, count);
                double[] its = regrets(LlamboRuns.METHOD, count);
                double[] leads = new double[own.length];
                Arrays.setAll(leads, i -> own[i] - its[i]);
                table.row(
                        method,
                        Integer.toString(count),
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
