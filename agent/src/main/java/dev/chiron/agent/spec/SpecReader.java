package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a task from {@code chiron.yaml} and everything that may overrule it: flags, then environment variables
 * ({@code CHIRON_LLM_MODEL} for {@code llm.model}), then chiron.yaml, then the person's own
 * {@code ~/.config/chiron/config.yaml}, then what a study that goes on was started with. The models of a study that goes on are its own
 * unless a flag, or something written since, names others ({@link ModelOrigin}).
 *
 * <p>Reads only; makes no file and no folder. Everything wrong is one {@link BadInput}.
 */
public final class SpecReader {

    private final List<String> methods;
    private final List<String> optimizers;
    private final Map<String, String> environment;

    /**
     * @param methods the methods that there are
     * @param optimizers those that centaur may have for its optimizer
     * @param environment the process's environment variables
     */
    public SpecReader(List<String> methods, List<String> optimizers, Map<String, String> environment) {
        this.methods = List.copyOf(methods);
        this.optimizers = List.copyOf(optimizers);
        this.environment = new LinkedHashMap<>(environment);
    }

    /**
     * A task for a new study.
     *
     * @param flags settings from the command line; of one key the last holds
     */
    public Draft read(Path file, List<Setting> flags) {
        return draft(file, flags, Optional.empty());
    }

    /**
     * A task for a study that goes on. What is not given now holds as it was; {@link Draft#complete} refuses a task
     * other than the study's.
     *
     * @param frozen the study's {@code study.yaml}
     */
    public Draft resume(Path file, List<Setting> flags, Path frozen) {
        return draft(file, flags, Optional.of(frozen));
    }

    private Draft draft(Path file, List<Setting> flags, Optional<Path> frozen) {
        Section root = YamlFile.read(file);
        List<Map<Key, Scalar>> layers = layers(flags, Settings.of(root, Key.Scope.TASK, TaskReader.STRUCTURED));
        ModelOrigin.Choice models = models(layers, frozen);
        frozen.ifPresent(study -> layers.add(FrozenSpec.settings(study)));
        layers.add(0, Map.of(Key.LLM_MODEL, models.models()));
        layers.add(usual(root, layers));
        Settings settings = new Settings(layers, models.origin());
        if (TaskReader.TEAMS.contains(settings.get(Key.METHOD).oneOf(methods))) {
            settings.get(Key.OPTIMIZER)
                    .oneOf(optimizers(settings.get(Key.METHOD).words()));
        }
        TaskReader task = new TaskReader(root, settings);
        return task.draft(file, frozen.map(FrozenSpec::read));
    }

    /** What may stand by a method: who learns, and where values of parts of a training are ranked, also who draws at random. */
    private List<String> optimizers(String method) {
        return FidelitySpec.METHODS.contains(method)
                ? Stream.concat(optimizers.stream(), Stream.of(FidelitySpec.RANDOM))
                        .toList()
                : optimizers;
    }

    /** What else holds where nothing is given: of several objectives the usual optimizer of a team takes but one. */
    private static Map<Key, Scalar> usual(Section root, List<Map<Key, Scalar>> layers) {
        String method = new Settings(layers).get(Key.METHOD).words();
        boolean chooses = TaskReader.TEAMS.contains(method) && !FidelitySpec.METHODS.contains(method);
        return chooses && ObjectiveReader.isSeveral(root)
                ? Map.of(
                        Key.OPTIMIZER,
                        new Scalar(new Place("default for several objectives", ""), TaskReader.OF_SEVERAL, false))
                : Map.of();
    }

    private static ModelOrigin.Choice models(List<Map<Key, Scalar>> layers, Optional<Path> frozen) {
        Optional<Scalar> flag = new Settings(layers.subList(0, 1)).find(Key.LLM_MODEL);
        Optional<Scalar> written = new Settings(layers.subList(1, layers.size())).find(Key.LLM_MODEL);
        written.ifPresent(SettingsReader::withoutPassword); // it will be written down, too
        Optional<Scalar> began = frozen.map(study -> new Settings(List.of(FrozenSpec.settings(study))))
                .flatMap(then -> then.find(Key.LLM_MODEL));
        return began.isEmpty()
                ? ModelOrigin.fresh(flag, written)
                : ModelOrigin.resumed(
                        flag, written, began.get(), FrozenSpec.otherwise(YamlFile.read(frozen.orElseThrow())));
    }

    /** The settings that hold without any task, each with where it came from: those that flags or files may give. */
    public List<Setting> settings(List<Setting> flags) {
        return new Settings(layers(flags, Map.of())).list(Key.in(Key.Scope.RUN));
    }

    /** What was given, the strongest first. */
    private List<Map<Key, Scalar>> layers(List<Setting> flags, Map<Key, Scalar> task) {
        List<Map<Key, Scalar>> layers = new ArrayList<>();
        layers.add(Settings.of(flags));
        layers.add(Settings.of(environment));
        layers.add(task);
        PersonalFiles.find("config.yaml", environment)
                .flatMap(YamlFile::readIfThere)
                .ifPresent(root -> layers.add(Settings.of(root, Key.Scope.PERSON, List.of())));
        return layers;
    }
}
