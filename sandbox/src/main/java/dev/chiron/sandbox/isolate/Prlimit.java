package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * util-linux's {@code prlimit}, which gives a command limits of its own. It may lower what this process has, and never raise it.
 *
 * @param program where it is
 * @param mostFile most bytes of a file that it can allow
 * @param mostTasks most processes and threads that it can allow
 */
record Prlimit(Path program, long mostFile, long mostTasks) {

    private static final String FILE = "Max file size";
    private static final String TASKS = "Max processes";
    private static final int NAME = 26;

    /** @param limits the kernel's table of this process's limits, {@code /proc/self/limits} */
    static Prlimit of(Path program, Path limits) {
        try {
            List<String> lines = Files.readAllLines(limits);
            return new Prlimit(program, hard(lines, FILE), hard(lines, TASKS));
        } catch (IOException untold) {
            return new Prlimit(program, Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    private static long hard(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(NAME).strip().split("\\s+"))
                .filter(columns -> columns.length > 1 && columns[1].matches("[0-9]{1,18}"))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** The command under limits of its own: no core files, and what the room says of files and tasks. */
    List<String> limited(Room room, boolean countsTasks, List<String> command) {
        List<String> words = new ArrayList<>(List.of(program.toString(), "--core=0"));
        room.file().ifPresent(bytes -> words.add("--fsize=" + Math.min(bytes, mostFile)));
        if (countsTasks) {
            words.add("--nproc=" + Math.min(room.tasks(), mostTasks));
        }
        words.addAll(command);
        return words;
    }
}
