package dev.chiron.evals.compare;

import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.view.Table;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What a model must beat: each team beside its controls, paired by seed, by what the incumbents are worth without noise. A
 * control that was not run is named all the same.
 */
public final class ControlTable {

    private static final String NOTHING = "-";

    private final Comparison comparison;
    private final List<Run> runs;
    private final List<Integer> counts;

    /** @param counts after how many trials; ascending, tests are made at the last */
    public ControlTable(List<Run> runs, List<Integer> counts) {
        this.comparison = new Comparison(runs);
        this.runs = List.copyOf(runs);
        this.counts = List.copyOf(counts);
    }

    /** The lines; none where no model took part. */
    public List<String> lines() {
        if (runs.stream().allMatch(run -> model(run).equals("none"))) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(values());
        lines.add("");
        lines.addAll(tests());
        lines.add("");
        lines.add("Values are those of the incumbents, without noise. p: paired one-sided Wilcoxon signed-rank, at "
                + last() + " trials.");
        return lines;
    }

    private int last() {
        return counts.get(counts.size() - 1);
    }

    private static String model(Run run) {
        return run.ours().map(Run.Ours::model).orElse("none");
    }

    private List<String> values() {
        Table table = new Table();
        List<String> header = new ArrayList<>(List.of("task", "method", "seeds"));
        counts.forEach(count -> header.addAll(List.of("true mean@" + count, "sd@" + count)));
        header.addAll(List.of("failed", "repeats", "sent back", "fallbacks"));
        table.row(header);
        for (String task : comparison.tasks()) {
            comparison.methods(task).forEach(method -> table.row(row(task, method)));
        }
        return table.lines("");
    }

    private List<String> row(String task, String method) {
        List<Run> its = comparison.runs(task, method);
        List<String> cells = new ArrayList<>(List.of(task, method, Integer.toString(its.size())));
        for (int count : counts) {
            double[] best = its.stream()
                    .mapToDouble(run -> new Objective("", run.goal()).loss(run.trueLoss(count)))
                    .toArray();
            cells.add(number(StatUtils.mean(best)));
            cells.add(best.length < 2 ? NOTHING : number(Math.sqrt(StatUtils.variance(best))));
        }
        int trials =
                Math.max(1, its.stream().mapToInt(run -> run.values().size()).sum());
        long failed = its.stream().mapToLong(Run::failures).sum();
        cells.add(String.format(Locale.ROOT, "%.1f %%", 100.0 * failed / trials));
        List<Run.Ours> ours = its.stream().flatMap(run -> run.ours().stream()).toList();
        cells.add(Integer.toString(ours.stream().mapToInt(Run.Ours::repeats).sum()));
        cells.add(Integer.toString(ours.stream().mapToInt(Run.Ours::rejected).sum()));
        cells.add(Integer.toString(ours.stream().mapToInt(Run.Ours::fallbacks).sum()));
        return cells;
    }

    private List<String> tests() {
        Table table =
                new Table().row("task", "method", "control", "pairs", "better in", "mean gain", "p better", "p worse");
        for (String task : comparison.tasks()) {
            for (String method : comparison.methods(task)) {
                Optional<Run> run = comparison.runs(task, method).stream().findFirst();
                run.filter(first -> !model(first).equals("none"))
                        .ifPresent(first ->
                                controls(task, first).forEach(control -> table.row(test(task, method, control))));
            }
        }
        return table.lines("");
    }

    /** The names of what a team is held against: with the same words behind its name if there are such, else plain. */
    private List<String> controls(String task, Run run) {
        String optimizer = run.ours().map(Run.Ours::optimizer).orElse(Method.CMA_ES.label());
        String base = optimizer + "+" + model(run);
        String words = run.method().startsWith(base) ? run.method().substring(base.length()) : "";
        List<String> controls = new ArrayList<>();
        for (String plain : List.of(optimizer + "+" + Partner.Perturb.NAME, optimizer + "+builtin", optimizer)) {
            controls.add(comparison.methods(task).contains(plain + words) ? plain + words : plain);
        }
        controls.add(Contender.PLAIN);
        controls.remove(run.method());
        return controls;
    }

    private List<String> test(String task, String method, String control) {
        double[] leads = comparison.trueDifferences(task, method, control, last());
        if (leads.length == 0) {
            return List.of(task, method, control, "0", "not run", NOTHING, NOTHING, NOTHING);
        }
        double[] lags = Comparison.minus(new double[leads.length], leads);
        return List.of(
                task,
                method,
                control,
                Integer.toString(leads.length),
                Long.toString(Arrays.stream(leads).filter(lead -> lead < 0).count()),
                number(-StatUtils.mean(leads)),
                probability(Wilcoxon.pLess(leads)),
                probability(Wilcoxon.pLess(lags)));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.5g", value) : NOTHING;
    }

    private static String probability(double p) {
        return String.format(Locale.ROOT, p < 0.0001 ? "%.1e" : "%.4f", p);
    }
}
