package dev.chiron.agent.report;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Imported;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Pick;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Versions;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.reply.Forecast;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Studies whose every line is written out, at times that are always the same. */
final class MadeUpStudies {

    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");

    /** What no page may take for its own. */
    static final String HOSTILE = "</code></pre><script>alert('x')</script> & \"q\" | `tick` \u001b[31mred \u202egnp";

    private static final String SCRIPT = """
            LR = 0.1
            DEPTH = 4


            def activation(x):
                return max(x, 0)
            """;

    private MadeUpStudies() {}

    private static final class Writer implements AutoCloseable {
        private final StudyFolder study;
        private int minutes;
        private int next;

        Writer(Path folder, String spec) throws IOException {
            Files.createDirectories(folder.resolve("script"));
            Files.writeString(folder.resolve("script/train.py"), SCRIPT);
            this.study = StudyFolder.open(folder, spec, () -> START.plus(Duration.ofMinutes(minutes)));
            study.append(new Versions("1.2.2", "17.0.1"));
        }

        Change add(Change change, Origin origin, Outcome outcome, Optional<ModelTurn> turn) {
            minutes += 5;
            Trial trial = new Trial(next++, change, origin, outcome, Duration.ofSeconds(270));
            study.append(new Entry(trial, turn));
            return change;
        }

        Change add(Change change, Origin origin, Outcome outcome) {
            return add(change, origin, outcome, Optional.empty());
        }

        @Override
        public void close() {
            study.close();
        }
    }

    private static Config config(Object... namesAndValues) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            Object value = namesAndValues[k + 1];
            values.put(
                    (String) namesAndValues[k],
                    value instanceof Double real
                            ? new Value.Real(real)
                            : value instanceof Integer whole ? new Value.Whole(whole) : Value.of((String) value));
        }
        return Config.of(values);
    }

    private static Outcome.Measured measured(double value, double holdout) {
        return new Outcome.Measured(value, Map.of(), List.of(), OptionalDouble.of(holdout));
    }

    private static Optional<ModelTurn> turn(int number, String fallback) {
        Usage usage = new Usage(1, 4_000, 0, 500, Optional.of(new BigDecimal("0.0125")));
        ModelTurn turn = new ModelTurn(
                fallback,
                List.of(),
                List.of(),
                usage,
                new Asked("%04d".formatted(number), "openai:gpt-9", "code", "ab"));
        Pick pick = new Pick(1, 1, new Forecast(OptionalDouble.of(0.45), OptionalDouble.of(0.2)));
        return Optional.of(fallback.isEmpty() ? turn.whenPicked(pick, List.of()) : turn);
    }

    /** Edits and settings by a model and an optimizer; noise, a hold-out, failures, a fallback, an ablation. */
    static void edits(Path folder) throws IOException {
        String spec = """
                project: ..
                task: "Train the character model; lower is better."
                script: train.py
                run: python3 {script}
                env: { API_TOKEN: tok-very-secret-1234, OMP_NUM_THREADS: "1" }
                metric: { name: val_loss, goal: minimize, from: stdout }
                evaluate: python3 evaluate.py
                holdout: python3 holdout.py
                artifacts: out
                hidden: [holdout.py]
                space:
                  LR: { type: float, low: 0.001, high: 1.0, log: true, default: 0.1 }
                  DEPTH: { type: int, low: 1, high: 12, default: 4 }
                method: centaur-code
                optimizer: cma-es
                llm: { model: "openai:gpt-9", share: 0.4, warmup: 2 }
                budget: { trials: 40, llm_usd: 2 }
                repeats: 2
                seed: 7
                """;
        Variant root = Variant.root(SCRIPT);
        Variant gelu = root.edited(
                SCRIPT.replace("max(x, 0)", "x / (1 + 2.7 ** -x)  # <b>smooth</b>"),
                "a smooth activation <i>(SiLU)</i>");
        Variant broken = gelu.edited(gelu.text() + "import nowhere\n", "a library for it");
        Variant worse = gelu.edited(gelu.text() + "# " + HOSTILE + "\n", "worse, " + HOSTILE);
        Config tuned = config("LR", 0.03, "DEPTH", 6);
        try (Writer study = new Writer(folder, spec)) {
            Change base =
                    study.add(new Change.Settings(config("LR", 0.1, "DEPTH", 4)), Origin.BASELINE, measured(0.5, 0.52));
            Change settings = study.add(new Change.Settings(tuned), Origin.CMA_ES, new Outcome.Measured(0.47));
            study.add(settings, Origin.REPEAT, new Outcome.Measured(0.472));
            study.add(base, Origin.REPEAT, new Outcome.Measured(0.501));
            study.add(
                    new Change.Settings(config("LR", 0.03, "DEPTH", 12)),
                    Origin.CMA_ES,
                    new Outcome.Failed(Reason.OUT_OF_MEMORY, "exit 1: /opt/venvs/abc/lib/torch/x.py: " + HOSTILE));
            Change edit = study.add(new Change.Edit(tuned, gelu), Origin.LLM, new Outcome.Measured(0.42), turn(5, ""));
            study.add(edit, Origin.REPEAT, measured(0.4235, 0.44));
            study.add(settings, Origin.REPEAT, measured(0.4705, 0.49));
            study.add(
                    new Change.Edit(tuned, broken),
                    Origin.LLM,
                    new Outcome.Failed(Reason.CRASHED, "exit 1: ModuleNotFoundError: No module named 'nowhere'"),
                    turn(8, ""));
            study.add(
                    new Change.Edit(config("LR", 0.028, "DEPTH", 6), gelu),
                    Origin.CMA_ES,
                    new Outcome.Measured(0.424),
                    turn(9, "the server could not be reached"));
            study.add(new Change.Edit(tuned, worse), Origin.LLM, new Outcome.Measured(0.45), turn(10, ""));
            study.add(
                    new Change.Edit(config("LR", 0.9, "DEPTH", 6), gelu),
                    Origin.CMA_ES,
                    new Outcome.Pruned(0.9, 3, "median", "", List.of()));
            Variant without = gelu.edited(SCRIPT, "without: a smooth activation");
            study.add(new Change.Edit(tuned, without), Origin.ABLATION, new Outcome.Measured(0.47));
            study.add(new Change.Edit(tuned, without), Origin.ABLATION, new Outcome.Measured(0.4715));
        }
    }

    /** Settings alone by an optimizer, one run each, with a condition in the space and earlier results. */
    static void settings(Path folder, int trials) throws IOException {
        String spec = """
                project: ..
                task: ""
                script: train.py
                run: python3 {script} --lr {LR} --kind {KIND} --momentum {MOMENTUM}
                metric: { name: accuracy, goal: maximize, from: stdout }
                space:
                  KIND: { type: choice, options: [sgd, adam], default: sgd }
                  LR: { type: float, low: 0.001, high: 1.0, log: true, default: 0.5 }
                  MOMENTUM: { type: float, low: 0, high: 0.99, default: 0.5, when: { KIND: [sgd] } }
                from: [ results.tsv ]
                method: tpe
                llm: { model: none }
                budget: { trials: %d }
                seed: 3
                """.formatted(trials);
        SplitMix random = new SplitMix(4);
        try (Writer study = new Writer(folder, spec)) {
            Config best = config("KIND", "adam", "LR", 0.02);
            study.study.append(new Imported(
                    List.of("results.tsv"),
                    List.of("1 result"),
                    new Earlier(
                            List.of(new Trial(
                                    0,
                                    new Change.Settings(best),
                                    Origin.IMPORTED,
                                    new Outcome.Measured(0.93),
                                    Duration.ZERO)),
                            List.of())));
            study.add(
                    new Change.Settings(config("KIND", "sgd", "LR", 0.5, "MOMENTUM", 0.5)),
                    Origin.BASELINE,
                    new Outcome.Measured(0.71));
            study.add(new Change.Settings(best), Origin.IMPORTED, new Outcome.Measured(0.915));
            for (int number = 2; number < trials; number++) {
                double lr = Math.round(1e4 * Math.pow(10, -3 * random.nextDouble())) / 1e4;
                boolean adam = random.nextDouble() < 0.5;
                double distance = Math.log10(lr) + 1.7;
                double accuracy = 0.95 - 0.1 * distance * distance - (adam ? 0 : 0.03);
                study.add(
                        new Change.Settings(
                                adam
                                        ? config("KIND", "adam", "LR", lr)
                                        : config("KIND", "sgd", "LR", lr, "MOMENTUM", 0.9)),
                        number % 5 == 4 ? Origin.LOCAL_MOVE : Origin.TPE,
                        new Outcome.Measured(Math.round(1e4 * accuracy) / 1e4));
            }
        }
    }

    /** Two objectives, and a condition on what is measured. */
    static void front(Path folder) throws IOException {
        String spec = """
                project: ..
                task: "Small and good."
                script: train.py
                run: python3 {script}
                metric: [ { name: loss, goal: minimize }, { name: tokens_per_s, goal: maximize } ]
                feasible: [ vram_mb <= 4000 ]
                space:
                  DEPTH: { type: int, low: 1, high: 12, default: 4 }
                method: nsga2
                llm: { model: none }
                seed: 1
                """;
        try (Writer study = new Writer(folder, spec)) {
            for (int number = 0; number < 6; number++) {
                int depth = List.of(4, 2, 6, 9, 3, 12).get(number);
                Outcome.Measured run = new Outcome.Measured(
                        Math.round(1e4 * (0.3 + 1.0 / depth)) / 1e4,
                        Map.of("loss", 0.3 + 1.0 / depth, "tokens_per_s", 900.0 - 50 * depth, "vram_mb", 400.0 * depth),
                        List.of());
                study.add(
                        new Change.Settings(config("DEPTH", depth)),
                        number == 0 ? Origin.BASELINE : Origin.NSGA2,
                        depth > 10 ? new Outcome.Infeasible(run, List.of("vram_mb <= 4000"), 0.2) : run);
            }
        }
    }

    /** A script that does not run. */
    static void nothing(Path folder) throws IOException {
        String spec = """
                project: ..
                task: "Never runs."
                script: train.py
                run: python3 {script}
                metric: { name: loss, goal: minimize, from: stdout }
                space:
                  DEPTH: { type: int, low: 1, high: 12, default: 4 }
                method: random
                llm: { model: none }
                seed: 1
                """;
        try (Writer study = new Writer(folder, spec)) {
            study.study.appendAttempt(
                    0,
                    new Outcome.Failed(Reason.CRASHED, "exit 1: /home/somebody/x/train.py: No module named 'torch'"),
                    Duration.ofSeconds(2));
        }
    }

    /** Writes all of them below a folder, for a look with {@code chiron report}. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        edits(folder.resolve("edits"));
        settings(folder.resolve("settings"), 24);
        front(folder.resolve("front"));
        nothing(folder.resolve("nothing"));
    }
}
