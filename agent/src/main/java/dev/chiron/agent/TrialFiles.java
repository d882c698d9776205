package dev.chiron.agent;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.run.Execution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is kept of a trial beside its journal line: the change as a diff, the ends of its output, its curve. */
final class TrialFiles {

    private TrialFiles() {}

    /** File names with their texts; an empty text is no file. */
    static Map<String, String> of(Execution execution) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("change.diff", execution.diff());
        // a short output is both its own head and its own tail
        files.put("head.log", execution.head().equals(execution.tail()) ? "" : execution.head());
        files.put("tail.log", execution.tail());
        files.put("curve.csv", curve(execution.outcome()));
        files.values().removeIf(String::isEmpty);
        return files;
    }

    private static String curve(Outcome outcome) {
        List<Outcome.CurvePoint> points = outcome instanceof Outcome.Measured measured
                ? measured.curve()
                : outcome instanceof Outcome.Infeasible infeasible
                        ? infeasible.measured().curve()
                        : outcome instanceof Outcome.Partial partial
                                ? partial.measured().curve()
                                : outcome instanceof Outcome.Pruned pruned ? pruned.curve() : List.of();
        if (points.isEmpty()) {
            return "";
        }
        StringBuilder csv = new StringBuilder("step,value\n");
        for (Outcome.CurvePoint point : points) {
            csv.append(Numbers.text(point.step()))
                    .append(',')
                    .append(Numbers.text(point.value()))
                    .append('\n');
        }
        return csv.toString();
    }
}
