package dev.chiron.sandbox.slurm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Programs in the background. Each ends with the thread that started it, which ends with this JVM, also if that is killed. */
final class Daemons {

    private final Path log;
    private final Map<String, String> environment;
    private final ExecutorService starter = Executors.newFixedThreadPool(1, task -> {
        Thread immortal = new Thread(task, "daemons-starter");
        immortal.setDaemon(true);
        return immortal;
    });

    /**
     * None yet.
     *
     * @param log folder for what they print
     * @param environment their variables
     */
    Daemons(Path log, Map<String, String> environment) {
        this.log = log;
        this.environment = environment;
    }

    Process start(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        log.resolve(words[0] + ".out").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return starter.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }
}
