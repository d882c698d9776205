package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import dev.chiron.evals.compare.UniqueRuns;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of runs, as {@code --out} writes them.
 *
 * @param runs all that are whole
 * @param note what is said of a last line that was cut short; empty if none was
 */
record RunFile(List<Run> runs, Optional<String> note) {

    RunFile {
        runs = List.copyOf(runs);
    }

    /**
     * The runs of files, one after another, none of them twice; what is left out is said.
     *
     * @throws BadInput if one cannot be read, or has a line that is no run
     */
    static List<Run> readAll(Console console, List<String> files) {
        List<Run> runs = new ArrayList<>();
        for (String name : files) {
            RunFile file = read(console.path(name), name);
            file.note().ifPresent(console.err()::println);
            runs.addAll(file.runs());
        }
        UniqueRuns unique = UniqueRuns.of(runs);
        unique.notes().forEach(console.err()::println);
        return unique.runs();
    }

    /**
     * The runs of a file. A last line that was cut short, as whoever wrote it was stopped, is left out.
     *
     * @param name what to call it in a message
     * @throws BadInput if it cannot be read, or has another line that is no run
     */
    static RunFile read(Path path, String name) {
        if (Files.isDirectory(path)) {
            throw new BadInput(name + " is a folder: give the file of JSON lines");
        }
        List<Run> runs = new ArrayList<>();
        RunLines lines = new RunLines();
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            boolean whole = endsWithLineFeed(path);
            String line = reader.readLine();
            for (int number = 1; line != null; number++) {
                String next = reader.readLine();
                try {
                    lines.readLine(name, number, line).ifPresent(runs::add);
                } catch (BadInput e) {
                    if (next != null || whole || !beginsAsRun(line)) {
                        throw e;
                    }
                    return new RunFile(
                            runs,
                            Optional.of(name + ", line " + number + " was cut short, as whoever wrote it was stopped: "
                                    + "that run is left out"));
                }
                line = next;
            }
        } catch (CharacterCodingException e) {
            throw new BadInput(name + " is not text in UTF-8, so it has no runs", e);
        } catch (IOException e) {
            throw new BadInput(name + " cannot be read: " + e.getMessage(), e);
        }
        return new RunFile(runs, Optional.empty());
    }

    /** Whether a text may be the beginning of a run's line. */
    static boolean beginsAsRun(String text) {
        return text.startsWith(RunLines.START) || RunLines.START.startsWith(text);
    }

    private static boolean endsWithLineFeed(Path path) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() == 0 || (channel.position(channel.size() - 1).read(last) == 1 && last.get(0) == '\n');
        }
    }

    /**
     * What stands in a file.
     *
     * @param name what to call it in a message
     * @throws BadInput if it cannot be read, or is no text
     */
    static String text(Path file, String name) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new BadInput(name + " is not text in UTF-8, so it has no runs", e);
        } catch (IOException e) {
            throw new BadInput(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
