package dev.chiron.evals.compare;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.pareto.Hypervolume;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.util.ArrayList;
import java.util.List;

/** How the volume grows that the front of a task of several objectives dominates. */
final class Growth {

    private final Objective objective;
    private final double[] reference;
    private final List<double[]> seen = new ArrayList<>();
    private double volume;

    Growth(EvalTask task) {
        this.objective = task.objective();
        this.reference = new double[task.reference().size()];
        for (int k = 0; k < reference.length; k++) {
            reference[k] = objective.all().get(k).loss(task.reference().get(k));
        }
    }

    /** The volume after another trial; as before where it was not measured. */
    double after(Outcome outcome) {
        return outcome instanceof Outcome.Measured measured ? after(objective.losses(measured)) : volume;
    }

    /** The same of its losses. */
    double after(double[] losses) {
        volume += Math.max(0, Hypervolume.gain(losses, seen, reference));
        seen.add(losses);
        return volume;
    }
}
