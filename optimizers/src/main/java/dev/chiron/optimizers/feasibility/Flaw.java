package dev.chiron.optimizers.feasibility;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.util.List;
import java.util.Optional;

/**
 * A way in which a trial is no good: it fails for a reason, or it breaks what must hold of its metrics.
 *
 * @param label the reason's label, or the condition as it was written
 */
public record Flaw(String label) {

    /** The flaw of trials that fail for this reason. */
    public static Flaw of(Reason reason) {
        return new Flaw(reason.label());
    }

    /** All flaws of an outcome; empty of a good one, and of a broken machine, which says nothing about a config. */
    static List<Flaw> of(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason() == Reason.INFRASTRUCTURE ? List.of() : List.of(of(failed.reason()));
        }
        return outcome instanceof Outcome.Infeasible infeasible
                ? infeasible.broken().stream().map(Flaw::new).toList()
                : List.of();
    }

    /** Why it fails; empty if it breaks a condition. */
    public Optional<Reason> reason() {
        return Reason.labelled(label);
    }

    /** Whether an outcome tells that the flaw is there or is not: who failed says nothing of conditions, nor of another failure. */
    boolean isToldBy(Outcome outcome) {
        if (of(outcome).contains(this)) {
            return true;
        }
        return !(outcome instanceof Outcome.Failed) && (reason().isPresent() || !(outcome instanceof Outcome.Pruned));
    }
}
