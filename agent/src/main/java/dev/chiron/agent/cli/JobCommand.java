package dev.chiron.agent.cli;

import dev.chiron.sandbox.slurm.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code chiron job}: what a job of a cluster starts on its node; not for people. */
@Command(
        name = "job",
        description = "Runs one trial in a job of a Slurm cluster; started by Chiron itself.",
        hidden = true)
final class JobCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "the job's folder")
    private Path folder = Path.of("");

    JobCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Interrupts interrupts = Interrupts.endingTrial();
        try {
            new Job(folder, console.environment()).run();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        } finally {
            interrupts.release();
        }
    }
}
