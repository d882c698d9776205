package dev.chiron.evals.deepening;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.fidelity.Deepening.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Hyperband alone, begun anew with η times the budget, and deepened in each variant: means over tasks and seeds.
 *
 * @param most the first largest budget, in epochs
 */
public record DeepeningTable(List<EvalTask> tasks, int seeds, double most, int reduction) {

    /** Its lines, as Markdown. */
    public List<String> lines() {
        Map<String, List<DeepenedRun>> runs = new LinkedHashMap<>();
        for (EvalTask task : tasks) {
            for (long seed = 0; seed < seeds; seed++) {
                DeepenedRun first = DeepenedRun.of(task, Variant.DISCARDING, most, reduction, 0, seed);
                DeepenedRun anew = DeepenedRun.of(task, Variant.DISCARDING, most * reduction, reduction, 0, seed);
                add(runs, "alone", first);
                add(runs, "begun anew", anew.after(first));
                for (Variant variant : Variant.values()) {
                    add(
                            runs,
                            variant.name().toLowerCase(Locale.ROOT),
                            DeepenedRun.of(task, variant, most, reduction, 1, seed));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("| Hyperband | epochs | evaluations | best |");
        lines.add("| --- | --- | --- | --- |");
        runs.forEach((name, all) -> lines.add(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.3f |",
                name,
                mean(all, DeepenedRun::epochs),
                mean(all, DeepenedRun::evaluations),
                mean(all, run -> tasks.get(0).objective().loss(run.best())))));
        return lines;
    }

    private static void add(Map<String, List<DeepenedRun>> runs, String name, DeepenedRun run) {
        runs.computeIfAbsent(name, one -> new ArrayList<>()).add(run);
    }

    private static double mean(List<DeepenedRun> runs, ToDoubleFunction<DeepenedRun> of) {
        return runs.stream().mapToDouble(of).average().orElse(Double.NaN);
    }
}
