package dev.chiron.agent.spec;

import dev.chiron.sandbox.run.Scoring;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting that is one value: its dotted key, where it may be given, and what holds when it is not. The lists and
 * maps of a chiron.yaml ({@code readonly}, {@code hidden}, {@code env}, {@code space}, {@code constraints}, {@code metric.from}, {@code sandbox.read}, {@code sandbox.devices},
 * {@code caches}, {@code slurm.options}, {@code slurm.setup}) stand
 * only there.
 */
enum Key {
    TASK("task", Scope.TASK, ""),
    SCRIPT("script", Scope.TASK, Key.REQUIRED),
    RUN("run", Scope.TASK, Key.REQUIRED),
    EVALUATE("evaluate", Scope.TASK, Key.NONE),
    HOLDOUT("holdout", Scope.TASK, Key.NONE),
    ARTIFACTS("artifacts", Scope.TASK, Scoring.USUAL_ARTIFACTS),
    METRIC_NAME("metric.name", Scope.TASK, Key.REQUIRED),
    METRIC_GOAL("metric.goal", Scope.TASK, "minimize"),
    METHOD("method", Scope.PERSON, "centaur"),
    OPTIMIZER("optimizer", Scope.RUN, "gp"),
    SEED("seed", Scope.RUN, "0"),
    REPEATS("repeats", Scope.RUN, "0"),
    PRUNE_BY("prune.by", Scope.RUN, Key.NONE),
    PRUNE_THEN("prune.then", Scope.RUN, Key.NONE),
    PRUNE_PERCENTILE("prune.percentile", Scope.RUN, Key.AUTO),
    PRUNE_STARTUP("prune.startup", Scope.RUN, Key.AUTO),
    PRUNE_LEAST("prune.least", Scope.RUN, Key.AUTO),
    PRUNE_WARMUP("prune.warmup", Scope.RUN, Key.AUTO),
    PRUNE_INTERVAL("prune.interval", Scope.RUN, Key.AUTO),
    PRUNE_REDUCTION("prune.reduction", Scope.RUN, Key.AUTO),
    PRUNE_GRACE("prune.grace", Scope.RUN, Key.AUTO),
    PRUNE_LONGEST("prune.longest", Scope.RUN, Key.AUTO),
    PRUNE_PATIENCE("prune.patience", Scope.RUN, Key.AUTO),
    PRUNE_DELTA("prune.delta", Scope.RUN, Key.AUTO),
    PRUNE_LOW("prune.low", Scope.RUN, Key.AUTO),
    PRUNE_HIGH("prune.high", Scope.RUN, Key.AUTO),
    PRUNE_LEVEL("prune.level", Scope.RUN, Key.AUTO),
    FIDELITY_NAME("fidelity.name", Scope.TASK, Key.NONE),
    FIDELITY_MIN("fidelity.min", Scope.TASK, Key.NONE),
    FIDELITY_MAX("fidelity.max", Scope.TASK, Key.NONE),
    FIDELITY_ETA("fidelity.eta", Scope.RUN, "3"),
    FIDELITY_START("fidelity.start", Scope.RUN, Key.AUTO),
    FIDELITY_VARIANT("fidelity.variant", Scope.RUN, "efficient"),
    CHECKPOINTS_KEEP("checkpoints.keep", Scope.RUN, Key.NONE),
    PBT_POPULATION("pbt.population", Scope.RUN, "4"),
    PBT_QUANTILE("pbt.quantile", Scope.RUN, "0.25"),
    PBT_RESAMPLE("pbt.resample", Scope.RUN, "0.25"),
    HDET_PARAMETER("hdet.parameter", Scope.RUN, Key.NONE),
    HDET_REPLICAS("hdet.replicas", Scope.RUN, "4"),
    HDET_SPREAD("hdet.spread", Scope.RUN, "0.3"),
    HDET_TEMPERATURE("hdet.temperature", Scope.RUN, "0.1"),
    HDET_MOMENTUM("hdet.momentum", Scope.RUN, "0"),
    HDET_STEP("hdet.step", Scope.RUN, "1"),
    HDET_MERGE("hdet.merge", Scope.TASK, Key.NONE),
    EDITS_LEVEL("edits.keep_level", Scope.RUN, "0.05"),
    EDITS_REPEATS("edits.repeats", Scope.RUN, "5"),
    EDITS_ABLATION("edits.ablation", Scope.RUN, "3"),
    EDITS_LINES("edits.lines", Scope.RUN, "200"),
    FROM_SOURCES("from.sources", Scope.RUN, Key.NONE),
    FROM_METRIC("from.metric", Scope.RUN, Key.NONE),
    FROM_MISSING("from.missing", Scope.RUN, FromSpec.REFUSE),
    FACTS_CARDS("facts.cards", Scope.PERSON, Key.AUTO),
    FACTS_PARAMS("facts.params", Scope.RUN, Key.NONE),
    FACTS_TOKENS("facts.tokens", Scope.RUN, Key.NONE),
    FACTS_STEPS("facts.steps", Scope.RUN, Key.NONE),
    FACTS_SEQUENCE("facts.sequence", Scope.RUN, Key.NONE),
    FACTS_DEVICE_BATCH("facts.device_batch", Scope.RUN, Key.NONE),
    FACTS_DEPTH("facts.depth", Scope.RUN, Key.NONE),
    FACTS_WIDTH("facts.width", Scope.RUN, Key.NONE),
    FACTS_BETA2("facts.beta2", Scope.RUN, Key.NONE),
    LLM_MODEL("llm.model", Scope.PERSON, "none"),
    LLM_SHARE("llm.share", Scope.PERSON, "0.3"),
    LLM_WARMUP("llm.warmup", Scope.PERSON, "10"),
    LLM_URL("llm.url", Scope.PERSON, Key.NONE),
    LLM_TEMPERATURE("llm.temperature", Scope.PERSON, Key.NONE),
    LLM_TIMEOUT("llm.timeout", Scope.PERSON, "2m"),
    LLM_THINK("llm.think", Scope.PERSON, "false"),
    LLM_REQUIRED("llm.required", Scope.PERSON, "false"),
    LLM_PRICES("llm.prices", Scope.PERSON, Key.NONE),
    LLM_MAX_TOKENS("llm.max_tokens", Scope.PERSON, Key.NONE),
    LLM_CONTEXT("llm.context", Scope.PERSON, Key.NONE),
    LLM_KEY_ENV("llm.key_env", Scope.PERSON, Key.NONE),
    LLM_ENV("llm.env", Scope.PERSON, Key.NONE),
    LLM_PROMPT("llm.prompt", Scope.PERSON, LlmSpec.AUTO),
    LLM_WARM_START("llm.warm_start", Scope.RUN, "0"),
    LLM_TRIAL_USD("llm.trial_usd", Scope.PERSON, "0.01"),
    LLM_STYLE("llm.style", Scope.RUN, "agent"),
    LLM_MEMORY("llm.memory", Scope.RUN, "10"),
    LLAMBO_MODE("llambo.mode", Scope.RUN, "batched"),
    LLAMBO_SURROGATE("llambo.surrogate", Scope.RUN, "discriminative"),
    LLAMBO_ALPHA("llambo.alpha", Scope.RUN, "0.1"),
    LLAMBO_CANDIDATES("llambo.candidates", Scope.RUN, "10"),
    LLAMBO_CONTEXT("llambo.context", Scope.RUN, "full"),
    BUDGET_TRIALS("budget.trials", Scope.PERSON, "100"),
    BUDGET_TRAININGS("budget.trainings", Scope.PERSON, Key.NONE),
    BUDGET_TRAIN_TIME("budget.train_time", Scope.PERSON, Key.NONE),
    BUDGET_LLM_USD("budget.llm_usd", Scope.PERSON, Key.NONE),
    BUDGET_LLM_TOKENS("budget.llm_tokens", Scope.PERSON, Key.NONE),
    BUDGET_LLM_CALLS("budget.llm_calls", Scope.PERSON, Key.NONE),
    LIMITS_TIME("limits.time", Scope.PERSON, "1h"),
    LIMITS_MEMORY("limits.memory", Scope.PERSON, Key.AUTO),
    LIMITS_PROCESSES("limits.processes", Scope.PERSON, Key.AUTO),
    LIMITS_OUTPUT("limits.output", Scope.PERSON, "20m"),
    LIMITS_DISK("limits.disk", Scope.PERSON, Key.AUTO),
    SANDBOX_LEVEL("sandbox.level", Scope.PERSON, SandboxSpec.AUTO),
    SANDBOX_NETWORK("sandbox.network", Scope.RUN, "false"),
    EXECUTOR("executor", Scope.PERSON, ExecutorSpec.LOCAL),
    SLURM_PARTITION("slurm.partition", Scope.PERSON, Key.NONE),
    SLURM_ACCOUNT("slurm.account", Scope.PERSON, Key.NONE),
    SLURM_TIME("slurm.time", Scope.PERSON, Key.AUTO),
    SLURM_GPUS("slurm.gpus", Scope.PERSON, Key.NONE),
    SLURM_CPUS("slurm.cpus", Scope.PERSON, Key.NONE),
    SLURM_MEMORY("slurm.memory", Scope.PERSON, Key.AUTO),
    SLURM_MAX_JOBS("slurm.max_jobs", Scope.PERSON, "100"),
    SLURM_ARRAY("slurm.array", Scope.PERSON, "1"),
    SLURM_PENDING("slurm.pending", Scope.PERSON, "168h"),
    SLURM_POLL("slurm.poll", Scope.PERSON, "10s"),
    WORKERS("workers", Scope.PERSON, Key.AUTO),
    GPUS("gpus", Scope.PERSON, Key.NONE),
    DETERMINISTIC("deterministic", Scope.PERSON, "false"),
    NOTIFY_COMMAND("notify_command", Scope.PERSON, Key.NONE);

    static final String NONE = "none";
    /** What this machine can bear, or what is usual for what else was chosen. */
    static final String AUTO = "auto";

    private static final String REQUIRED = "";
    private static final String PREFIX = "CHIRON_";

    private final String dotted;
    private final Scope scope;
    private final String fallback;

    Key(String dotted, Scope scope, String fallback) {
        this.dotted = dotted;
        this.scope = scope;
        this.fallback = fallback;
    }

    /** Where a setting may be given beside chiron.yaml and {@code --set}; each allows what those before it allow. */
    enum Scope {
        TASK,
        /** also by flags, environment variables, and a study that goes on */
        RUN,
        /** also in the person's own config.yaml */
        PERSON
    }

    String dotted() {
        return dotted;
    }

    /** The first part of the key: the section, or the key itself. */
    String section() {
        return dotted.contains(".") ? dotted.substring(0, dotted.indexOf('.')) : dotted;
    }

    String fallback() {
        return fallback;
    }

    /** The environment variable, such as {@code CHIRON_LLM_MODEL}. */
    String variable() {
        return PREFIX + dotted.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    static Optional<Key> of(String dotted) {
        return Arrays.stream(values()).filter(key -> key.dotted.equals(dotted)).findFirst();
    }

    /** The keys that may be given where this scope is asked for, in order. */
    static List<Key> in(Scope scope) {
        return Arrays.stream(values())
                .filter(key -> key.scope.compareTo(scope) >= 0)
                .toList();
    }

    static List<String> dotted(List<Key> keys) {
        return keys.stream().map(Key::dotted).toList();
    }

    static boolean isVariable(String name) {
        return name.startsWith(PREFIX);
    }
}
