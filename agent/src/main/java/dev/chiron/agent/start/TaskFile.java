package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.spec.Constants;
import dev.chiron.agent.spec.Draft;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.spec.SpecReader;
import dev.chiron.agent.store.Prediction;
import dev.chiron.optimizers.space.Value;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a task file and the script it names into a checked task. */
public final class TaskFile {

    private final SpecReader reader;

    /** Reads with the variables of these surroundings. */
    public TaskFile(Surroundings surroundings) {
        this.reader = new SpecReader(Method.labels(), Method.optimizers(), surroundings.environment());
    }

    /**
     * A task for a new study.
     *
     * @throws BadInput if anything is wrong with it
     */
    public Spec read(Path file, List<Setting> flags) {
        return complete(file, reader.read(file, flags));
    }

    /**
     * A task for a study's folder: what the study was started with holds unless it is given anew.
     *
     * @throws BadInput if anything is wrong with it, or it is another task than the study's
     */
    public Spec readFor(Path file, List<Setting> flags, Path study) {
        return complete(file, draft(file, flags, study));
    }

    private Draft draft(Path file, List<Setting> flags, Path study) {
        Path frozen = study.resolve("study.yaml");
        Path journal = study.resolve("journal.jsonl");
        return Files.exists(frozen) && Files.exists(journal)
                ? reader.resume(file, flags, frozen)
                : reader.read(file, flags);
    }

    /** Where what holds for a study's folder comes from: a flag, a variable, a file and its line. */
    String origin(Path file, List<Setting> flags, Path study, String key) {
        return draft(file, flags, study).settings().stream()
                .filter(setting -> setting.key().equals(key))
                .map(Setting::origin)
                .findFirst()
                .orElse(key);
    }

    /** The settings that hold without a task. */
    public List<Setting> settings(List<Setting> flags) {
        return reader.settings(flags);
    }

    /** The settings that hold for a task. */
    public List<Setting> settings(Path file, List<Setting> flags) {
        return reader.read(file, flags).settings();
    }

    private static Spec complete(Path file, Draft draft) {
        Constants constants =
                constants(draft.script(), String.valueOf(draft.script().getFileName()));
        Spec spec = draft.complete(constants.settable(), constants.unsettable());
        SeveralObjectives.check(file, spec);
        return spec;
    }

    /**
     * The constants of a script.
     *
     * @param name of it, for messages
     * @throws BadInput if it cannot be read
     */
    static Constants constants(Path script, String name) {
        Source source = source(script);
        Map<String, Value> constants = new LinkedHashMap<>();
        source.constants().forEach(constant -> constants.put(constant.name(), constant.value()));
        Map<String, String> unsettable = new LinkedHashMap<>();
        source.unsettable().forEach(other -> unsettable.put(other.name(), other.why()));
        return new Constants(name, constants, unsettable);
    }

    /** The run that a study of a task begins with. */
    public static Prediction.Of foretold(Spec spec) {
        return Prediction.Of.run(
                spec.objective().metric(),
                spec.baseline(),
                spec.limits().time().toSeconds(),
                source(spec.folder().resolve(spec.script())).text());
    }

    private static Source source(Path script) {
        try {
            return Source.read(script);
        } catch (IOException e) {
            throw new BadInput(script + ": cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}
