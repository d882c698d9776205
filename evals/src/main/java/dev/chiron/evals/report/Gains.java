package dev.chiron.evals.report;

import dev.chiron.evals.compare.Attempt;
import dev.chiron.evals.compare.Run;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Who brought a run forward: each new incumbent's gain in what the incumbent is worth without noise. A gain is below 0 where noise made
 * a worse config the incumbent. The first incumbent is no gain, since there was nothing before it.
 *
 * @param finds each incumbent but the first
 * @param origins of each trial
 */
record Gains(List<Find> finds, List<String> origins) {

    Gains {
        finds = List.copyOf(finds);
        origins = List.copyOf(origins);
    }

    /** An incumbent: which trial, and by how much it is better than the one before. */
    record Find(int trial, double gain) {}

    /** Empty if the run does not say who proposed its trials. */
    static Optional<Gains> of(TaskRuns task, Run run) {
        List<String> origins = Entrant.attempts(run, task.trials()).stream()
                .map(Attempt::origin)
                .toList();
        if (origins.isEmpty()) {
            return Optional.empty();
        }
        List<Run.Incumbent> incumbents = run.ours().orElseThrow().incumbents().stream()
                .filter(incumbent -> incumbent.trial() < origins.size())
                .toList();
        List<Find> finds = new ArrayList<>();
        for (int i = 1; i < incumbents.size(); i++) {
            double before = task.objective().loss(incumbents.get(i - 1).value());
            double after = task.objective().loss(incumbents.get(i).value());
            finds.add(new Find(incumbents.get(i).trial(), before - after));
        }
        return Optional.of(new Gains(finds, origins));
    }

    /** Whether a trial was the model's, or of what stands in its place. */
    static boolean isPartner(String origin) {
        return Origin.labelled(origin)
                .filter(known -> known.isModel() || known == Origin.PERTURB)
                .isPresent();
    }

    boolean isPartner(int trial) {
        return isPartner(origins.get(trial));
    }

    /** The first trial of the model's; empty if it had none. */
    OptionalInt firstTurn() {
        return IntStream.range(0, origins.size()).filter(this::isPartner).findFirst();
    }

    /** How many trials from this one on are the model's, or are not. */
    long trials(int from, boolean partner) {
        return IntStream.range(from, origins.size())
                .filter(trial -> isPartner(trial) == partner)
                .count();
    }

    /** What they gained, all together. */
    double gain(int from, boolean partner) {
        return finds.stream()
                .filter(find -> find.trial() >= from && isPartner(find.trial()) == partner)
                .mapToDouble(Find::gain)
                .sum();
    }
}
