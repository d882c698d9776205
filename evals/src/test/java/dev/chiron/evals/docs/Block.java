package dev.chiron.evals.docs;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A block of code in a page.
 *
 * @param line of the page, where its text begins
 * @param language what stands behind the fence; empty where nothing does
 * @param fenced between fences, or indented by four spaces
 * @param notes the comments directly before it, such as {@code <!-- not run: needs a GPU -->}, by what they begin with
 */
record Block(Path page, int line, String language, boolean fenced, Map<String, String> notes, String text) {

    Optional<String> note(String name) {
        return Optional.ofNullable(notes.get(name));
    }

    String place() {
        return page + ":" + line;
    }
}
