package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.util.List;
import org.treesitter.TSLanguage;

/** What differs between programming languages. */
interface Language {

    /** The grammar. */
    TSLanguage grammar();

    /** Every place that gives a constant's name a value, in the source's order. */
    List<Binding> bindings(SyntaxTree tree);

    /** A literal for the value, of the old literal's kind and as far as possible in its style. */
    String write(Literal old, Value value);
}
