package dev.chiron.agent.web;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A study of many made-up trials, with all that trials have but files. */
final class LargeStudy {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final int PARAMETERS = 8;

    private LargeStudy() {}

    private static String spec() {
        StringBuilder spec = new StringBuilder("project: ..\ntask: made up\nscript: train.sh\nrun: sh {script}\n"
                + "metric: { name: loss, goal: minimize, from: stdout }\nspace:\n");
        for (int k = 0; k < PARAMETERS; k++) {
            spec.append("  P").append(k).append(": { type: float, low: 0, high: 1, default: 0.5 }\n");
        }
        return spec.append("  KIND: { type: choice, options: [a, b, c], default: a }\nmethod: cma-es\nseed: 1\n")
                .toString();
    }

    /** Writes one, and its script beside it. */
    static void write(Path folder, int trials) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.writeString(folder.resolveSibling("train.sh"), "echo loss: 1\n");
        SplitMix random = new SplitMix(7);
        int[] now = {0};
        try (StudyFolder study = StudyFolder.open(folder, spec(), () -> START.plusSeconds(now[0]))) {
            for (int number = 0; number < trials; number++) {
                now[0] = number;
                study.append(new Entry(trial(number, random), Optional.empty(), Optional.empty()));
            }
        }
    }

    private static Trial trial(int number, SplitMix random) {
        Map<String, Value> values = new LinkedHashMap<>();
        double sum = 0;
        for (int k = 0; k < PARAMETERS; k++) {
            double value = Math.round(1e10 * random.nextDouble()) / 1e10;
            values.put("P" + k, new Value.Real(value));
            sum += (value - 0.3) * (value - 0.3) * (k + 1);
        }
        values.put("KIND", new Value.Text("abc".substring(number % 3, number % 3 + 1)));
        Outcome outcome = random.nextDouble() < 0.05
                ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "out of memory")
                : new Outcome.Measured(sum / PARAMETERS + 0.1 * random.nextDouble() / (1 + number / 1000.0));
        Origin origin = number == 0 ? Origin.BASELINE : number % 3 == 0 ? Origin.LOCAL_MOVE : Origin.CMA_ES;
        return new Trial(number, new Change.Settings(Config.of(values)), origin, outcome, Duration.ofMillis(700));
    }

    /** {@code FOLDER TRIALS}: for a look with {@code chiron serve}. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }
}
