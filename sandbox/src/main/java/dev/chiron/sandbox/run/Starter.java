package dev.chiron.sandbox.run;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts every process from one thread that never ends. Linux sends a parent-death signal when the thread that started the child ends, not
 * when the JVM does, so a pool's idle thread would end a run.
 */
final class Starter {

    private final ExecutorService thread = Executors.newFixedThreadPool(1, task -> {
        Thread immortal = new Thread(task, "chiron-starter");
        immortal.setDaemon(true);
        return immortal;
    });

    /** Starts a process; an interrupt is kept for later, because a process half started could not be ended. */
    Process start(ProcessBuilder builder) throws IOException {
        Future<Process> started = thread.submit(builder::start);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return started.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
