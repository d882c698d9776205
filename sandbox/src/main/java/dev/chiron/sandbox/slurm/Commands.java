package dev.chiron.sandbox.slurm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Slurm's programs. They see of this process's variables what is about Slurm, the user and the language, so that no key reaches them, nor a
 * job that this process may itself be part of. Safe for use by several threads.
 */
final class Commands {

    private static final List<String> PASSED = List.of(
            "PATH", "HOME", "USER", "LOGNAME", "TZ", "LD_LIBRARY_PATH", "KRB5CCNAME", "SLURM_CONF", "SLURM_JWT");
    /** What people set as their own defaults for {@code sbatch}. */
    private static final String DEFAULTS = "SBATCH_";

    private static final List<String> REFUSED = List.of("SBATCH_EXPORT", "SBATCH_GET_USER_ENV", "SBATCH_ARRAY_INX");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST = 64 << 20;

    private final Map<String, String> environment;

    /** @param outer this process's variables */
    Commands(Map<String, String> outer) {
        Map<String, String> kept = new LinkedHashMap<>();
        outer.forEach((name, value) -> {
            if ((PASSED.contains(name) || name.startsWith(DEFAULTS)) && !REFUSED.contains(name)) {
                kept.put(name, value);
            }
        });
        kept.put("LC_ALL", "C"); // what they say is read
        kept.put("SLURM_BITSTR_LEN", "0"); // and the tasks of an array are all named
        this.environment = Collections.unmodifiableMap(kept);
    }

    /** What a program said; {@code exit} is -1 if it could not be started or did not end. */
    record Said(int exit, String out, String complaint) {

        boolean worked() {
            return exit == 0;
        }
    }

    /** Whether there is such a program. */
    boolean has(String program) {
        return find(program).isPresent();
    }

    private Optional<Path> find(String program) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program to its end. An interrupt is kept for later: a job that is half handed in would be lost. */
    Said run(List<String> words) {
        Optional<Path> program = find(words.get(0));
        if (program.isEmpty()) {
            return new Said(-1, "", words.get(0) + " is not on the PATH");
        }
        List<String> command = new ArrayList<>(words);
        command.set(0, program.get().toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return watched(builder.start(), words.get(0));
        } catch (IOException e) {
            return new Said(-1, "", String.valueOf(e.getMessage()));
        }
    }

    private static Said watched(Process process, String name) throws IOException {
        process.getOutputStream().close();
        FutureTask<String> out = reading(process.getInputStream(), name + "-stdout");
        FutureTask<String> err = reading(process.getErrorStream(), name + "-stderr");
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    String said = out.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    String complaint = err.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    return new Said(process.waitFor(), said, complaint.strip());
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    process.destroyForcibly();
                    return new Said(-1, "", name + " gave no answer in " + PATIENCE.toSeconds() + " s");
                } catch (ExecutionException e) {
                    return new Said(-1, "", name + ": " + e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FutureTask<String> reading(InputStream in, String name) {
        FutureTask<String> text = new FutureTask<>(() -> {
            try (in) {
                return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            }
        });
        Thread thread = new Thread(text, "chiron-" + name);
        thread.setDaemon(true);
        thread.start();
        return text;
    }
}
