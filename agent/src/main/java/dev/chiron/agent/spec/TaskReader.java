package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Scoring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the parts of a task that stand only in its file, and puts them together with the settings. */
final class TaskReader {

    /** The keys of a chiron.yaml that are more than one value. */
    static final List<String> STRUCTURED = List.of(
            "readonly",
            ScoringReader.HIDDEN,
            "env",
            "space",
            "constraints",
            "metric.from",
            ObjectiveReader.FEASIBLE,
            "sandbox.read",
            "sandbox.devices",
            "caches",
            "slurm.options",
            "slurm.setup");

    private static final String CENTAUR_CODE = "centaur-code";
    static final String LLAMBO = "llambo";
    static final String LLM = "llm";
    static final String LLM_TPE = "llm-tpe";
    static final String OPTOPRIME = "optoprime";
    static final String AGENT_HPO = "agent-hpo";

    /** The optimizer that a team has of several objectives unless another is named; measured, see docs/peers.md. */
    static final String OF_SEVERAL = "nsga2";

    /** The methods whose optimizer is a choice of its own. */
    static final List<String> TEAMS = List.of(
            "centaur",
            LLAMBO,
            FidelitySpec.HYPERBAND,
            FidelitySpec.DEEPENING,
            FidelitySpec.BOHB,
            FidelitySpec.ASHA,
            CENTAUR_CODE);

    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String KEY = "(?i).*API_?KEY";

    private final Section root;
    private final Settings settings;

    TaskReader(Section root, Settings settings) {
        this.root = root;
        this.settings = settings;
    }

    /** A task whose files must be there, and whose start is yet to be found. */
    Draft draft(Path file, Optional<Spec> frozen) {
        Project project = Project.of(file);
        String script = project.script(need(Key.SCRIPT, "train.py"));
        WrittenSpace space = WrittenSpace.read(root);
        List<String> readonly = readonly().stream().map(project::readonly).toList();
        MetricSource metric = metric(project, need(Key.METRIC_NAME, "val_loss").words());
        Scoring scoring = scoring(space).read(project, script, readonly, metric);
        Function<Map<String, Value>, Spec> spec = spec(project, script, readonly, scoring, space);
        return new Draft(
                file,
                project.folder().resolve(script),
                new Start(space, holes(space), script, fidelity()),
                spec,
                settings.list(Settings.all()),
                frozen);
    }

    /** A task that was complete when it was written; its files need not be there any more. */
    Spec complete(Project project) {
        WrittenSpace space = WrittenSpace.read(root);
        String script = need(Key.SCRIPT, "train.py").words();
        List<String> readonly = readonly().stream().map(Scalar::words).toList();
        Map<String, Value> start = new Start(space, Set.of(), script, Optional.empty()).values();
        return spec(project, script, readonly, scoring(space).complete(), space).apply(start);
    }

    /** Everything but the start, read and checked now. */
    private Function<Map<String, Value>, Spec> spec(
            Project project, String script, List<String> readonly, Scoring scoring, WrittenSpace space) {
        Optional<FidelitySpec> fidelity = new FidelityReader(settings).read(space.namesInScript());
        SettingsReader values = new SettingsReader(settings);
        Objective objective = new ObjectiveReader(root)
                .read(new Objective(need(Key.METRIC_NAME, "val_loss").words(), values.goal()), space.space());
        MetricSource metric = metric(project, objective.metric());
        String run = Template.checked(
                need(Key.RUN, "python3 {script}"), scoring(space).holes());
        Map<String, String> env = env(space);
        Limits limits = values.limits();
        SandboxSpec sandbox = new SandboxReader(root, settings).read();
        ExecutorSpec executor = new ExecutorReader(root, settings).read(limits, scoring);
        LlmSpec llm = values.llm();
        Budget budget = values.budget();
        long seed = settings.get(Key.SEED).whole();
        int repeats = settings.get(Key.REPEATS).count(0);
        PruneSpec prune = new PruneReader(settings).read();
        Optional<CheckpointSpec> checkpoints =
                settings.get(Key.CHECKPOINTS_KEEP).unlessNone(keep -> new CheckpointSpec(keep.size()));
        PopulationReader populations = new PopulationReader(settings);
        PopulationSpec population = populations.read();
        ReplicaSpec replicas = populations.replicas(space.space());
        populations.check(checkpoints);
        EditsSpec edits = values.edits();
        FromSpec from = new FromReader(project.folder(), settings).read();
        Facts facts = new FactsReader(settings).read();
        CrewSpec crew = new CrewReader(settings).read(env);
        Optional<String> notifyCommand = settings.get(Key.NOTIFY_COMMAND).unlessNone(Scalar::words);
        String task = settings.get(Key.TASK).text().strip();
        String method = settings.get(Key.METHOD).words();
        String optimizer = optimizer(method);
        return start -> new Spec(
                project.folder(),
                task,
                script,
                run,
                env,
                objective,
                metric,
                limits,
                sandbox,
                executor,
                readonly,
                scoring,
                space.space().restingAt(start),
                space.space().config(start),
                space.priors(),
                method,
                optimizer,
                llm,
                budget,
                seed,
                repeats,
                prune,
                fidelity,
                checkpoints,
                population,
                replicas,
                edits,
                from,
                facts,
                crew,
                notifyCommand);
    }

    private ScoringReader scoring(WrittenSpace space) {
        return new ScoringReader(root, settings, parameters(space));
    }

    private String optimizer(String method) {
        if (TEAMS.contains(method)) {
            return settings.find(Key.OPTIMIZER).map(Scalar::words).orElseGet(() -> usual(method));
        }
        String own = standingBy(method);
        settings.find(Key.OPTIMIZER).filter(given -> !given.words().equals(own)).ifPresent(given -> {
            throw given.bad("only the methods " + String.join(", ", TEAMS.subList(0, TEAMS.size() - 1)) + " and "
                    + CENTAUR_CODE + " have an optimizer to choose, not "
                    + method + ": take it out, or write method: " + given.words());
        });
        return own;
    }

    /** The optimizer of a team where none is named. */
    private static String usual(String method) {
        if (FidelitySpec.METHODS.contains(method)) {
            return FidelitySpec.usualOptimizer(method);
        }
        return method.equals(CENTAUR_CODE) ? "cma-es" : Key.OPTIMIZER.fallback();
    }

    /** What stands by a method that has no optimizer to choose and is none; any other is its own. */
    private static String standingBy(String method) {
        if (FidelitySpec.POPULATIONS.contains(method)) {
            return FidelitySpec.RANDOM;
        }
        return List.of(LLM, OPTOPRIME, AGENT_HPO).contains(method) ? "sobol" : method.equals(LLM_TPE) ? "tpe" : method;
    }

    private Scalar need(Key key, String example) {
        return settings.find(key).orElseThrow(() -> {
            String shown = key.dotted().contains(".")
                    ? key.dotted().replace(".", ": { ") + ": " + example + " }"
                    : key.dotted() + ": " + example;
            return root.bad("`" + key.dotted() + "` is missing, for example " + shown);
        });
    }

    private MetricSource metric(Project project, String name) {
        Optional<Entry> from = ObjectiveReader.first(root)
                .map(entry -> entry.section("{ name: val_loss }"))
                .flatMap(section -> section.find("from"));
        if (from.isEmpty() || from.get().isScalar()) {
            from.ifPresent(entry -> entry.scalar().oneOf(List.of("stdout")));
            return new MetricSource.Stdout();
        }
        String example = "{ file: result.json, path: $." + name + " }";
        Section source = from.get().section("stdout, or " + example).only(List.of("file", "path"));
        String file = project.written(source.need("file", "from: " + example).scalar());
        String path =
                source.find("path").map(Entry::scalar).map(TaskReader::jsonPath).orElse("$." + name);
        return new MetricSource.JsonFile(file, path);
    }

    private static String jsonPath(Scalar path) {
        if (!path.words().startsWith("$.")) {
            throw path.bad(path.shown() + " is no path into the file; write it as $.val_loss or $.eval.loss");
        }
        return path.words();
    }

    private Map<String, String> env(WrittenSpace space) {
        Map<String, String> env = new LinkedHashMap<>();
        Optional<Entry> entry = root.find("env");
        if (entry.isEmpty()) {
            return env;
        }
        Section section = entry.get().section("{ OMP_NUM_THREADS: 1 }");
        for (String name : section.keys()) {
            Scalar value = section.need(name, "").scalar();
            if (!name.matches(VARIABLE)) {
                throw value.bad("is no name for an environment variable");
            }
            if (name.matches(KEY)) {
                throw value.bad("an API key is never given to a trial; remove it");
            }
            if (value.text().indexOf(0) >= 0) {
                throw value.bad("holds a NUL character, which no environment variable can");
            }
            env.put(name, value.text().isBlank() ? value.text() : Template.checked(value, parameters(space)));
        }
        return env;
    }

    private List<Scalar> readonly() {
        List<Scalar> entries = new ArrayList<>();
        root.find("readonly")
                .ifPresent(list -> list.list("[prepare.py, data/]").forEach(entry -> entries.add(entry.scalar())));
        return entries;
    }

    private Optional<Start.Told> fidelity() {
        return new FidelityReader(settings)
                .name()
                .map(name -> new Start.Told(settings.get(Key.FIDELITY_NAME).place(), name));
    }

    /** The holes of the command and of the environment's values, checked before. */
    private Set<String> holes(WrittenSpace space) {
        Set<String> holes = new LinkedHashSet<>(Template.holes(need(Key.RUN, "").text()));
        env(space).values().forEach(value -> holes.addAll(Template.holes(value)));
        return holes;
    }

    /** What may stand in a hole: the parameters, and what says how long a trial trains. */
    private List<String> parameters(WrittenSpace space) {
        return Stream.concat(space.namesInScript().stream(), new FidelityReader(settings).name().stream())
                .toList();
    }
}
