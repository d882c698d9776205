package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

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
}
