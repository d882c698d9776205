package dev.chiron.evals.report;

import dev.chiron.evals.compare.Attempt;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import dev.chiron.optimizers.study.Objective.Goal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;

/** Writes 1,000 made-up runs of 300 trials to a file, to measure the time that a report of them takes; not a test. */
final class MadeUpRuns {

    private static final int TRIALS = 300;
    private static final int PARAMETERS = 14;

    private final Well19937c random = new Well19937c(1);

    private MadeUpRuns() {}

    /** The file is the one argument. */
    public static void main(String[] arguments) throws IOException {
        MadeUpRuns runs = new MadeUpRuns();
        RunLines lines = new RunLines();
        try (BufferedWriter file = Files.newBufferedWriter(Path.of(arguments[0]))) {
            for (int i = 0; i < 1000; i++) {
                file.write(lines.write(runs.run("task" + i / 100, i / 10 % 10, i % 10)) + "\n");
            }
        }
    }

    private Run run(String task, int method, long seed) {
        String model = method < 4 ? "none" : method == 4 ? "builtin" : "ollama:m" + method + ":" + method + "b";
        List<OptionalDouble> values = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        List<Run.Incumbent> incumbents = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIALS; i++) {
            boolean isModel = !model.equals("none") && i > 10 && i % 3 == 0;
            boolean fails = i > 0 && random.nextDouble() < 0.1;
            double value = 0.97 + 0.03 * random.nextDouble() / (1 + i * (1 + method) / 100.0);
            values.add(fails ? OptionalDouble.empty() : OptionalDouble.of(value));
            attempts.add(new Attempt(
                    point(),
                    i == 0 ? "baseline" : isModel ? "llm" : "cma-es",
                    fails ? "out-of-memory" : "",
                    300 + random.nextDouble(),
                    isModel ? OptionalDouble.of(value + 0.002 * random.nextGaussian()) : OptionalDouble.empty(),
                    isModel ? OptionalDouble.of(0.3 * random.nextDouble()) : OptionalDouble.empty()));
            if (!fails && value < best) {
                best = value;
                incumbents.add(new Run.Incumbent(i, value + 0.0003 * random.nextGaussian()));
            }
        }
        String name = model.equals("none") ? "method" + method : "cma-es+" + model;
        Run.Ours ours = new Run.Ours(
                model.equals("none") ? name : "cma-es",
                model,
                incumbents,
                OptionalDouble.of(best),
                0,
                0,
                0,
                6,
                9000,
                OptionalDouble.of(0.01),
                attempts);
        return new Run(task, name, Goal.MINIMIZE, seed, values, 1, Optional.of(ours));
    }

    private List<Double> point() {
        return IntStream.range(0, PARAMETERS).mapToObj(i -> random.nextDouble()).toList();
    }
}
