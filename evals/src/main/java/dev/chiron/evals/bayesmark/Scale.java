package dev.chiron.evals.bayesmark;

import dev.chiron.evals.compare.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** From 1, the worst that LLAMBO's runs met, to 0, the best that was known: what makes tasks comparable. */
final class Scale {

    private final Map<String, Ends> tasks = new LinkedHashMap<>();

    private record Ends(double worst, double best) {}

    /** The scale of each of the 25 tasks. */
    Scale() {
        try (InputStream file = Scale.class.getResourceAsStream("scale.csv")) {
            if (file == null) {
                throw new AssertionError("not in the jar: scale.csv");
            }
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .forEach(cells ->
                            tasks.put(cells[0], new Ends(Double.parseDouble(cells[1]), Double.parseDouble(cells[2]))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the task is one of them. */
    boolean has(String task) {
        return tasks.containsKey(task);
    }

    /** How far the best of the first so many trials is from the best known; below 0 if it is better, 1 at most. */
    double regret(Run run, int trials) {
        Ends ends = tasks.get(run.task());
        if (ends == null) {
            throw new IllegalArgumentException("not one of the 25 tasks: " + run.task());
        }
        double best = Math.max(ends.worst(), -run.bestLoss(trials));
        return (ends.best() - best) / (ends.best() - ends.worst());
    }
}
