package dev.chiron.optimizers.study;

import java.util.List;

/** An edit of a script as its author wrote it down, not yet applied. */
public sealed interface Patch {

    /**
     * Places to find and what to put there instead, each found in the script as the ones before it left it.
     *
     * @param blocks one or more
     */
    record Blocks(List<Block> blocks) implements Patch {
        public Blocks {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * Whole lines to find, and the lines that replace them; both without a last end of line.
     *
     * @param replace empty to delete the lines
     */
    record Block(String search, String replace) {}

    /**
     * Whole definitions, each in place of the one of the same name.
     *
     * @param definitions one or more texts, each of one or more functions, methods or classes, complete
     */
    record Definitions(List<String> definitions) implements Patch {
        public Definitions {
            definitions = List.copyOf(definitions);
        }
    }

    /** The whole script anew. */
    record WholeFile(String text) implements Patch {}
}
