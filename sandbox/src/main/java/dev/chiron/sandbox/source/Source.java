package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a script and its constants. In Python these are module-level {@code NAME = literal}, in Java
 * {@code static final} fields of primitive or text type, named in capitals. Any other file has none: its parameters come
 * in through the command line.
 */
public final class Source {
    private final String fileName;
    private final String text;
    private final Optional<Language> language;
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final Map<String, Literal> literals = new LinkedHashMap<>();
    private final Map<String, Unsettable> unsettable = new LinkedHashMap<>();

    private Source(String fileName, String text) {
        this.fileName = fileName;
        this.text = text;
        this.language = Language.of(fileName);
        language.ifPresent(this::scan);
    }

    /**
     * Reads a script.
     *
     * <p>A file that is neither Python nor Java need not be UTF-8; the text is then for showing only.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException as {@link #of}, and for a Python or Java file that is not UTF-8
     */
    public static Source read(Path file) throws IOException {
        String fileName = String.valueOf(file.getFileName());
        byte[] bytes = Files.readAllBytes(file);
        if (Language.of(fileName).isEmpty()) {
            return new Source(fileName, new String(bytes, StandardCharsets.UTF_8));
        }
        try {
            return new Source(
                    fileName,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(fileName + " is not UTF-8 text; save it as UTF-8", e);
        }
    }

    /**
     * The source with this text.
     *
     * @param fileName tells the language by its ending, and names the file in messages
     * @throws IllegalArgumentException for a syntax error, with file and line
     */
    public static Source of(String fileName, String text) {
        return new Source(fileName, text);
    }

    /** The constants that can be set, in the order of the script. */
    public List<Constant> constants() {
        return List.copyOf(constants.values());
    }

    /** The flags that can be given a value, in the order of the script, but those named like a constant that can be set. */
    public List<Flag> flags() {
        return Flag.of(fileName, text).flags().stream()
                .filter(flag -> !constants.containsKey(flag.constant().name()))
                .toList();
    }

    /** The flags that are left out, by their names on the command line, in the order of the script. */
    public List<Unsettable> otherFlags() {
        Flag.Found found = Flag.of(fileName, text);
        Stream<Unsettable> named = found.flags().stream()
                .filter(flag -> constants.containsKey(flag.constant().name()))
                .map(flag -> new Unsettable(
                        flag.flag(), flag.constant().line(), "is called like the constant, which is set"));
        return Stream.concat(found.others().stream(), named)
                .sorted(Comparator.comparingInt(Unsettable::line))
                .toList();
    }

    /** What a run can be given other values of: the constants, then the defaults of the flags under the names of constants. */
    public List<Constant> tunable() {
        return Stream.concat(constants.values().stream(), flags().stream().map(Flag::constant))
                .toList();
    }

    /** The names that look like constants but cannot be set, in the order of the script. */
    public List<Unsettable> unsettable() {
        return List.copyOf(unsettable.values());
    }

    /** The constant of that name, if it can be set. */
    public Optional<Constant> find(String name) {
        return Optional.ofNullable(constants.get(name));
    }

    /** The whole text, as it was read. */
    public String text() {
        return text;
    }

    /**
     * The text with other values in place of the constants' literals, and every other byte as it was. The values read
     * back are exactly these.
     *
     * @throws IllegalArgumentException for a name that cannot be set and for a value that its constant cannot hold
     */
    public String with(Map<String, Value> values) {
        List<Edit> edits = values.entrySet().stream()
                .filter(entry -> !isSet(entry.getKey(), entry.getValue()))
                .map(entry -> edit(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(edit -> edit.literal().start()))
                .toList();
        if (edits.isEmpty()) {
            return text;
        }
        byte[] old = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(old.length);
        int done = 0;
        for (Edit edit : edits) {
            out.write(old, done, edit.literal().start() - done);
            out.writeBytes(edit.text().getBytes(StandardCharsets.UTF_8));
            done = edit.literal().end();
        }
        out.write(old, done, old.length - done);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A value that is there already stays as it was written: 1_000 need not become 1000. */
    private boolean isSet(String name, Value value) {
        return find(name).map(Constant::value).filter(value::equals).isPresent();
    }

    private record Edit(Literal literal, String text) {}

    private Edit edit(String name, Value value) {
        Literal literal = settable(name);
        return new Edit(
                literal, language.orElseThrow().write(literal, literal.kind().fit(name, value)));
    }

    private Literal settable(String name) {
        Literal literal = literals.get(name);
        if (literal != null) {
            return literal;
        }
        Unsettable known = unsettable.get(name);
        throw new IllegalArgumentException(
                known != null
                        ? fileName + ":" + known.line() + ": " + name + " cannot be set: it " + known.why()
                        : fileName + " has no constant named " + name);
    }

    private void scan(Language found) {
        try (SyntaxTree tree = SyntaxTree.parse(fileName, text, found)) {
            Binding.byName(found.bindings(tree)).forEach((name, bindings) -> {
                Optional<Literal> literal =
                        bindings.size() == 1 ? bindings.get(0).literal() : Optional.empty();
                if (literal.isPresent()) {
                    Literal only = literal.get();
                    literals.put(name, only);
                    constants.put(
                            name,
                            new Constant(
                                    name,
                                    only.value(),
                                    only.text(),
                                    bindings.get(0).line()));
                } else {
                    unsettable.put(name, Binding.unsettable(bindings));
                }
            });
        }
    }
}
