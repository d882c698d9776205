package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A task whose file is right, before anybody has looked into its script. */
public final class Draft {

    private final Path file;
    private final Path script;
    private final Start start;
    private final Function<Map<String, Value>, Spec> spec;
    private final List<Setting> settings;
    private final Optional<Spec> frozen;

    Draft(
            Path file,
            Path script,
            Start start,
            Function<Map<String, Value>, Spec> spec,
            List<Setting> settings,
            Optional<Spec> frozen) {
        this.file = file;
        this.script = script;
        this.start = start;
        this.spec = spec;
        this.settings = List.copyOf(settings);
        this.frozen = frozen;
    }

    /** The script, absolute: its constants are asked for next. */
    public Path script() {
        return script;
    }

    /** What is tuned. */
    public SearchSpace space() {
        return start.written().space();
    }

    /** Every setting that is one value, with where it came from. */
    public List<Setting> settings() {
        return settings;
    }

    /**
     * The whole task. The search starts at the {@code default:} values, else at the script's own. A study that goes on
     * keeps the start that it has.
     *
     * @param constants the script's settable constants
     * @param unsettable the script's other constants, and why each cannot be set
     * @throws BadInput if a parameter is not in the script, has no value to start from or one out of its range; if the
     *     start does not keep a constraint; or if the study that should go on is another task's
     */
    public Spec complete(Map<String, Value> constants, Map<String, String> unsettable) {
        Spec now = spec.apply(start.values(constants, unsettable));
        if (frozen.isEmpty()) {
            return now;
        }
        List<String> differences = FrozenSpec.differences(frozen.get(), now);
        if (!differences.isEmpty()) {
            throw new BadInput(
                    file + ": is not the task that this study was started with: " + String.join(", ", differences)
                            + "; undo that" + elsewhere(differences)
                            + ", or start over with --fresh, or give another --study");
        }
        return spec.apply(frozen.get().space().filled(frozen.get().baseline()));
    }

    /** Where the space of a study that goes on can be changed, if it is what was changed. */
    private static String elsewhere(List<String> differences) {
        return differences.stream().anyMatch(difference -> difference.startsWith("space"))
                ? " and change the space in chiron session (/range, /add, /drop, /pin), where the study goes on"
                : "";
    }
}
