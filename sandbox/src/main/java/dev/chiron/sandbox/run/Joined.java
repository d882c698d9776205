package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.util.OptionalDouble;

/** One execution of a run and of what scored it. */
final class Joined {

    private static final int KEPT = 32 * 1024;
    private static final String SEPARATOR = "--- chiron: the evaluator's output ---\n";

    private Joined() {}

    /** The run with the evaluator's verdict, and the output of both. */
    static Execution evaluated(Finish trained, Execution scored) {
        Execution run = trained.execution();
        String tail = lines(run.tail()) + SEPARATOR + scored.tail();
        String head = run.head().length() >= KEPT / 4 && !run.head().equals(run.tail())
                ? run.head()
                : lines(run.head()) + SEPARATOR + scored.head();
        return new Execution(
                verdict(trained, scored.outcome()),
                run.took().plus(scored.took()),
                head.substring(0, Math.min(KEPT, head.length())),
                tail.substring(Math.max(0, tail.length() - KEPT)),
                scored.exit(),
                run.diff(),
                run.containment());
    }

    private static String lines(String output) {
        return output.isEmpty() || output.endsWith("\n") ? output : output + "\n";
    }

    /** The evaluator's metrics with the run's own curve, which is for showing only. */
    private static Outcome verdict(Finish trained, Outcome scored) {
        if (scored instanceof Outcome.Measured measured) {
            return new Outcome.Measured(measured.value(), measured.metrics(), trained.curve());
        }
        return scored instanceof Outcome.Failed failed
                ? new Outcome.Failed(failed.reason(), LastWords.shorten("the evaluator: " + failed.detail()))
                : scored;
    }

    /** The run with its hold-out: a number and nothing else, since whoever proposes edits reads the rest. */
    static Execution heldOut(Execution run, Outcome.Measured measured, Execution scored) {
        Outcome outcome = scored.outcome();
        Execution longer = run.longer(scored.took());
        if (outcome instanceof Outcome.Measured held) {
            return longer.but(new Outcome.Measured(
                    measured.value(), measured.metrics(), measured.curve(), OptionalDouble.of(held.value())));
        }
        Reason reason = outcome instanceof Outcome.Failed failed && failed.reason() == Reason.INFRASTRUCTURE
                ? Reason.INFRASTRUCTURE
                : Reason.CRASHED;
        String how = outcome instanceof Outcome.Failed failed ? failed.reason().label() : outcome.status();
        String exit = scored.exit().isPresent() ? ", exit " + scored.exit().getAsInt() : "";
        return longer.but(
                new Outcome.Failed(
                        reason,
                        "the hold-out gave no value (" + how + exit
                                + "); what it printed is kept nowhere, because models read it: run the command of holdout: by hand"));
    }
}
