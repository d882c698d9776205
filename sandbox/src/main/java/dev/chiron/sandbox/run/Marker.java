package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A variable in the environment of every process of a run, by which processes are found again that have left their parents. Its value
 * begins with a hash of the workspace's path, so that another JVM finds them too.
 */
public final class Marker {

    /** The name of the variable. */
    public static final String VARIABLE = "CHIRON_RUN";

    private static final Path PROC = Path.of("/proc");
    private static final int MOST_ROUNDS = 1000;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(3);

    private final String beginning;

    private Marker(String beginning) {
        this.beginning = beginning;
    }

    /** The marker of all runs in a workspace, now or by a JVM that was killed. */
    public static Marker of(Path workspace) {
        try {
            byte[] path = workspace.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path);
            return new Marker(HexFormat.of().formatHex(hash, 0, 8) + "-");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The value of the variable for one run. */
    public String value(String run) {
        return beginning + run;
    }

    /** The living processes with this marker; none where there is no {@code /proc}. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> marked = new ArrayList<>();
        byte[] wanted = (VARIABLE + "=" + beginning).getBytes(StandardCharsets.UTF_8);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                // The handle first: it knows the process's start time, so a reused id is never killed.
                Optional<ProcessHandle> handle =
                        ProcessHandle.of(Long.parseLong(entry.getFileName().toString()));
                if (handle.isPresent() && has(environment(entry), wanted)) {
                    marked.add(handle.get());
                }
            }
        } catch (IOException e) {
            return marked;
        }
        return marked;
    }

    /** Kills them all, again and again until none is left, but not without end. */
    public void end() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<ProcessHandle> left = processes();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(PAUSE);
        }
    }

    private static byte[] environment(Path process) {
        try {
            return Files.readAllBytes(process.resolve("environ"));
        } catch (IOException othersOrGone) {
            return new byte[0];
        }
    }

    private static boolean has(byte[] environment, byte[] wanted) {
        int start = 0;
        for (int i = 0; i <= environment.length; i++) {
            if (i == environment.length || environment[i] == 0) {
                if (i - start >= wanted.length
                        && Arrays.equals(environment, start, start + wanted.length, wanted, 0, wanted.length)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }
}
