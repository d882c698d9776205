package dev.chiron.sandbox.edit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an edit may not do to a script: break its syntax (Python and Java), touch what is between {@code # chiron: protected} and
 * {@code # chiron: end} (or {@code //}), change more lines than it may, or need a module that was not needed before.
 */
public final class Guards {

    private final String fileName;
    private final int mostLines;
    private final Set<String> modules;

    /**
     * Guards for one script.
     *
     * @param fileName tells the language by its ending
     * @param script the text that a study begins with
     * @param mostLines how many lines an edit may take out and put in together
     * @param modules names of Python modules or Java packages that the project itself has
     * @throws IllegalArgumentException for protected regions of the script that are not certain, with file and line
     */
    public Guards(String fileName, String script, int mostLines, Set<String> modules) {
        if (mostLines < 1) {
            throw new IllegalArgumentException("an edit must be allowed to change one line at least, not " + mostLines);
        }
        this.fileName = fileName;
        this.mostLines = mostLines;
        this.modules = new LinkedHashSet<>(modules);
        try (ParsedScript parsed = ParsedScript.of(fileName, script)) {
            ProtectedRegion.in(parsed);
        }
    }

    /**
     * Why an edit is refused, in a line that its author can act on; empty for one that keeps the rules.
     *
     * @param before a text that keeps them
     * @param after what the edit makes of it
     */
    public Optional<String> refusal(String before, String after) {
        try (ParsedScript was = ParsedScript.of(fileName, before);
                ParsedScript is = ParsedScript.of(fileName, after)) {
            return syntaxError(was, is)
                    .or(() -> regions(was, is))
                    .or(() -> size(before, after))
                    .or(() -> dependencies(was, is));
        }
    }

    /** What the parser did not understand before the edit either is no fault of the edit. */
    private static Optional<String> syntaxError(ParsedScript was, ParsedScript is) {
        return is.error()
                .filter(error -> was.error().isEmpty())
                .map(error -> "the edited script does not parse: " + error);
    }

    private static Optional<String> regions(ParsedScript was, ParsedScript is) {
        List<ProtectedRegion> before = ProtectedRegion.in(was);
        try {
            return ProtectedRegion.difference(before, ProtectedRegion.in(is));
        } catch (IllegalArgumentException e) {
            return Optional.of("the marks of protected regions must stay as they are: " + e.getMessage());
        }
    }

    private Optional<String> size(String before, String after) {
        int size = LineDiff.size(before, after);
        return size <= mostLines
                ? Optional.empty()
                : Optional.of("the edit changes " + size + " lines (those taken out and those put in); at most "
                        + mostLines + " may change at once, so make a smaller step");
    }

    private Optional<String> dependencies(ParsedScript was, ParsedScript is) {
        Set<String> known = Imports.of(was);
        Set<String> added = new LinkedHashSet<>(Imports.of(is));
        added.removeAll(known);
        added.removeAll(modules);
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of("the edit imports " + String.join(", ", added)
                        + ", which the script did not need before; no dependency may be" + " added"
                        + (known.isEmpty() ? "" : " to " + String.join(", ", known)));
    }
}
