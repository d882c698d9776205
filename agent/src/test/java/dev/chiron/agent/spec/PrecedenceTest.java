package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flag, then environment, then chiron.yaml, then the person's file, then the study that goes on, then the default. */
class PrecedenceTest {

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private Workplace here;
    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void makeWorkplace() throws IOException {
        here = Workplace.in(folder);
        environment.put("HOME", home.toString());
    }

    private SpecReader reader() {
        return new SpecReader(Workplace.METHODS, Workplace.OPTIMIZERS, environment);
    }

    private Path personal(String text) throws IOException {
        Path config = Files.createDirectories(home.resolve(".config/chiron")).resolve("config.yaml");
        return Files.writeString(config, text);
    }

    private Setting setting(String yaml, String key, Setting... flags) throws IOException {
        return reader().read(here.yaml(yaml), List.of(flags)).settings().stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theStrongestOfAllThatSayItHolds() throws IOException {
        String yaml = Workplace.YAML + "llm: { share: 0.3 }\n";
        Setting flag = new Setting("llm.share", "0.1", "--llm-share");
        Path config = personal("# mine\nllm: { share: 0.4 }\n");
        environment.put("CHIRON_LLM_SHARE", "0.2");

        assertThat(setting(yaml, "llm.share", flag)).isEqualTo(flag);
        assertThat(setting(yaml, "llm.share")).isEqualTo(new Setting("llm.share", "0.2", "CHIRON_LLM_SHARE"));
        environment.remove("CHIRON_LLM_SHARE");
        assertThat(setting(yaml, "llm.share"))
                .isEqualTo(new Setting("llm.share", "0.3", folder.resolve("chiron.yaml") + ":8"));
        assertThat(setting(Workplace.YAML, "llm.share")).isEqualTo(new Setting("llm.share", "0.4", config + ":2"));
        Files.delete(config);
        assertThat(setting(Workplace.YAML, "llm.share")).isEqualTo(new Setting("llm.share", "0.3", "default"));
    }

    @Test
    void editorsHaveEveryOtherTurnUnlessOneSaysOtherwise() throws IOException {
        Setting method = new Setting("method", "centaur-code", "--method");

        assertThat(setting(Workplace.YAML, "llm.share", method).text()).isEqualTo("0.5");
        assertThat(setting(Workplace.YAML, "llm.warmup", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML + "llm: { share: 0.2 }\n", "llm.share", method)
                        .text())
                .isEqualTo("0.2");
        assertThat(setting(Workplace.YAML, "llm.warmup").text()).isEqualTo("10");
    }

    @Test
    void llamboHasAllTurnsAfterFiveTrialsOfWhichItProposesFour() throws IOException {
        Setting method = new Setting("method", "llambo", "--method");
        Setting model = new Setting("llm.model", "builtin", "--llm");
        Setting control = new Setting("llm.model", "perturb", "--llm");
        Setting faithful = Setting.set("llambo.mode=faithful");

        assertThat(setting(Workplace.YAML, "llm.share", method, model).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.warmup", method, model).text()).isEqualTo("5");
        assertThat(setting(Workplace.YAML, "llm.warm_start", method, model).text())
                .isEqualTo("4");
        assertThat(setting(Workplace.YAML, "llm.warm_start", method, control).text())
                .isEqualTo("0");
        assertThat(setting(Workplace.YAML, "llm.temperature", method, model).text())
                .isEqualTo("none");
        assertThat(setting(Workplace.YAML, "llm.temperature", method, model, faithful)
                        .text())
                .isEqualTo("0.7");
        assertThat(setting(Workplace.YAML + "llm: { warm_start: 2 }\n", "llm.warm_start", method, model)
                        .text())
                .isEqualTo("2");
    }

    @Test
    void llmHasAllTurnsAtThePublishedTemperatures() throws IOException {
        Setting method = new Setting("method", "llm", "--method");
        Setting chat = Setting.set("llm.style=chat");

        assertThat(setting(Workplace.YAML, "llm.share", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.warmup", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.temperature", method).text()).isEqualTo("0.7");
        assertThat(setting(Workplace.YAML, "llm.temperature", method, chat).text())
                .isEqualTo("0");
        assertThat(setting(Workplace.YAML, "llm.temperature", method, Setting.set("llm.style=opro"))
                        .text())
                .isEqualTo("1");
        assertThat(setting(Workplace.YAML + "llm: { temperature: 0.5 }\n", "llm.temperature", method, chat)
                        .text())
                .isEqualTo("0.5");
    }

    @Test
    void optoPrimeHasAllTurnsAtTheProvidersOwnTemperature() throws IOException {
        Setting method = new Setting("method", "optoprime", "--method");

        assertThat(setting(Workplace.YAML, "llm.share", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.warmup", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.temperature", method).text()).isEqualTo("none");
        assertThat(setting(Workplace.YAML, "llm.memory", method).text()).isEqualTo("10");
        assertThat(here.spec(Workplace.YAML, method).optimizer()).isEqualTo("sobol");
    }

    @Test
    void agentHpoHasAllTurnsAtThePublishedTemperature() throws IOException {
        Setting method = new Setting("method", "agent-hpo", "--method");

        assertThat(setting(Workplace.YAML, "llm.share", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.warmup", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.temperature", method).text()).isEqualTo("0");
        assertThat(here.spec(Workplace.YAML, method).optimizer()).isEqualTo("sobol");
    }

    @Test
    void llmTpeTossesAFairCoinFromTheFirstTrialOn() throws IOException {
        Setting method = new Setting("method", "llm-tpe", "--method");

        assertThat(setting(Workplace.YAML, "llm.share", method).text()).isEqualTo("0.5");
        assertThat(setting(Workplace.YAML, "llm.warmup", method).text()).isEqualTo("1");
        assertThat(setting(Workplace.YAML, "llm.temperature", method).text()).isEqualTo("none");
        assertThat(here.spec(Workplace.YAML, method).optimizer()).isEqualTo("tpe");
    }

    @Test
    void theLastFlagOfAKeyHolds() throws IOException {
        Setting method = new Setting("method", "random", "--method");

        assertThat(setting(Workplace.YAML, "method", method, Setting.set("method = cma-es")))
                .isEqualTo(new Setting("method", "cma-es", "--set method"));
    }

    @Test
    void anEmptyVariableCountsAsNotSet() throws IOException {
        environment.put("CHIRON_METHOD", "");

        assertThat(setting(Workplace.YAML, "method").origin()).isEqualTo("default");
    }

    @Test
    void messagesNameTheLayer() throws IOException {
        assertThat(here.message(Workplace.YAML, Setting.set("llm.share=3")))
                .isEqualTo("--set llm.share: `3` does not lie in [0, 1]");
        assertThat(here.message(Workplace.YAML, Setting.set("llm.shar=3")))
                .isEqualTo("--set llm.shar: unknown key `llm.shar`, did you mean `llm.share`?");
        assertThat(here.message(() -> Setting.set("x")))
                .isEqualTo("--set x: expected KEY=VALUE, for example --set llm.share=0.4");

        environment.put("CHIRON_BUDGET_TRIALS", "many");
        assertThat(here.message(() -> reader().read(here.yaml(Workplace.YAML), List.of())))
                .isEqualTo("CHIRON_BUDGET_TRIALS: `many` is not a whole number, such as 8, 1e6 or 2**19");
        environment.remove("CHIRON_BUDGET_TRIALS");
        environment.put("CHIRON_METHDO", "random");
        environment.put("CHIRON_SOMETHING_ELSE_ENTIRELY", "x");
        environment.put("CHIRON_LLM_KEY", "a key, which is no setting, however like CHIRON_LLM_URL it looks");
        assertThat(here.message(() -> reader().settings(List.of())))
                .isEqualTo("CHIRON_METHDO: unknown variable, did you mean `CHIRON_METHOD`?");
    }

    @Test
    void thePersonsFileHoldsNoTask() throws IOException {
        Path config = personal("script: train.py\n");

        assertThat(here.message(() -> reader().settings(List.of())))
                .isEqualTo(
                        config
                                + ":1: unknown key `script`; known are method, facts, llm, budget, limits, sandbox, executor, slurm, workers, gpus, deterministic, notify_command");
        personal("# nothing yet\n");
        assertThat(reader().settings(List.of())).extracting(Setting::origin).containsOnly("default");
    }

    @Test
    void thePersonsFileMayLieElsewhere(@TempDir Path config) throws IOException {
        environment.put("XDG_CONFIG_HOME", config.toString());
        Path file = Files.createDirectory(config.resolve("chiron")).resolve("config.yaml");
        Files.writeString(file, "method: random\n");

        assertThat(setting(Workplace.YAML, "method").origin()).isEqualTo(file + ":1");
    }

    @Test
    void withoutAHomeThereIsNoPersonsFile() {
        assertThat(new SpecReader(Workplace.METHODS, Workplace.OPTIMIZERS, Map.of()).settings(List.of()))
                .contains(new Setting("budget.trials", "100", "default"));
    }

    @Test
    void aStudyThatGoesOnKeepsWhatIsNotGivenAnew() throws IOException {
        Path frozen = frozen(here.spec(
                Workplace.YAML,
                Setting.set("method=random"),
                Setting.set("seed=7"),
                Setting.set("budget.trials=12"),
                Setting.set("llm.model=builtin")));

        Spec now = reader().resume(here.yaml(Workplace.YAML), List.of(Setting.set("budget.trials=20")), frozen)
                .complete(Workplace.constants(), Map.of());

        assertThat(now.method()).isEqualTo("random");
        assertThat(now.seed()).isEqualTo(7);
        assertThat(now.llm().model()).isEqualTo("builtin");
        assertThat(now.budget().trials()).hasValue(20);
    }

    private LlmSpec goesOn(Path frozen, String task, Setting... flags) throws IOException {
        return reader().resume(here.yaml(task), List.of(flags), frozen)
                .complete(Workplace.constants(), Map.of())
                .llm();
    }

    @Test
    void aStudyThatGoesOnKeepsTheModelThatAFlagGaveIt() throws IOException {
        String task = Workplace.YAML + "llm: { model: ollama:a, share: 0.5 }\n";
        Path frozen = frozen(here.spec(task, Setting.set("llm.model=builtin")));

        LlmSpec now = goesOn(frozen, task);
        assertThat(now.models()).containsExactly("builtin");
        assertThat(now.origin().why())
                .matches("as the study began; .*chiron.yaml:\\d+ says ollama:a, for which give --llm");

        LlmSpec given = goesOn(frozen, task, new Setting("llm.model", "ollama:a", "--llm"));
        assertThat(given.models()).containsExactly("ollama:a");
        assertThat(given.origin().why()).isEqualTo("--llm; the study began with builtin");
        assertThat(goesOn(frozen, task, new Setting("llm.model", "builtin", "--llm"))
                        .origin()
                        .why())
                .isEmpty();

        LlmSpec changed = goesOn(frozen, task.replace("ollama:a", "ollama:b"));
        assertThat(changed.models()).containsExactly("ollama:b");
        assertThat(changed.origin().why())
                .matches(".*chiron.yaml:\\d+ was changed since; the study began with builtin");

        environment.put("CHIRON_LLM_MODEL", "ollama:c");
        LlmSpec named = goesOn(frozen, task);
        assertThat(named.models()).containsExactly("ollama:c");
        assertThat(named.origin().why()).isEqualTo("CHIRON_LLM_MODEL; the study began with builtin");
    }

    @Test
    void whatNamedTheModelNeedNotBeThereAnyMore() throws IOException {
        Path config = personal("llm: { model: ollama:a }\n");
        Path frozen =
                frozen(reader().read(here.yaml(Workplace.YAML), List.of()).complete(Workplace.constants(), Map.of()));
        Files.delete(config);

        assertThat(goesOn(frozen, Workplace.YAML).models()).containsExactly("ollama:a");
    }

    @Test
    void aStudyFromBeforeKeepsItsModelAndSaysThatItCannotTell() throws IOException {
        String task = Workplace.YAML + "llm: { model: ollama:a }\n";
        Path frozen = frozen(here.spec(task, Setting.set("llm.model=builtin")));
        Files.writeString(frozen, Files.readString(frozen).replaceAll("otherwise: [^,]*,", ""));

        LlmSpec now = goesOn(frozen, task);
        assertThat(now.models()).containsExactly("builtin");
        assertThat(now.origin().why())
                .matches("as the study began; whether it was changed since is not known of .*chiron.yaml:\\d+, "
                        + "which says ollama:a, for which give --llm");

        environment.put("CHIRON_LLM_MODEL", "ollama:c");
        assertThat(goesOn(frozen, task).models()).containsExactly("ollama:c");
    }

    @Test
    void aModelWithAKeyIsNotWrittenDownAlsoWhereAFlagOverrulesIt() {
        String task = Workplace.YAML + "llm: { model: 'command:ask sk-0123456789abcdefghij' }\n";

        assertThat(here.message(task, Setting.set("llm.model=builtin"))).contains("looks like a key");
    }

    @Test
    void aStudyThatGoesOnKeepsItsStart() throws IOException {
        Spec before = here.spec(Workplace.YAML);
        Map<String, Value> applied = Workplace.constants();
        applied.put("LR", new Value.Real(0.1));

        Spec now = reader().resume(here.yaml(Workplace.YAML), List.of(), frozen(before))
                .complete(applied, Map.of());

        assertThat(now).isEqualTo(before);
    }

    @Test
    void anotherTaskDoesNotGoOn() throws IOException {
        Path frozen = frozen(here.spec(Workplace.YAML + "constraints: [ DEPTH < 20 ]\n"));
        Path other = here.yaml(Workplace.YAML
                        .replace("python3 {script}", "python {script}")
                        .replace("high: 24", "high: 32")
                        .replace("LR: {", "X: { type: bool, default: true }\n  LR: {")
                        .replace("val_bpb", "val_bpb, goal: maximize, from: { file: r.json }")
                + "env: { A: 1 }\n");
        Map<String, Value> constants = Workplace.constants();
        constants.put("X", new Value.Flag(true));
        Draft draft = reader().resume(other, List.of(Setting.set("seed=1")), frozen);

        assertThat(here.message(() -> draft.complete(constants, Map.of())))
                .isEqualTo(
                        "chiron.yaml: is not the task that this study was started with: run (was python3 {script}, is"
                                + " python {script}), env, metric.goal (was minimize, is maximize), metric.from, seed (was 0, is"
                                + " 1), space.DEPTH (was int in [4, 24], is int in [4, 32]), space.X (is new), constraints; undo"
                                + " that and change the space in chiron session (/range, /add, /drop, /pin), where the study"
                                + " goes on, or start over with --fresh, or give another --study");
    }

    @Test
    void conditionsAndWhatIsNotActiveAreFrozenWithTheTask() throws IOException {
        String conditional = Workplace.YAML
                + "  WIDTH: { type: int, low: 1, high: 9, default: 7, when: { DEPTH: [4, 5], LOUD: true } }\n"
                + "  LOUD: { type: bool, default: true }\n"
                + "env: { W: \"{WIDTH}\", L: \"{LOUD}\" }\n";
        Spec before = here.spec(conditional);

        assertThat(before.baseline().values()).containsOnlyKeys("DEPTH", "LR", "LOUD");
        assertThat(before.space().filled(before.baseline())).containsEntry("WIDTH", new Value.Whole(7));
        Spec read = FrozenSpec.read(frozen(before));
        assertThat(read).isEqualTo(before);
        assertThat(read.space().filled(read.baseline()))
                .isEqualTo(before.space().filled(before.baseline()));
        Spec other = here.spec(conditional.replace("[4, 5]", "4"));
        assertThat(FrozenSpec.differences(before, other)).containsExactly("space (the conditions)");
    }

    @Test
    void aMissingParameterOrAnotherOrderIsAnotherTask() throws IOException {
        Spec before = here.spec(Workplace.YAML);
        String depth = "  DEPTH: { type: int, low: 4, high: 24, default: 8 }\n";
        Spec fewer = here.spec(Workplace.YAML.replace(depth, ""));
        Spec turned = here.spec(Workplace.YAML.replace(depth, "") + depth);

        assertThat(FrozenSpec.differences(before, fewer)).containsExactly("space.DEPTH (is gone)");
        assertThat(FrozenSpec.differences(before, turned)).containsExactly("space (another order)");
        assertThat(FrozenSpec.differences(before, before)).isEmpty();
    }

    @Test
    void aStudyFromBeforeOptimizersCouldBeChosenGoesOnWithCmaEs() throws IOException {
        Path frozen = frozen(here.spec(Workplace.YAML, Setting.set("optimizer=cma-es")));
        Files.writeString(frozen, Files.readString(frozen).replace("optimizer: \"cma-es\"\n", ""));

        assertThat(FrozenSpec.read(frozen).optimizer()).isEqualTo("cma-es");
        assertThat(reader().resume(here.yaml(Workplace.YAML), List.of(), frozen)
                        .complete(Workplace.constants(), Map.of())
                        .optimizer())
                .isEqualTo("cma-es");
        Draft other = reader().resume(here.yaml(Workplace.YAML), List.of(Setting.set("optimizer=gp")), frozen);
        assertThat(here.message(() -> other.complete(Workplace.constants(), Map.of())))
                .contains("optimizer (was cma-es, is gp)");
    }

    @Test
    void aMethodOfItsOwnIsItsOptimizer() throws IOException {
        Spec alone = here.spec(Workplace.YAML, Setting.set("method=random"));

        assertThat(alone.optimizer()).isEqualTo("random");
        assertThat(FrozenSpec.read(frozen(alone))).isEqualTo(alone);
        assertThat(here.message(
                        () -> here.spec(Workplace.YAML, Setting.set("method=random"), Setting.set("optimizer=tpe"))))
                .isEqualTo(
                        "--set optimizer: only the methods centaur, llambo, hyperband, iterative-deepening-hyperband, bohb, asha and centaur-code have an optimizer to choose, not random:"
                                + " take it out, or write method: tpe");
    }

    private Path frozen(Spec spec) throws IOException {
        Path study = Files.createDirectories(folder.resolve("chiron-study"));
        return Files.writeString(study.resolve("study.yaml"), FrozenSpec.text(spec, study));
    }
}
