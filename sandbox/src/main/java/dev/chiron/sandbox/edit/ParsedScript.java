package dev.chiron.sandbox.edit;

import dev.chiron.sandbox.source.SyntaxTree;
import java.util.Optional;

/**
 * A script and what its parser makes of it: parsing is by far the slowest part of looking at an edit, so it is done once.
 *
 * @param tree empty where the language is neither Python nor Java, and where there is an error
 * @param error what does not parse, with file and line
 */
record ParsedScript(String fileName, ScriptText text, Optional<SyntaxTree> tree, Optional<String> error)
        implements AutoCloseable {

    static ParsedScript of(String fileName, String script) {
        ScriptText text = ScriptText.of(script);
        try {
            return new ParsedScript(
                    fileName,
                    text,
                    SyntaxTree.of(fileName, script.substring(text.mark().length())),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            return new ParsedScript(fileName, text, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        tree.ifPresent(SyntaxTree::close);
    }
}
