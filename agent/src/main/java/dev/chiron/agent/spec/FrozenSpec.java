package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.sandbox.run.Scoring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The {@code study.yaml} of a study: its task as it was when the study was started, complete and without secrets. */
public final class FrozenSpec {

    /** The key of the project's folder, relative to the study's folder. */
    static final String PROJECT = "project";

    /** The prompt of every study whose study.yaml does not name one. */
    private static final String FIRST_PROMPT = "full";

    /** What models are told of the papers' rules in every study whose study.yaml does not say. */
    private static final String FIRST_FACTS = FactsReader.NONE;

    /** The optimizer of every study whose study.yaml does not name one. */
    private static final String FIRST_OPTIMIZER = "cma-es";

    private static final List<String> STRUCTURED = structured();

    private FrozenSpec() {}

    private static List<String> structured() {
        List<String> keys = new ArrayList<>(TaskReader.STRUCTURED);
        keys.add(PROJECT);
        keys.add("llm." + ModelOrigin.KEY);
        return keys;
    }

    /**
     * The text of a study.yaml; {@link #read} makes an equal spec of it.
     *
     * @param study the study's folder, in which the text will be written
     */
    public static String text(Spec spec, Path study) {
        return new SpecWriter(spec).text(study);
    }

    /**
     * The same as a chiron.yaml with which the study can be begun anew.
     *
     * @param secret which variables of a run's environment, by their names, are not to be shown
     */
    public static String task(Spec spec, Predicate<String> secret) {
        return new SpecWriter(spec).anew(secret);
    }

    /** The spec in a study.yaml. The project's files are not looked at. */
    public static Spec read(Path file) {
        Section root = YamlFile.read(file);
        Settings settings = new Settings(
                List.of(complete(Settings.of(root, Key.Scope.TASK, STRUCTURED))), new ModelOrigin(otherwise(root), ""));
        String project = root.need(PROJECT, "project: ..").scalar().words();
        Path folder = Project.folderOf(file).resolve(project).normalize();
        return new TaskReader(root, settings).complete(new Project(folder));
    }

    /** The settings of a study.yaml that hold when they are not given anew. */
    static Map<Key, Scalar> settings(Path file) {
        Map<Key, Scalar> settings = complete(Settings.of(YamlFile.read(file), Key.Scope.TASK, STRUCTURED));
        settings.keySet().retainAll(Key.in(Key.Scope.RUN));
        return settings;
    }

    /** What named the models when a study began, but for its flags; empty where it does not say. */
    static String otherwise(Section root) {
        return root.find(Key.LLM_MODEL.section())
                .filter(Entry::isSection)
                .flatMap(llm -> llm.section("").find(ModelOrigin.KEY))
                .map(entry -> entry.scalar().words())
                .orElse("");
    }

    /** A study from before there was a choice goes on with what it began with. */
    private static Map<Key, Scalar> complete(Map<Key, Scalar> settings) {
        boolean chooses = Optional.ofNullable(settings.get(Key.METHOD))
                .filter(method -> !TaskReader.TEAMS.contains(method.words()))
                .isEmpty();
        if (chooses) {
            settings.putIfAbsent(
                    Key.OPTIMIZER, new Scalar(new Place("study.yaml", Key.OPTIMIZER.dotted()), FIRST_OPTIMIZER, false));
        }
        settings.putIfAbsent(
                Key.LLM_PROMPT, new Scalar(new Place("study.yaml", Key.LLM_PROMPT.dotted()), FIRST_PROMPT, false));
        settings.putIfAbsent(
                Key.FACTS_CARDS, new Scalar(new Place("study.yaml", Key.FACTS_CARDS.dotted()), FIRST_FACTS, false));
        return settings;
    }

    /**
     * The keys in which two tasks differ so that the trials of one mean nothing for the other, each with what it was and
     * is where that is short. Limits, budgets and the language model may change; so may the script's own values.
     */
    public static List<String> differences(Spec frozen, Spec now) {
        List<String> differences = new ArrayList<>();
        add(differences, "script", frozen.script(), now.script());
        add(differences, "run", frozen.run(), now.run());
        add(differences, "env", frozen.env(), now.env());
        add(
                differences,
                "metric.name",
                frozen.objective().metric(),
                now.objective().metric());
        add(
                differences,
                "metric.goal",
                frozen.objective().goal().label(),
                now.objective().goal().label());
        add(
                differences,
                "metric (the further objectives)",
                frozen.objective().further(),
                now.objective().further());
        add(
                differences,
                ObjectiveReader.FEASIBLE,
                frozen.objective().feasible(),
                now.objective().feasible());
        add(differences, "metric.from", frozen.metric(), now.metric());
        addScoring(differences, frozen.scoring(), now.scoring());
        add(differences, "method", frozen.method(), now.method());
        add(differences, "optimizer", frozen.optimizer(), now.optimizer());
        add(differences, "seed", frozen.seed(), now.seed());
        add(differences, "space (the priors)", frozen.priors(), now.priors());
        add(differences, "repeats", (long) frozen.repeats(), (long) now.repeats());
        add(differences, "prune", frozen.prune().toString(), now.prune().toString());
        add(
                differences,
                "fidelity",
                frozen.fidelity().map(FidelitySpec::toString).orElse(Key.NONE),
                now.fidelity().map(FidelitySpec::toString).orElse(Key.NONE));
        add(
                differences,
                Key.CHECKPOINTS_KEEP.section(),
                frozen.checkpoints().isPresent() ? "kept" : Key.NONE,
                now.checkpoints().isPresent() ? "kept" : Key.NONE);
        if (now.method().equals(FidelitySpec.PBT)) {
            add(
                    differences,
                    FidelitySpec.PBT,
                    frozen.population().toString(),
                    now.population().toString());
        }
        if (now.method().equals(FidelitySpec.HDET)) {
            add(differences, FidelitySpec.HDET, frozen.replicas(), now.replicas());
        }
        add(differences, "edits", frozen.evidence().edits(), now.evidence().edits());
        add(differences, "from", frozen.from().toString(), now.from().toString());
        addSpace(differences, frozen.space(), now.space());
        return differences;
    }

    private static void addScoring(List<String> differences, Scoring frozen, Scoring now) {
        add(
                differences,
                "evaluate",
                frozen.evaluate().orElse(Key.NONE),
                now.evaluate().orElse(Key.NONE));
        add(
                differences,
                "holdout",
                frozen.holdout().orElse(Key.NONE),
                now.holdout().orElse(Key.NONE));
        add(differences, "artifacts", frozen.artifacts(), now.artifacts());
        add(differences, ScoringReader.HIDDEN, frozen.hidden(), now.hidden());
    }

    private static void addSpace(List<String> differences, SearchSpace frozen, SearchSpace now) {
        int before = differences.size();
        for (Parameter parameter : frozen.parameters()) {
            String key = "space." + parameter.name();
            Optional<Parameter> other = now.find(parameter.name());
            if (other.isEmpty()) {
                differences.add(key + " (is gone)");
            } else if (!other.get().equals(parameter)) {
                differences.add(changed(key, parameter.describe(), other.get().describe()));
            }
        }
        for (Parameter parameter : now.parameters()) {
            if (frozen.find(parameter.name()).isEmpty()) {
                differences.add("space." + parameter.name() + " (is new)");
            }
        }
        if (differences.size() == before && !frozen.parameters().equals(now.parameters())) {
            differences.add("space (another order)");
        }
        add(differences, "space (the conditions)", frozen.conditions(), now.conditions());
        add(differences, "constraints", frozen.constraints(), now.constraints());
    }

    private static void add(List<String> differences, String key, Object was, Object is) {
        if (!was.equals(is)) {
            boolean isShort = was instanceof String || was instanceof Long;
            differences.add(isShort ? changed(key, was, is) : key);
        }
    }

    private static String changed(String key, Object was, Object is) {
        return key + " (was " + was + ", is " + is + ")";
    }
}
