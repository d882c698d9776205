package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.MetricSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReaderTest {

    /** Every key that there is. */
    static final String FULL = """
            task: Train a 50M-parameter GPT on FineWeb for 5 minutes on one H100.    # goes into the prompts
            script: train.py
            run: python3 {script} --lr {LR}
            env: { OMP_NUM_THREADS: 1, RATE: "{LR}", EMPTY: "" }
            metric: { name: val_bpb, goal: maximize, from: { file: out/result.json, path: $.eval.val_bpb } }
            limits: { time: 10m, memory: 16g, processes: 64, output: 20m, disk: 1g }
            readonly: [prepare.py, data/]
            space:
              DEPTH:            { type: int, low: 4, high: 24, default: 8, prior: around-default }
              DEVICE_BATCH_SIZE: { type: int, low: 32, high: 256, powers_of_two: true }
              TOTAL_BATCH_SIZE: { type: int, low: 2**16, high: 2_097_152, powers_of_two: true }
              WARMUP:           { type: int, low: 0, high: 1e3, step: 50 }
              HEADS:            { type: int, low: 1, high: 64, log: true }
              LR:               { type: float, low: 1e-4, high: 0.2, log: true, default: 4e-2 }
              DECAY:            { type: float, low: 0, high: 1, prior: 0.1 }
              WINDOW_PATTERN:   { type: choice, options: [SSSL, "8", 8, 1e-3, true, on], default: SSSL }
              SIZE:             { type: choice, options: [1, 2, 4], ordered: true, prior: none }
              COMPILE:          { type: bool, prior: around-default }
            constraints: [ "TOTAL_BATCH_SIZE >= DEVICE_BATCH_SIZE * 2048", DEPTH * SIZE <= 80, LR >= 1e-3 ]
            method: centaur
            llm: { model: "ollama:qwen3:0.6b", share: 0.4, warmup: 7, url: "http://gpu:11434", temperature: 0.7,
                   timeout: 90s, think: low, required: true }
            budget: { trials: 300, train_time: 24h, llm_usd: 5 }
            seed: 17
            """;

    @TempDir
    Path folder;

    private Workplace here;

    @BeforeEach
    void makeWorkplace() throws IOException {
        here = Workplace.in(folder);
        Files.writeString(folder.resolve("prepare.py"), "");
        Files.createDirectory(folder.resolve("data"));
    }

    private static Map<String, Value> constants() {
        Map<String, Value> constants = new LinkedHashMap<>();
        constants.put("DEPTH", new Value.Whole(6));
        constants.put("DEVICE_BATCH_SIZE", new Value.Whole(64));
        constants.put("TOTAL_BATCH_SIZE", new Value.Whole(524_288));
        constants.put("WARMUP", new Value.Whole(100));
        constants.put("HEADS", new Value.Whole(8));
        constants.put("DECAY", new Value.Whole(0));
        constants.put("WINDOW_PATTERN", new Value.Text("8"));
        constants.put("SIZE", new Value.Real(2));
        constants.put("COMPILE", new Value.Flag(true));
        return constants;
    }

    private Spec full() throws IOException {
        return here.draft(FULL).complete(constants(), Map.of());
    }

    @Test
    void everyKeyIsRead() throws IOException {
        Spec spec = full();

        assertThat(spec.folder()).isEqualTo(folder);
        assertThat(spec.task()).isEqualTo("Train a 50M-parameter GPT on FineWeb for 5 minutes on one H100.");
        assertThat(spec.script()).isEqualTo("train.py");
        assertThat(spec.run()).isEqualTo("python3 {script} --lr {LR}");
        assertThat(spec.env())
                .containsExactly(Map.entry("OMP_NUM_THREADS", "1"), Map.entry("RATE", "{LR}"), Map.entry("EMPTY", ""));
        assertThat(spec.objective()).isEqualTo(new Objective("val_bpb", Objective.Goal.MAXIMIZE));
        assertThat(spec.metric()).isEqualTo(new MetricSource.JsonFile("out/result.json", "$.eval.val_bpb"));
        assertThat(spec.limits())
                .isEqualTo(new Limits(
                        Duration.ofMinutes(10),
                        OptionalLong.of(16L << 30),
                        OptionalInt.of(64),
                        20 << 20,
                        OptionalLong.of(1 << 30)));
        assertThat(spec.readonly()).containsExactly("prepare.py", "data");
        assertThat(spec.method()).isEqualTo("centaur");
        assertThat(spec.llm())
                .isEqualTo(new LlmSpec(
                        List.of("ollama:qwen3:0.6b"),
                        OptionalDouble.of(0.4),
                        7,
                        Optional.of("http://gpu:11434"),
                        OptionalDouble.of(0.7),
                        Duration.ofSeconds(90),
                        "low",
                        true,
                        Optional.empty(),
                        LlmSpec.Access.usual(),
                        LlmSpec.Asking.usual(),
                        new ModelOrigin("ollama:qwen3:0.6b", "")));
        assertThat(spec.budget())
                .isEqualTo(new Budget(OptionalInt.of(300), Optional.of(Duration.ofHours(24)), OptionalDouble.of(5)));
        assertThat(spec.seed()).isEqualTo(17);
    }

    @Test
    void everyKindOfParameterIsRead() throws IOException {
        assertThat(full().space().parameters())
                .containsExactly(
                        new Parameter.Whole("DEPTH", 4, 24),
                        new Parameter.Whole("DEVICE_BATCH_SIZE", 32, 256, false, 1, true),
                        new Parameter.Whole("TOTAL_BATCH_SIZE", 65_536, 2_097_152, false, 1, true),
                        new Parameter.Whole("WARMUP", 0, 1000, false, 50, false),
                        new Parameter.Whole("HEADS", 1, 64, true, 1, false),
                        new Parameter.Real("LR", 1e-4, 0.2, true),
                        new Parameter.Real("DECAY", 0, 1, false),
                        new Parameter.Choice(
                                "WINDOW_PATTERN",
                                List.of(
                                        new Value.Text("SSSL"),
                                        new Value.Text("8"),
                                        new Value.Whole(8),
                                        new Value.Real(1e-3),
                                        new Value.Flag(true),
                                        new Value.Text("on")),
                                false),
                        new Parameter.Choice(
                                "SIZE", List.of(new Value.Whole(1), new Value.Whole(2), new Value.Whole(4)), true),
                        new Parameter.Choice("COMPILE", List.of(new Value.Flag(false), new Value.Flag(true)), false));
        assertThat(full().space().constraints())
                .extracting(Constraint::text)
                .containsExactly("TOTAL_BATCH_SIZE >= DEVICE_BATCH_SIZE * 2048", "DEPTH * SIZE <= 80", "LR >= 1e-3");
    }

    @Test
    void priorsAreReadAsWidths() throws IOException {
        Map<String, Optional<Double>> expected = new LinkedHashMap<>();
        expected.put("DEPTH", Optional.of(0.25));
        expected.put("DECAY", Optional.of(0.1));
        expected.put("SIZE", Optional.empty());
        expected.put("COMPILE", Optional.of(0.25));

        assertThat(full().priors()).isEqualTo(expected);
    }

    @Test
    void aRangeOfOneValuePinsTheParameter() throws IOException {
        Spec spec = here.spec(Workplace.YAML.replace("low: 4, high: 24, default: 8", "low: 8, high: 8"));

        assertThat(spec.space().parameters()).first().isEqualTo(new Parameter.Whole("DEPTH", 8, 8));
        assertThat(spec.baseline().get("DEPTH")).isEqualTo(Value.of(8L));
    }

    @Test
    void theSearchStartsAtTheDefaultsElseAtTheScriptsOwnValues() throws IOException {
        Map<String, Value> expected = new LinkedHashMap<>(constants());
        expected.put("DEPTH", new Value.Whole(8));
        expected.put("LR", new Value.Real(0.04));
        expected.put("DECAY", new Value.Real(0));
        expected.put("WINDOW_PATTERN", new Value.Text("SSSL"));
        expected.put("SIZE", new Value.Whole(2));

        assertThat(full().baseline()).isEqualTo(Config.of(expected));
    }

    @Test
    void whatIsNotGivenHasADefault() throws IOException {
        Spec spec = here.spec(Workplace.YAML);

        assertThat(spec.objective().goal()).isEqualTo(Objective.Goal.MINIMIZE);
        assertThat(spec.metric()).isEqualTo(new MetricSource.Stdout());
        assertThat(spec.env()).isEmpty();
        assertThat(spec.readonly()).isEmpty();
        assertThat(spec.limits())
                .isEqualTo(new Limits(
                        Duration.ofHours(1),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        20 << 20,
                        OptionalLong.empty()));
        assertThat(spec.method()).isEqualTo("centaur");
        assertThat(spec.llm())
                .isEqualTo(new LlmSpec(
                        List.of("none"),
                        OptionalDouble.of(0.3),
                        10,
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Duration.ofMinutes(2),
                        "false",
                        false,
                        Optional.empty(),
                        LlmSpec.Access.usual(),
                        LlmSpec.Asking.usual(),
                        new ModelOrigin("none", "")));
        assertThat(spec.budget()).isEqualTo(Budget.ofTrials(100));
        assertThat(spec.seed()).isZero();
    }

    @Test
    void aBudgetOfTimeAloneHasNoBoundOfTrials() throws IOException {
        Spec spec = here.spec(Workplace.YAML + "budget: { train_time: 8h }\n");

        assertThat(spec.budget())
                .isEqualTo(new Budget(OptionalInt.empty(), Optional.of(Duration.ofHours(8)), OptionalDouble.empty()));
    }

    @Test
    void whatAModelMayCostAndItsPricesReadBackFromAStudy() throws IOException {
        Spec spec = here.spec(Workplace.YAML + "budget: { trials: 9, llm_usd: 0.25, llm_tokens: 5e9, llm_calls: 0 }\n"
                + "llm: { prices: ../our prices.yaml }\n");

        assertThat(spec.budget())
                .isEqualTo(new Budget(
                        OptionalInt.of(9),
                        Optional.empty(),
                        OptionalDouble.of(0.25),
                        OptionalLong.of(5_000_000_000L),
                        OptionalInt.of(0)));
        assertThat(spec.llm().prices()).contains("../our prices.yaml");
        Path file = Files.writeString(here.folder().resolve("study.yaml"), FrozenSpec.text(spec, here.folder()));
        assertThat(FrozenSpec.read(file).budget()).isEqualTo(spec.budget());
        assertThat(FrozenSpec.read(file).llm()).isEqualTo(spec.llm());
    }

    @Test
    void aliasesStandForWhatTheyName() throws IOException {
        Spec spec = here.spec(Workplace.YAML
                .replace("DEPTH: {", "DEPTH: &range {")
                .replace("{ type: float, low: 0.005, high: 0.2, log: true }", "*range"));

        assertThat(spec.space().find("LR")).contains(new Parameter.Whole("LR", 4, 24));
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNoHarm() throws IOException {
        assertThat(here.spec("\uFEFF" + Workplace.YAML.replace("\n", "\r\n"))).isEqualTo(here.spec(Workplace.YAML));
    }

    @Test
    void aFrozenSpecReadsBackEqual() throws IOException {
        Path study = folder.resolve("chiron-study");
        String llambo =
                "method: llambo\nllambo: { mode: faithful, surrogate: generative, alpha: -0.2, candidates: 6, context: none }\n";
        String llm = "method: llm\nllm: { model: builtin, style: compressed }\n";
        String optoprime = "method: optoprime\nllm: { model: builtin, memory: 0 }\n";
        assertThat(here.spec(Workplace.YAML + optoprime).llm().asking().memory())
                .isZero();
        assertThat(here.spec(Workplace.YAML + llm).optimizer()).isEqualTo("sobol");
        assertThat(here.spec(Workplace.YAML + llambo).llm().asking().llambo())
                .isEqualTo(new LlamboSpec("faithful", "generative", -0.2, 6, "none"));
        for (Spec spec : List.of(
                full(),
                here.spec(Workplace.YAML),
                here.spec(Workplace.YAML + llambo),
                here.spec(Workplace.YAML + llm),
                here.spec(Workplace.YAML + optoprime))) {
            Files.createDirectories(study);
            Path file = Files.writeString(study.resolve("study.yaml"), FrozenSpec.text(spec, study));

            assertThat(FrozenSpec.read(file)).isEqualTo(spec);
        }
    }

    @Test
    void aFrozenSpecReadsBackWhereverTheStudyLies(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(elsewhere.resolve("study.yaml"), FrozenSpec.text(full(), elsewhere));

        assertThat(FrozenSpec.read(file)).isEqualTo(full());
    }

    @Test
    void textsThatLookLikeSomethingElseStayTexts() throws IOException {
        String odd = Workplace.YAML.replace("Train a small model.", "'# no: \"comment\"\\ {x} é 🐎\n\n  2nd line'")
                + "env: { A: '1e-4', B: 'true', C: ' padded ', D: '- x' }\n";
        Path file = Files.writeString(folder.resolve("study.yaml"), FrozenSpec.text(here.spec(odd), folder));

        assertThat(FrozenSpec.read(file)).isEqualTo(here.spec(odd));
    }
}
