package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that have no name any more and that processes still hold: they take room as before, and no look at folders finds them. */
final class OpenFiles {

    private static final String GONE = " (deleted)";

    /** Memory, not disk. */
    private static final List<String> MEMORY = List.of("/memfd:", "/dev/", "/SYSV");

    /** A mapping of a file (Linux, proc(5), maps): from, to, permissions, offset, device, inode, path. */
    private static final Pattern MAPPING =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) \\S+ [0-9a-f]+ (\\S+ [0-9]+) +(/.*)");

    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final Map<String, Long> mapped = new LinkedHashMap<>();
    private boolean hidden;

    private OpenFiles() {}

    /** What processes hold. */
    static OpenFiles of(Collection<Long> processes) {
        OpenFiles files = new OpenFiles();
        for (long process : processes) {
            Path place = Path.of("/proc", String.valueOf(process));
            files.descriptors(place);
            files.mappings(place);
        }
        return files;
    }

    /** Each file once. */
    long bytes() {
        return sum(sizes) + sum(mapped);
    }

    private static long sum(Map<String, Long> files) {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether one of them cannot be looked into, though it is ours: it has made itself so, or started a program that it may not read. */
    boolean isHidden() {
        return hidden;
    }

    private void descriptors(Path process) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                add(descriptor);
            }
        } catch (AccessDeniedException e) {
            hidden |= isAlive(process);
        } catch (IOException | DirectoryIteratorException gone) {
            return; // and its files with it
        }
    }

    /** Whether it has memory: who is about to end, or has, can be looked into by nobody but root. */
    private static boolean isAlive(Path process) {
        try {
            return Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1)
                    .contains("\nVmSize:");
        } catch (IOException gone) {
            return false;
        }
    }

    private void add(Path descriptor) {
        try {
            if (isGone(Files.readSymbolicLink(descriptor).toString())) {
                size(descriptor);
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static boolean isGone(String name) {
        return name.endsWith(GONE) && MEMORY.stream().noneMatch(name::startsWith);
    }

    private void size(Path link) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(link, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
            sizes.put(String.valueOf(attributes.fileKey()), attributes.size());
        }
    }

    /** Files that are mapped need no descriptor to live on. */
    private void mappings(Path process) {
        Map<String, Long> own = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(process.resolve("maps"), StandardCharsets.ISO_8859_1)) {
                Matcher mapping = MAPPING.matcher(line);
                if (line.endsWith(GONE) && mapping.matches() && isGone(mapping.group(4))) {
                    mapping(process, mapping, own);
                }
            }
        } catch (IOException gone) {
            return;
        }
        own.forEach((file, length) -> mapped.merge(file, length, Math::max));
    }

    /** Only root sees the file itself; else it is at least as long as what is mapped of it. */
    private void mapping(Path process, Matcher mapping, Map<String, Long> own) {
        String range = mapping.group(1) + "-" + mapping.group(2);
        try {
            size(process.resolve("map_files").resolve(range));
        } catch (IOException forbidden) {
            long length = Long.parseUnsignedLong(mapping.group(2), 16) - Long.parseUnsignedLong(mapping.group(1), 16);
            own.merge(mapping.group(3), length, Long::sum);
        }
    }
}
