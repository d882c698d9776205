package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.spec.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a study is begun or gone on with: its task, its folder, and flags in place of the task file's keys. */
final class TaskOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "chiron.yaml",
            paramLabel = "TASK",
            description = "the task file (default: ${DEFAULT-VALUE})")
    private String task = "chiron.yaml";

    @Option(names = "--trials", paramLabel = "N", description = "stop after so many trials, the baseline included")
    private @Nullable String trials;

    @Option(
            names = "--trainings",
            paramLabel = "N",
            description =
                    "stop after so many whole trainings; a trial at a ninth of the epochs (fidelity:) is a ninth of one")
    private @Nullable String trainings;

    @Option(names = "--time", paramLabel = "TIME", description = "stop after so much training time: 90s, 30m, 8h")
    private @Nullable String time;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            completionCandidates = Candidates.Methods.class,
            description = "who proposes: centaur, cma-es, tpe, gp, … (see chiron methods)")
    private @Nullable String method;

    @Option(
            names = "--optimizer",
            paramLabel = "METHOD",
            description =
                    "the optimizer in centaur, and in hyperband, bohb and asha (there random as well): cma-es, lra-cma-es, tpe, gp, turbo, random-forest, conformal, genetic, nsga2, mo-cma-es, cross-entropy, cost-aware, portfolio")
    private @Nullable String optimizer;

    @Option(
            names = "--llm",
            paramLabel = "MODEL",
            description = {
                "none, builtin, perturb, ollama:NAME, openai:NAME, anthropic:NAME, gemini:NAME, openai-compatible:NAME@URL, command:PROGRAM ARGS, replay:FOLDER;",
                "given several times, or several with commas: they share the model's turns, by what each gains for a dollar"
            })
    private List<String> llm = new ArrayList<>();

    @Option(
            names = "--llm-share",
            paramLabel = "SHARE",
            description =
                    "the model's share of the trials after the warm-up, 0 to 1, or adaptive: by what its trials are worth")
    private @Nullable String share;

    @Option(
            names = "--warm-start",
            paramLabel = "N",
            description = "the model proposes the first N configs, up to 10, whatever the method (default: 0)")
    private @Nullable String warmStart;

    @Option(
            names = "--from",
            paramLabel = "FILE|STUDY",
            description = {
                "earlier results to begin with, several times for several: a study's folder, a CSV or TSV table, results.tsv, a W&B export, optuna.db;",
                "they cost no trials, and the best of them is run again first"
            })
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--from-metric",
            paramLabel = "NAME",
            description =
                    "what the metric is called in the earlier results (default: as in the task); of several objectives NAME,NAME: each, in order")
    private @Nullable String fromMetric;

    @Option(
            names = "--from-missing",
            paramLabel = "WHAT",
            description =
                    "a parameter that the earlier results do not have: refuse them (the default), or take the script's own value: baseline")
    private @Nullable String fromMissing;

    @Option(
            names = "--facts",
            paramLabel = "CARDS",
            description = "what models are told of the papers' rules: auto (what is for the task) or none")
    private @Nullable String facts;

    @Option(
            names = "--llm-required",
            description = "pause when the model cannot be reached, instead of going on without it")
    private boolean required;

    @Option(
            names = "--llm-usd",
            paramLabel = "DOLLARS",
            description = "end the model's turns, and not the study, before they cost more than this")
    private @Nullable String usd;

    @Option(names = "--llm-tokens", paramLabel = "N", description = "the same for tokens, read and written together")
    private @Nullable String tokens;

    @Option(names = "--llm-calls", paramLabel = "N", description = "the same for calls")
    private @Nullable String calls;

    @Option(names = "--seed", paramLabel = "N", description = "the seed of all random choices")
    private @Nullable String seed;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description =
                    "run what looks best, and the best so far, up to N times again before it is believed (default: 0)")
    private @Nullable String repeats;

    @Option(
            names = "--prune",
            paramLabel = "RULE",
            description =
                    "stop runs early that promise nothing: median, percentile, asha, hyperband, patient, threshold, wilcoxon, extrapolate, model (default: none)")
    private @Nullable String prune;

    @Option(
            names = "--keep-level",
            paramLabel = "P",
            description = "how often an edit of the script that is no better may be kept all the same (default: 0.05)")
    private @Nullable String keepLevel;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "run up to N trials at once (default: 1, or one for each of --gpus)")
    private @Nullable String workers;

    @Option(
            names = "--gpus",
            paramLabel = "GPUS",
            description = "a GPU for each worker, such as 0,1: its trials see no other (CUDA_VISIBLE_DEVICES)")
    private @Nullable String gpus;

    @Option(
            names = "--deterministic",
            description =
                    "with several workers: what is proposed follows from the seed alone, whichever trial ends first; workers wait for one another")
    private boolean deterministic;

    @Option(
            names = "--study",
            paramLabel = "FOLDER",
            description = "the study's folder (default: chiron-study beside the task)")
    private @Nullable String study;

    @Option(
            names = "--sandbox",
            paramLabel = "LEVEL",
            description = "how trials are kept in: auto (the best that works here), bubblewrap, unshare, off")
    private @Nullable String sandbox;

    @Option(
            names = "--executor",
            paramLabel = "WHERE",
            description =
                    "where trials run: local (the default), or slurm: as jobs of a cluster (slurm: in the task file)")
    private @Nullable String executor;

    @Option(
            names = "--max-jobs",
            paramLabel = "N",
            description = "with --executor slurm, most jobs in flight, waiting ones included (default: 100)")
    private @Nullable String maxJobs;

    @Option(names = "--fresh", description = "begin anew; an old study is moved aside, not deleted")
    private boolean fresh;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "set any key of the task file, such as limits.time=5m")
    private List<String> set = new ArrayList<>();

    /** The task file. */
    Path file(Console console) {
        return console.path(task);
    }

    /** The study's folder. */
    Path folder(Console console) {
        Path folder = study == null ? file(console).resolveSibling("chiron-study") : console.path(study);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInput(folder + " is a file: give the study a folder with --study");
        }
        return folder;
    }

    /** Whether a study that is there is moved aside. */
    boolean isFresh() {
        return fresh;
    }

    /** What was given of the task file's keys. */
    List<Setting> settings(Console console) {
        List<Setting> settings = new ArrayList<>();
        set.stream().map(Setting::set).forEach(settings::add);
        add(settings, "budget.trials", trials, "--trials");
        add(settings, "budget.trainings", trainings, "--trainings");
        add(settings, "budget.train_time", time, "--time");
        add(settings, "method", method, "--method");
        add(settings, "optimizer", optimizer, "--optimizer");
        add(settings, "llm.model", llm.isEmpty() ? null : String.join(", ", llm), "--llm");
        add(settings, "llm.share", share, "--llm-share");
        add(settings, "llm.warm_start", warmStart, "--warm-start");
        add(settings, "facts.cards", facts, "--facts");
        add(settings, "budget.llm_usd", usd, "--llm-usd");
        add(settings, "budget.llm_tokens", tokens, "--llm-tokens");
        add(settings, "budget.llm_calls", calls, "--llm-calls");
        add(settings, "seed", seed, "--seed");
        add(settings, "repeats", repeats, "--repeats");
        add(settings, "prune.by", prune, "--prune");
        add(settings, "edits.keep_level", keepLevel, "--keep-level");
        add(settings, "from.sources", sources(console), "--from");
        add(settings, "from.metric", fromMetric, "--from-metric");
        add(settings, "from.missing", fromMissing, "--from-missing");
        add(settings, SandboxSpec.KEY, sandbox, "--sandbox");
        add(settings, "executor", executor, "--executor");
        add(settings, "slurm.max_jobs", maxJobs, "--max-jobs");
        add(settings, "workers", workers, "--workers");
        add(settings, "gpus", gpus, "--gpus");
        if (required) {
            settings.add(new Setting("llm.required", "true", "--llm-required"));
        }
        if (deterministic) {
            settings.add(new Setting("deterministic", "true", "--deterministic"));
        }
        return settings;
    }

    /** On the command line they are named from the current folder, in the task file from its own. */
    private @Nullable String sources(Console console) {
        if (from.isEmpty() || from.equals(List.of("none"))) {
            return from.isEmpty() ? null : "none";
        }
        for (String source : from) {
            if (source.isBlank() || source.contains(",")) {
                throw new BadInput("--from " + source + ": give the name of a file or folder, without a comma in it; "
                        + "for several repeat --from");
            }
        }
        return String.join(
                ", ",
                from.stream().map(source -> console.path(source).toString()).toList());
    }

    private static void add(List<Setting> settings, String key, @Nullable String text, String flag) {
        if (text != null) {
            settings.add(new Setting(key, text, flag));
        }
    }
}
