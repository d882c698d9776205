package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/** Looks whether all below a folder belongs to who runs this: in a namespace of one user and one group nobody can change anything else. */
final class Ownership extends SimpleFileVisitor<Path> {

    private static final String WHOSE = "unix:uid,gid";
    private static final Path SELF = Path.of("/proc/self");

    private final Map<String, Object> own;
    private boolean foreign;

    private Ownership() throws IOException {
        this.own = Files.readAttributes(SELF, WHOSE);
    }

    static boolean holdsForAll(Path folder) throws IOException {
        Ownership ownership = new Ownership();
        Files.walkFileTree(folder, ownership);
        return !ownership.foreign;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        foreign |= !own.equals(Files.readAttributes(file, WHOSE, LinkOption.NOFOLLOW_LINKS));
        return foreign ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
}
