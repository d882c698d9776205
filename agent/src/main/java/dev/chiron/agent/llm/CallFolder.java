package dev.chiron.agent.llm;

import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Marker;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The temporary folder of one call of a program. It is locked while the call lasts, by which is known whose folder a JVM that was
 * killed has left behind; and the program and all that comes of it carry its mark in their environment, by which they are found,
 * wherever they have gone (where there is a {@code /proc}).
 */
final class CallFolder implements Closeable {

    private static final String NAME = "chiron-command";
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel lock;

    private CallFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** A new one in the folder for temporary files. It has its name only once it is locked: nobody sweeps it before. */
    static CallFolder open(Path temporary) throws IOException {
        Path unnamed = Files.createTempDirectory(temporary, ".chiron");
        FileChannel lock =
                FileChannel.open(unnamed.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        String unique = unnamed.getFileName().toString().substring(".chiron".length());
        return new CallFolder(Files.move(unnamed, unnamed.resolveSibling(own() + unique)), lock);
    }

    /** Removes what killed JVMs have left, folders and programs; what cannot be removed stays. */
    static void sweep(Path temporary) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, NAME + "*")) {
            for (Path folder : folders) {
                // not this process's own: whoever closes a file gives up all locks that the process has on it
                if (!folder.getFileName().toString().startsWith(own())) {
                    sweepOne(folder);
                }
            }
        } catch (IOException unreadable) {
            // of no importance for what is asked next
        }
    }

    private static String own() {
        return NAME + "-" + ProcessHandle.current().pid() + "-";
    }

    private static void sweepOne(Path folder) {
        Path file = folder.resolve(LOCK);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock mine = lock.tryLock()) {
            if (mine != null) {
                Marker.of(folder).end();
                Clearing.remove(folder);
            }
        } catch (IOException | OverlappingFileLockException inUseOrAnothersFolder) {
            // left alone
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** The mark of the call: a variable for the program's environment. */
    String mark() {
        return Marker.of(folder).value("call");
    }

    /** Ends what is left of the program, and removes the folder. */
    @Override
    public void close() throws IOException {
        Marker.of(folder).end();
        Clearing.remove(folder);
        lock.close();
    }
}
