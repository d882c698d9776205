package dev.chiron.agent.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** One writer at a time: a lock that the operating system releases when its process ends, however it ends. */
final class StudyLock implements Closeable {

    private final FileChannel file;

    private StudyLock(FileChannel file) {
        this.file = file;
    }

    /** @throws UnusableStudy if another process has it, naming that process */
    static StudyLock take(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(file).isEmpty()) {
            String owner = Files.readString(path).strip();
            file.close();
            throw new UnusableStudy("the study " + path.getParent() + " is being written by process " + owner
                    + ": wait for it, or choose another folder with --study");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return new StudyLock(file);
    }

    /** Who holds the lock; empty if nobody does. */
    static Optional<String> owner(Path path) {
        if (!Files.isReadable(path)) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            FileLock shared = file.tryLock(0, Long.MAX_VALUE, true); // given back when the file is closed
            return shared == null ? Optional.of(Files.readString(path).strip()) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.of(Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The process that wrote its number into the lock, if it lives; empty if not. Takes no lock, not even for a moment, in which a study
     * could not begin; so it is only as sure as process numbers are.
     */
    static Optional<String> lastOwner(Path path) {
        try {
            String process = Files.readString(path).strip();
            Instant taken = Files.getLastModifiedTime(path).toInstant().plusSeconds(1); // of coarse clocks
            return process.matches("\\d{1,18}")
                    ? ProcessHandle.of(Long.parseLong(process))
                            .filter(ProcessHandle::isAlive)
                            .filter(alive -> alive.info()
                                    .startInstant()
                                    .map(start -> !start.isAfter(taken)) // else the number was given anew
                                    .orElse(true))
                            .map(alive -> process)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileLock> tryLock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // held by this very process
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isOpen()) {
            file.truncate(0); // this process may live on
            file.close();
        }
    }
}
