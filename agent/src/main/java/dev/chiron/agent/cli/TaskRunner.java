package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.run.Runner;
import java.nio.file.Path;
import java.util.List;

/**
 * A task file and what runs its trials, for those who want no study around them.
 *
 * @param spec the checked task
 * @param runner runs its script in the sandbox that a study would choose
 */
public record TaskRunner(Spec spec, Runner runner) {

    /**
     * Opens a task file.
     *
     * @param folder where a study of it would be, below which its caches are
     * @throws BadInput if anything is wrong with the task, or its sandbox does not work here
     */
    public static TaskRunner open(Console console, Path file, Path folder) {
        Spec spec = new TaskFile(console).read(file, List.of());
        Sandbox sandbox = new Sandboxes(console).choose(spec.sandbox().level());
        return new TaskRunner(spec, StudyRun.runner(console, spec, file, sandbox, folder));
    }
}
