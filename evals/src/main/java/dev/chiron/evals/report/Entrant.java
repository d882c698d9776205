package dev.chiron.evals.report;

import dev.chiron.evals.compare.Attempt;
import dev.chiron.evals.compare.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A method on a task.
 *
 * @param number of the method in the whole report, from 0: its colour
 * @param runs one a seed, by seed; at least one
 */
record Entrant(String method, int number, List<Run> runs) {

    Entrant {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingLong(Run::seed));
        runs = List.copyOf(sorted);
    }

    MethodName name() {
        return MethodName.of(runs.get(0));
    }

    Optional<Run> run(long seed) {
        return runs.stream().filter(run -> run.seed() == seed).findFirst();
    }

    /** Whether a model takes turns; the rules in a model's place count as one. */
    boolean hasModel() {
        String model = name().model();
        return !model.equals("none") && !model.equals("perturb");
    }

    /** The trials of a run; empty if they were not kept. */
    static List<Attempt> attempts(Run run, int trials) {
        return run.ours()
                .map(ours -> ours.attempts().stream().limit(trials).toList())
                .orElse(List.of());
    }
}
