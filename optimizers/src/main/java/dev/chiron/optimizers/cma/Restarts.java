package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;
import org.apache.commons.math3.random.RandomGenerator;

/** Decides on the population and the width of each run, by a {@link RestartPolicy}. */
final class Restarts {

    private final RestartPolicy policy;
    private final int first;
    private OptimizerState.Restarts now;

    private Restarts(RestartPolicy policy, int first, OptimizerState.Restarts now) {
        this.policy = policy;
        this.first = first;
        this.now = now;
    }

    /** Before the first run, which has this population. */
    static Restarts none(RestartPolicy policy, int first) {
        return new Restarts(policy, first, new OptimizerState.Restarts(first, 0, false, 0, 0, 0));
    }

    static Restarts resume(RestartPolicy policy, int first, OptimizerState.Restarts state) {
        return new Restarts(policy, first, state);
    }

    /** The bookkeeping of a run that goes on in a space whose first population is another: its population in proportion. */
    static OptimizerState.Restarts moved(OptimizerState.Restarts state, int firstThere, int firstHere) {
        int population = Math.max(firstHere, (int) ((long) state.population() * firstHere / firstThere));
        return new OptimizerState.Restarts(
                population,
                state.doublings(),
                state.large(),
                state.spentSmall(),
                state.spentLarge(),
                state.lastLarge());
    }

    OptimizerState.Restarts state() {
        return now;
    }

    /** The population of the run under way. */
    int population() {
        return now.population();
    }

    /** Whether a run of so many evaluations has had its share, converged or not: half of the last large run. */
    boolean isSpent(int evaluations) {
        return !now.large() && now.lastLarge() > 0 && evaluations >= now.lastLarge() / 2;
    }

    /** A run of so many evaluations has ended: settles the next population and gives the next width, a share of the first. */
    double next(int evaluations, RandomGenerator random) {
        return switch (policy) {
            case SAME -> 1;
            case IPOP -> doubled(0, 0, 0);
            case BIPOP -> alternate(evaluations, random);
        };
    }

    /** The regime that has spent less; the first run counts as a small one. */
    private double alternate(int evaluations, RandomGenerator random) {
        int small = now.spentSmall() + (now.large() ? 0 : evaluations);
        int large = now.large() ? now.spentLarge() + evaluations : now.spentLarge();
        int lastLarge = now.large() ? evaluations : now.lastLarge();
        if (small >= large) {
            return doubled(small, large, lastLarge);
        }
        double u = random.nextDouble();
        double factor = StrictMath.pow(StrictMath.pow(2, now.doublings() - 1.0), u * u);
        int population = (int) Math.floor(first * factor);
        now = new OptimizerState.Restarts(population, now.doublings(), false, small, large, lastLarge);
        return StrictMath.pow(10, -2 * random.nextDouble());
    }

    private double doubled(int small, int large, int lastLarge) {
        int doublings = now.doublings() + 1;
        now = new OptimizerState.Restarts(first << doublings, doublings, true, small, large, lastLarge);
        return 1;
    }
}
