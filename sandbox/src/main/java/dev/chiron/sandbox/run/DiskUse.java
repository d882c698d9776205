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
import java.util.List;
import java.util.Map;

/** Counts what a run has written, also where it would rather not have it counted. */
final class DiskUse extends SimpleFileVisitor<Path> {

    /** What the smallest file takes, a folder, a link. */
    private static final long BLOCK = 4096;

    private long bytes;
    private long entries;
    private boolean hidden;

    private DiskUse() {}

    /** What lies below some folders. */
    static DiskUse below(List<Path> folders) {
        DiskUse use = new DiskUse();
        for (Path folder : folders) {
            try {
                Files.walkFileTree(folder, use);
            } catch (IOException e) {
                use.hidden = true;
            }
        }
        return use;
    }

    /** Bytes of all files, and a block at least for whatever there is. */
    long bytes() {
        return bytes;
    }

    /** Files, folders, links and whatever else there is. */
    long entries() {
        return entries;
    }

    /** Whether some of it cannot be looked into, as with folders nested too deeply; then the numbers are too small. */
    boolean isHidden() {
        return hidden;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        bytes += Math.max(BLOCK, attributes.isRegularFile() ? attributes.size() : 0);
        entries++;
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
