package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.command.CleanEnvironment;
import dev.chiron.agent.command.ProgramPath;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.TaskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a task file that is not there yet: read as a run would read it, or handed to the person's editor. For that it stands in a
 * hidden file beside, which is gone afterwards.
 */
final class DraftFile {

    private static final List<String> USUAL_EDITORS = List.of("nano", "vi");
    private static final List<String> SCREEN =
            List.of("DISPLAY", "WAYLAND_DISPLAY", "COLORTERM", "TERMINFO", "EDITOR", "VISUAL");

    private final Console console;
    private final Path task;
    private final Path draft;

    /** @param task where the file would be */
    DraftFile(Console console, Path task) {
        this.console = console;
        this.task = task;
        this.draft = task.resolveSibling(".chiron-draft.yaml");
    }

    /**
     * The task that a run would read.
     *
     * @throws BadInput if anything is wrong with it, named as if it stood in the task file
     */
    Spec read(String text) {
        try {
            put(text);
            return new TaskFile(console.surroundings()).read(draft, List.of());
        } catch (BadInput e) {
            String message = String.valueOf(e.getMessage())
                    .replace(String.valueOf(draft.getFileName()), String.valueOf(task.getFileName()));
            throw new BadInput(console.shortened(message), e);
        } finally {
            remove();
        }
    }

    /** The editor of the person, as {@code VISUAL} or {@code EDITOR} has it, else one that is there; empty if there is none. */
    Optional<List<String>> editor() {
        Stream<String> named = Stream.of("VISUAL", "EDITOR")
                .map(variable -> console.environment().getOrDefault(variable, ""))
                .filter(line -> !line.isBlank());
        return Stream.concat(named, USUAL_EDITORS.stream())
                .flatMap(line -> words(line).stream())
                .findFirst();
    }

    private Optional<List<String>> words(String line) {
        try {
            return Optional.of(ProgramPath.words(line, console.environment()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the person makes of the text; empty if the editor ended with an error. */
    Optional<String> edited(String text, List<String> editor) throws InterruptedException {
        try {
            put(text);
            List<String> words = new ArrayList<>(editor);
            words.add(draft.toString());
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(console.directory().toFile())
                    .inheritIO();
            builder.environment().clear();
            builder.environment().putAll(CleanEnvironment.of(console.environment(), SCREEN));
            return builder.start().waitFor() == 0 ? Optional.of(Files.readString(draft)) : Optional.empty();
        } catch (IOException e) {
            throw new BadInput(editor.get(0) + " cannot be used as an editor: " + e.getMessage(), e);
        } finally {
            remove();
        }
    }

    /** Writes the task file, whole or not at all. */
    void write(String text, boolean replaces) {
        try {
            put(text);
            if (replaces) {
                Files.move(draft, task, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(draft, task);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(task + " cannot be written: " + e.getMessage(), e);
        } finally {
            remove();
        }
    }

    private void put(String text) {
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BadInput(task + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new UncheckedIOException(draft + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
