package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Optional;
import org.treesitter.TSLanguage;

/** What differs between programming languages. */
interface Language {

    /** The language of a file by its name's ending; empty for any but Python and Java. */
    static Optional<Language> of(String fileName) {
        return fileName.endsWith(".py")
                ? Optional.of(new Python())
                : fileName.endsWith(".java") ? Optional.of(new Java()) : Optional.empty();
    }

    /** The grammar. */
    TSLanguage grammar();

    /** A query for its comments. */
    String comments();

    /** A query for its literals of text. */
    String texts();

    /** Every place that gives a constant's name a value, in the source's order. */
    List<Binding> bindings(SyntaxTree tree);

    /** A literal for the value, of the old literal's kind and as far as possible in its style. */
    String write(Literal old, Value value);
}
