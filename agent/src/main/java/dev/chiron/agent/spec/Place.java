package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;

/**
 * Where a thing was written, for messages.
 *
 * @param source {@code chiron.yaml:12}, {@code --llm-share}, {@code CHIRON_METHOD}
 * @param key the dotted key, {@code space.DEPTH.low}; empty where the source says it all
 */
record Place(String source, String key) {

    static Place of(String file, int line, String key) {
        return new Place(file + ":" + line, key);
    }

    /** The message about a thing written here, to be thrown. */
    BadInput bad(String problem) {
        return new BadInput(source + ": " + (key.isEmpty() ? "" : key + ": ") + problem);
    }

    /** The key of an entry below this one. */
    String below(String entry) {
        return key.isEmpty() ? entry : key + "." + entry;
    }
}
