package dev.chiron.agent.store;

import dev.chiron.agent.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One writer at a time: a lock that the operating system releases when its process ends, however it ends, also over NFS. Who has it stands
 * in a file of its own: a POSIX lock goes as soon as its process closes any descriptor of the locked file, so whoever has it must not as much
 * as read that.
 */
final class StudyLock implements Closeable {

    private final Path path;
    private final FileChannel file;

    private StudyLock(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** @throws UnusableStudy if another process has it, or this one, naming it */
    static StudyLock take(Path path) throws IOException {
        if (named(path).equals(ourselves())) {
            throw refused(path);
        }
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(file).isEmpty()) {
                throw refused(path);
            }
            Disk.replace(name(path), (ourselves() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return new StudyLock(path, file);
    }

    private static UnusableStudy refused(Path path) {
        String owner = named(path);
        return new UnusableStudy("the study " + path.getParent() + " is being written by process "
                + (owner.isEmpty() ? "of another host or user" : owner)
                + ": wait for it, or choose another folder with --study");
    }

    /** Who holds the lock; empty if nobody does. */
    static Optional<String> owner(Path path) {
        String named = named(path);
        if (named.equals(ourselves())) {
            return Optional.of(named);
        }
        if (!Files.isReadable(path)) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            FileLock shared = file.tryLock(0, Long.MAX_VALUE, true); // given back when the file is closed
            return shared == null ? Optional.of(named) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.of(ourselves());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The process that wrote its name beside the lock, if it lives as far as can be told from here; empty if not. Takes no lock, not even for a
     * moment, in which a study could not begin.
     */
    static Optional<String> lastOwner(Path path) {
        String named = named(path);
        if (named.isEmpty() || !named.contains(" on " + host())) {
            return Optional.of(named).filter(name -> !name.isEmpty()); // of another host: not to be seen from here
        }
        String number = named.substring(0, named.indexOf(' '));
        return number.matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(number))
                        .filter(ProcessHandle::isAlive)
                        .map(StudyLock::name)
                        .filter(named::equals) // else the number was given anew
                : Optional.empty();
    }

    private static Optional<FileLock> tryLock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // held by this very process
        } catch (IOException e) {
            throw new IOException(
                    "it cannot be locked (" + e.getMessage() + "); its file system must have locks, as NFS has from "
                            + "version 4 on, or with lockd",
                    e);
        }
    }

    /** What stands in the file of the name; of a process that was killed, too. */
    private static String named(Path path) {
        try {
            return Files.readString(name(path)).strip();
        } catch (IOException nobody) {
            return "";
        }
    }

    private static Path name(Path path) {
        return path.resolveSibling("writer");
    }

    /** With the time at which it began: in a container each start may well have the same number. */
    private static String ourselves() {
        return name(ProcessHandle.current());
    }

    private static String name(ProcessHandle process) {
        return process.pid() + " on " + host()
                + process.info().startInstant().map(start -> " since " + start).orElse("");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isOpen()) { // this process may live on
            Files.deleteIfExists(name(path));
            file.close();
        }
    }
}
