package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Sandboxes;
import dev.chiron.agent.start.TaskFile;
import dev.chiron.agent.start.TaskRunner;
import dev.chiron.optimizers.study.Change;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.run.Clearing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code chiron run --sandbox-shell}: a look around where a trial would run, to find out why a script does not run there. */
final class SandboxShell {

    private final Console console;

    SandboxShell(Console console) {
        this.console = console;
    }

    /**
     * Opens it for the baseline's values, waits, and leaves nothing behind but what was put into the study's caches.
     *
     * @return the shell's exit code
     * @throws BadInput if anything is wrong with the task
     */
    int open(Path file, List<Setting> flags, Path folder) {
        Spec spec = new TaskFile(console.surroundings()).readFor(file, flags, folder);
        Sandbox sandbox =
                new Sandboxes(console.surroundings()).choose(spec.sandbox().level());
        console.err()
                .println("A shell in a copy of " + spec.folder() + ", as a trial would have it (sandbox: "
                        + sandbox.level().label() + "). A trial runs: " + spec.run()
                        + ". Limits of time, output and disk are not kept." + terminal(sandbox.level())
                        + " Leave it with exit.");
        console.err().flush();
        Interrupts interrupts = Interrupts.leaveToProgram();
        try {
            Path temporary = Files.createTempDirectory("chiron-shell");
            try {
                return TaskRunner.runner(console.surroundings(), spec, file, sandbox, folder)
                        .shell(
                                TaskRunner.told(spec, new Change.Settings(spec.baseline())),
                                temporary.resolve("workspace"));
            } finally {
                Clearing.remove(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the shell cannot be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        } finally {
            interrupts.release();
        }
    }

    /** A shell needs the terminal that a trial has not; only bubblewrap's filter of system calls keeps it from typing there. */
    private static String terminal(Isolation level) {
        return level == Isolation.BUBBLEWRAP
                ? ""
                : " Unlike a trial it has this terminal, and what you start in it could type commands here.";
    }
}
