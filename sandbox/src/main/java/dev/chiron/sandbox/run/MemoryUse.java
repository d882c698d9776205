package dev.chiron.sandbox.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Bytes of memory that processes hold where no control group counts them: what each has for itself, and what they share in
 * {@code /dev/shm} or without any name. Pages of files do not count; the kernel takes those back.
 */
final class MemoryUse {

    private static final Path PROC = Path.of("/proc");

    private static final Pattern MAPPING = Pattern.compile("^[0-9a-f]+-[0-9a-f]+ ");

    /** What the kernel calls it (proc(5)). */
    private static final List<String> UNNAMED = List.of(" /dev/zero", " /memfd:", " /SYSV");

    private final List<Path> processes = new ArrayList<>();
    private final boolean ownShared;

    /** @param ownShared whether the processes have a {@code /dev/shm} of their own, which outlasts those who fill it */
    MemoryUse(Collection<Long> pids, boolean ownShared) {
        pids.forEach(pid -> processes.add(PROC.resolve(String.valueOf(pid))));
        this.ownShared = ownShared;
    }

    /**
     * Whether it is more than a limit.
     *
     * @param exactly whether to take the time to see which shared pages are the same ones, without which nothing shared can break it
     */
    boolean exceeds(long limit, boolean exactly) {
        long own = sum("status", "RssAnon:");
        long shared = ownShared ? shared() : 0;
        if (own + shared > limit) {
            return true;
        }
        return exactly
                && own + shared + sum("status", "RssShmem:") > limit
                && own + (ownShared ? shared + unnamed() : sum("smaps_rollup", "Pss_Shmem:")) > limit;
    }

    /** Shared memory that is mapped and lies in no {@code /dev/shm}, each page once. */
    private long unnamed() {
        return processes.stream().mapToLong(MemoryUse::unnamed).sum();
    }

    private static long unnamed(Path process) {
        long sum = 0;
        boolean counts = false;
        try {
            for (String line : Files.readAllLines(process.resolve("smaps"), StandardCharsets.ISO_8859_1)) {
                if (MAPPING.matcher(line).find()) {
                    counts = UNNAMED.stream().anyMatch(line::contains);
                } else if (counts && line.startsWith("Pss:")) {
                    sum += kilobytes(line);
                }
            }
        } catch (IOException gone) {
            return sum;
        }
        return sum;
    }

    private long sum(String file, String name) {
        return processes.stream()
                .mapToLong(process -> number(process.resolve(file), name))
                .sum();
    }

    private long shared() {
        for (Path process : processes) {
            Path root = process.resolve("root");
            try {
                if (!Files.isSameFile(root, Path.of("/"))) { // as it is for those that hold the walls
                    File folder = root.resolve("dev/shm").toFile();
                    long free = folder.getFreeSpace(); // first: when the process ends in between, the sum is below zero
                    return Math.max(0, folder.getTotalSpace() - free);
                }
            } catch (IOException gone) {
                // another one will do
            }
        }
        return 0;
    }

    /** In kB, as the kernel writes it. */
    private static long number(Path file, String name) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(MemoryUse::kilobytes)
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }
}
