package dev.chiron.agent.start;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a study has of the world.
 *
 * @param directory the current folder, from which users name files
 * @param environment the variables, in which addresses and keys are
 * @param notes what a person should know, a line each as it is to be shown
 */
public record Surroundings(
        Path directory, Map<String, String> environment, InstantSource clock, Consumer<String> notes) {

    /** The path that the user means by a text. */
    Path path(String text) {
        return directory.resolve(text).normalize();
    }

    void note(String line) {
        notes.accept(line);
    }

    /** A folder as the user would name it from here. */
    public String shown(Path folder) {
        return folder.startsWith(directory) ? directory.relativize(folder).toString() : folder.toString();
    }
}
