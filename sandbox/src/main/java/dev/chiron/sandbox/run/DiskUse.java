package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Counts the bytes of what a run has written, also where it would rather not have it counted. */
final class DiskUse extends SimpleFileVisitor<Path> {

    private long bytes;
    private boolean hidden;

    private DiskUse() {}

    /** The bytes of all files below a folder; empty if some of it cannot be looked into, as with folders nested too deeply. */
    static OptionalLong below(Path folder) {
        DiskUse use = new DiskUse();
        try {
            Files.walkFileTree(folder, use);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
        return use.hidden ? OptionalLong.empty() : OptionalLong.of(use.bytes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        bytes += attributes.isRegularFile() ? attributes.size() : 0;
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
        hidden |= !(problem instanceof NoSuchFileException); // which only means that it went away while we looked
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException problem) {
        return FileVisitResult.CONTINUE;
    }

    /** The bytes of files that have no name any more and are still open: they take room as before. */
    static long unnamed(Collection<Long> processes) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (long process : processes) {
            Path open = Path.of("/proc", String.valueOf(process), "fd");
            try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(open)) {
                for (Path descriptor : descriptors) {
                    unnamed(descriptor, sizes);
                }
            } catch (IOException gone) {
                // and its files with it
            }
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void unnamed(Path descriptor, Map<String, Long> sizes) {
        try {
            String name = Files.readSymbolicLink(descriptor).toString();
            if (!name.endsWith(" (deleted)") || name.startsWith("/memfd:") || name.startsWith("/dev/")) {
                return; // the last two are memory, not disk
            }
            BasicFileAttributes attributes = Files.readAttributes(descriptor, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                sizes.put(String.valueOf(attributes.fileKey()), attributes.size());
            }
        } catch (IOException gone) {
            return;
        }
    }
}
