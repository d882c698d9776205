package dev.chiron.agent.branch;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.branch.ThreeWay;
import dev.chiron.sandbox.branch.ThreeWay.Conflict;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The script of a study: as it was when the study began, and as each trial ran it. */
public final class StudyScript {

    private final Path copy;
    private final String name;
    private final Set<String> holes;
    private final byte[] bytes;

    private StudyScript(Path copy, String name, Set<String> holes, byte[] bytes) {
        this.copy = copy;
        this.name = name;
        this.holes = holes;
        this.bytes = bytes;
    }

    /**
     * Reads the copy that a study keeps.
     *
     * @throws BadInput if there is none, in a study from before copies were kept
     */
    public static StudyScript read(Spec spec, Path study) {
        String name = String.valueOf(Path.of(spec.script()).getFileName());
        Path copy = study.resolve("script").resolve(name);
        if (!Files.isRegularFile(copy)) {
            throw new BadInput("the study has no copy of " + spec.script() + ": " + copy + " is missing");
        }
        try {
            return new StudyScript(copy, name, spec.holes(), Files.readAllBytes(copy));
        } catch (IOException e) {
            throw new UncheckedIOException(copy + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The bytes that the study began with. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The text that the study began with.
     *
     * @throws BadInput if it is not UTF-8
     */
    public String text() {
        return decoded(bytes, copy.toString());
    }

    /**
     * Bytes as text.
     *
     * @throws BadInput naming the file if they are not UTF-8
     */
    public static String decoded(byte[] bytes, String file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadInput(file + " is not UTF-8 text: it can be neither compared nor changed", e);
        }
    }

    /** The script of a change before its constants were set: the study's own, or what an edit made of it. */
    public String edited(Change change) {
        return change.variant().map(Variant::text).orElseGet(this::text);
    }

    /**
     * The script that a trial with this change ran.
     *
     * @throws BadInput if the constants cannot be set
     */
    public String text(Change change) {
        Map<String, Value> constants = scriptValues(change.config());
        constants.keySet().removeAll(holes);
        String edited = edited(change);
        try {
            return constants.isEmpty() ? edited : Source.of(name, edited).with(constants);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /** A version with the values of those constants that it has. */
    public String text(String version, Config config) {
        Map<String, Value> constants = scriptValues(config);
        try {
            Source source = Source.of(name, version);
            constants
                    .keySet()
                    .removeIf(constant ->
                            holes.contains(constant) || source.find(constant).isEmpty());
            return source.with(constants);
        } catch (IllegalArgumentException e) {
            return version; // a value that this version could not hold
        }
    }

    /**
     * A change made to what the script has become since the study began: its edits are merged, and its constants are set where nobody
     * else set them.
     *
     * @param ours the script as it is now
     * @throws BadInput if it, or what comes out, cannot be read as a script
     */
    public ThreeWay onto(String ours, Change change) {
        String edited = edited(change);
        ThreeWay merged = ThreeWay.merge(text(), ours, edited);
        Map<String, Value> constants = scriptValues(change.config());
        constants.keySet().removeAll(holes);
        if (constants.isEmpty()) {
            return merged;
        }
        try {
            Source theirs = Source.of(name, edited);
            constants
                    .entrySet()
                    .removeIf(constant -> value(theirs, constant.getKey()).equals(Optional.of(constant.getValue())));
            if (merged instanceof ThreeWay.Conflicting conflicting) {
                List<Conflict> all = new ArrayList<>(conflicting.conflicts());
                all.addAll(conflicts(Source.of(name, ours), theirs, constants));
                all.sort(Comparator.comparingInt(Conflict::line));
                return new ThreeWay.Conflicting(all);
            }
            Source source = Source.of(name, ((ThreeWay.Merged) merged).text());
            List<Conflict> conflicts = conflicts(source, theirs, constants);
            return conflicts.isEmpty()
                    ? new ThreeWay.Merged(source.with(constants))
                    : new ThreeWay.Conflicting(conflicts);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /** The constants that somebody else set, or took away. */
    private static List<Conflict> conflicts(Source ours, Source theirs, Map<String, Value> constants) {
        List<Conflict> conflicts = new ArrayList<>();
        constants.forEach((constant, wanted) -> {
            Optional<Value> mine = value(ours, constant);
            if (!mine.equals(value(theirs, constant)) && !mine.equals(Optional.of(wanted))) {
                conflicts.add(new Conflict(
                        ours.find(constant).map(Constant::line).orElse(1),
                        ours.find(constant)
                                .map(there -> constant + " = " + there.literal())
                                .orElse(""),
                        constant + " = " + wanted.text()));
            }
        });
        return conflicts;
    }

    private static Optional<Value> value(Source source, String constant) {
        return source.find(constant).map(Constant::value);
    }

    /** A config's values as the script gets them; fresh map. */
    private static Map<String, Value> scriptValues(Config config) {
        return new LinkedHashMap<>(ProgressSchedule.inScript(config).values());
    }

    /** What of a config does not stand in the script, but is passed to it. */
    public Config passed(Config config) {
        Map<String, Value> passed = scriptValues(config);
        passed.keySet().retainAll(holes);
        return Config.of(passed);
    }
}
