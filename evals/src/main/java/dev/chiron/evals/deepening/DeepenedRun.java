package dev.chiron.evals.deepening;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.fidelity.Deepening;
import dev.chiron.optimizers.fidelity.Deepening.Job;
import dev.chiron.optimizers.fidelity.Deepening.Variant;
import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.List;

/**
 * What Hyperband took on random configs, and where it ended.
 *
 * @param epochs of all evaluations, each trained from its beginning
 * @param best the lowest loss at the largest budget; infinite without one
 */
record DeepenedRun(double epochs, int evaluations, double best) {

    /** Brackets draw from seeds of their own, so that all variants meet the same configs. */
    private static final long SEEDS = 1_000;

    /**
     * Runs Hyperband, and again after each deepening.
     *
     * @param most the first largest budget, in epochs
     */
    static DeepenedRun of(EvalTask task, Variant variant, double most, int reduction, int deepenings, long seed) {
        Deepening deepening = new Deepening(most, reduction, variant);
        List<RandomSearch> samplers = new ArrayList<>();
        List<List<Config>> configs = new ArrayList<>();
        double epochs = 0;
        int evaluations = 0;
        for (int depth = 0; depth <= deepenings; depth++) {
            for (List<Job> open = deepening.open(); !open.isEmpty(); open = deepening.open()) {
                for (Job job : open) {
                    while (samplers.size() <= job.bracket()) {
                        samplers.add(RandomSearch.start(task.space(), seed * SEEDS + samplers.size()));
                        configs.add(new ArrayList<>());
                    }
                    List<Config> drawn = configs.get(job.bracket());
                    while (drawn.size() <= job.candidate()) {
                        drawn.add(samplers.get(job.bracket()).ask());
                    }
                    deepening.tell(job, task.objective().loss(task.after(job.budget(), drawn.get(job.candidate()))));
                    epochs += job.budget();
                    evaluations++;
                }
            }
            if (depth < deepenings) {
                deepening.deepen();
            }
        }
        double best = deepening.best().map(Deepening.Whole::loss).orElse(Double.POSITIVE_INFINITY);
        return new DeepenedRun(epochs, evaluations, best);
    }

    /** With what another has taken besides. */
    DeepenedRun after(DeepenedRun other) {
        return new DeepenedRun(epochs + other.epochs, evaluations + other.evaluations, best);
    }
}
