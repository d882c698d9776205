package dev.chiron.sandbox.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Makes plain files of what a run has saved: no links, no pipes, no name for a file that has another elsewhere, files that can only be read. */
final class Plainly extends SimpleFileVisitor<Path> {

    private static final String FILE = "r--r--r--";
    private static final String FOLDER = "rwx------"; // so that a study's folder can be removed

    private final Path top;
    private long files;
    private boolean hidden; // some of it cannot be looked into, as with folders nested too deeply

    private Plainly(Path top) {
        this.top = top;
    }

    /** Whether anything is left of a folder, which nobody writes to meanwhile. */
    static boolean sealed(Path folder) throws IOException {
        Plainly visitor = new Plainly(folder);
        open(folder);
        Files.walkFileTree(folder, visitor);
        return visitor.files > 0 && !visitor.hidden;
    }

    /** Lets a folder be moved and looked into. */
    static void open(Path folder) throws IOException {
        set(folder, FOLDER);
    }

    /** Copies the regular files of a sealed folder to one that is made for it, sealed, too. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    copyFile(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        sealed(to);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                open(entry); // else it could not be looked into
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
        hidden = true;
        return FileVisitResult.CONTINUE;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }
        set(file, FILE);
        if (hasOtherNames(file)) {
            Path own = top.resolveSibling(top.getFileName() + "-own"); // where it is not come across
            Files.deleteIfExists(own);
            copyFile(file, own);
            Files.move(own, file, StandardCopyOption.REPLACE_EXISTING);
            set(file, FILE);
        }
        files++;
        return FileVisitResult.CONTINUE;
    }

    private static boolean hasOtherNames(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("unix")
                && Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names
                && names > 1;
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            in.transferTo(out);
        }
    }

    private static void set(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
