package dev.chiron.sandbox.edit;

import dev.chiron.optimizers.study.Patch;
import dev.chiron.sandbox.source.SyntaxTree;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts whole definitions in the place of those of the same name. */
final class Redefinition {

    private static final int MOST_NAMES = 30;

    private final String fileName;
    private final ScriptText script;
    private final byte[] bytes;
    private final List<Definition> definitions;

    private Redefinition(String fileName, ScriptText script, byte[] bytes, List<Definition> definitions) {
        this.fileName = fileName;
        this.script = script;
        this.bytes = bytes;
        this.definitions = definitions;
    }

    /**
     * The script with all definitions in it.
     *
     * @throws Refused for a name that the script does not define once, and where the language is neither Python nor Java
     */
    static String applied(String fileName, ScriptText script, Patch.Definitions patch) {
        String text = script.text().substring(script.mark().length());
        try (SyntaxTree tree = SyntaxTree.of(fileName, text)
                .orElseThrow(() -> new Refused(
                        "definitions are found in Python and Java only; use search/replace blocks for " + fileName))) {
            List<Definition> there = fileName.endsWith(".py") ? Definition.python(tree) : Definition.java(tree);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return script.mark() + new Redefinition(fileName, script, bytes, there).with(patch.definitions());
        } catch (IllegalArgumentException e) {
            throw new Refused("no definition can be found in the script as it is (" + e.getMessage()
                    + "); use search/replace blocks");
        }
    }

    private record Replacement(Definition old, String text) {}

    private String with(List<String> texts) {
        List<Replacement> replacements = new ArrayList<>();
        int number = 1;
        for (String text : texts) {
            for (NewDefinition definition : NewDefinition.in(fileName, text, number)) {
                replacements.add(replacement(definition));
            }
            number++;
        }
        replacements.sort(
                Comparator.comparingInt(replacement -> replacement.old().start()));
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        int done = 0;
        for (Replacement replacement : replacements) {
            if (replacement.old().start() < done) {
                throw new Refused(replacement.old().name()
                        + " is replaced twice, by itself or within another definition; write each place once");
            }
            out.write(bytes, done, replacement.old().start() - done);
            out.writeBytes(replacement.text().getBytes(StandardCharsets.UTF_8));
            done = replacement.old().end();
        }
        out.write(bytes, done, bytes.length - done);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Replacement replacement(NewDefinition definition) {
        Definition old = old(definition);
        String there = indentation(old);
        boolean python = fileName.endsWith(".py");
        if (python
                && !definition.indentation().isEmpty()
                && !definition.indentation().equals(there)) {
            throw new Refused(
                    "the definition of " + old.name() + " is indented by other spaces or tabs than in the script (line "
                            + old.line() + "); indent it as there, or begin it at the start of the line");
        }
        return new Replacement(old, String.join(script.end(), definition.indented(there)));
    }

    private Definition old(NewDefinition definition) {
        Definition wanted = definition.what();
        boolean member = wanted.member() || !definition.indentation().isEmpty();
        List<Definition> same = definitions.stream()
                .filter(each -> each.name().equals(wanted.name()) && each.type() == wanted.type())
                .toList();
        if (same.isEmpty()) {
            throw new Refused("the script defines no " + wanted.name() + "; it defines " + names()
                    + ". What is new goes into one of these, or into a search/replace block");
        }
        Optional<Definition> only = only(same)
                .or(() -> only(
                        same.stream().filter(each -> each.member() == member).toList()))
                .or(() -> only(same.stream()
                        .filter(each -> each.parameters().equals(wanted.parameters()))
                        .toList()));
        return only.orElseThrow(() ->
                new Refused("the script defines " + wanted.name() + " " + same.size() + " times (lines "
                        + same.stream()
                                .limit(MOST_NAMES)
                                .map(each -> String.valueOf(each.line()))
                                .collect(Collectors.joining(", "))
                        + "); write the whole class around the one that you mean"));
    }

    private static Optional<Definition> only(List<Definition> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private String names() {
        List<String> names =
                definitions.stream().map(Definition::name).distinct().toList();
        return names.isEmpty()
                ? "nothing"
                : String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                        + (names.size() > MOST_NAMES ? ", …" : "");
    }

    /** The white space that its line begins with. */
    private String indentation(Definition definition) {
        int start = definition.start();
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        int end = start;
        while (end < definition.start() && (bytes[end] == ' ' || bytes[end] == '\t')) {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
