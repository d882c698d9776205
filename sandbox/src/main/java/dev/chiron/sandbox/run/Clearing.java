package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Removes what a run left behind, whatever it is: no link is followed, folders without permissions are opened, and folders nested more
 * deeply than a path can say are first moved up.
 */
public final class Clearing {

    private final Path top;
    private final Deque<Path> folders = new ArrayDeque<>();
    private long moved;

    private Clearing(Path top) {
        this.top = top;
    }

    /** Removes a folder and all in it; does nothing if it is not there. */
    public static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            new Clearing(folder).remove();
        } else {
            Files.deleteIfExists(folder);
        }
    }

    private void remove() throws IOException {
        empty(top);
        while (!folders.isEmpty()) {
            Path folder = folders.pop();
            empty(folder);
            Files.delete(folder);
        }
        Files.delete(top);
    }

    private void empty(Path folder) throws IOException {
        open(folder);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(entry);
                } else if (folder.equals(top)) {
                    folders.push(entry);
                } else {
                    open(entry);
                    folders.push(up(entry));
                }
            }
        }
    }

    private Path up(Path folder) throws IOException {
        Path place = top.resolve(".gone-" + moved++);
        while (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            place = top.resolve(".gone-" + moved++);
        }
        return Files.move(folder, place);
    }

    private static void open(Path folder) throws IOException {
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
