package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.isolate.Containment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run, after it.
 *
 * @param took from the start of the process to its end; zero if it never started
 * @param head the first 32 kB of stdout and stderr together, in order of arrival
 * @param tail the last 32 kB of the same; overlaps the head if there was little
 * @param exit the exit status; empty if it never started or was stopped
 * @param diff how the script was changed, as a unified diff without context; empty if it was not
 * @param containment how it was kept in; empty if it never started, or not on this machine
 * @param saved the folder in its workspace to which it has saved a checkpoint, as it left it; empty if it did not end well, or none is asked
 *     for
 */
public record Execution(
        Outcome outcome,
        Duration took,
        String head,
        String tail,
        OptionalInt exit,
        String diff,
        Optional<Containment> containment,
        Optional<Path> saved) {

    /** One without a checkpoint. */
    public Execution(
            Outcome outcome,
            Duration took,
            String head,
            String tail,
            OptionalInt exit,
            String diff,
            Optional<Containment> containment) {
        this(outcome, took, head, tail, exit, diff, containment, Optional.empty());
    }

    /** One of which it is not known how it was kept in. */
    public Execution(Outcome outcome, Duration took, String head, String tail, OptionalInt exit, String diff) {
        this(outcome, took, head, tail, exit, diff, Optional.empty());
    }

    /** The same with another outcome. */
    public Execution but(Outcome other) {
        return new Execution(other, took, head, tail, exit, diff, containment, saved);
    }

    /** The same with what it has saved. */
    public Execution saving(Optional<Path> folder) {
        return new Execution(outcome, took, head, tail, exit, diff, containment, folder);
    }

    /** The same, and something more that took time. */
    Execution longer(Duration more) {
        return new Execution(outcome, took.plus(more), head, tail, exit, diff, containment, saved);
    }
}
