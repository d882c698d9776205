package dev.chiron.optimizers.sobol;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Quasi-random search: Sobol's points, spread more evenly than random ones (Sobol 1967; Joe and Kuo 2008), repaired where they
 * break a constraint. Learns nothing.
 */
public final class SobolSearch implements Optimizer {

    private static final int ATTEMPTS = 1000;

    private final SearchSpace space;
    private final Prior prior;
    private final SobolPoints points;
    private final long seed;
    private int taken;

    private SobolSearch(SearchSpace space, Prior prior, OptimizerState.Sobol state) {
        this.space = space;
        this.prior = prior;
        this.points = new SobolPoints(space.size(), state.seed());
        this.seed = state.seed();
        this.taken = state.taken();
    }

    /** A new search that draws from a prior, which may be flat. */
    public static SobolSearch start(SearchSpace space, Prior prior, long seed) {
        return new SobolSearch(space, prior, new OptimizerState.Sobol(new SplitMix(seed).nextLong(), 0));
    }

    /** The search that had this state. */
    public static SobolSearch resume(SearchSpace space, Prior prior, OptimizerState.Sobol state) {
        return new SobolSearch(space, prior, state);
    }

    @Override
    public Origin origin() {
        return Origin.SOBOL;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Config> config = space.repair(space.decode(prior.point(points.point(taken++))))
                    .filter(wanted);
            if (config.isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }

    @Override
    public void withdraw(Config config) {}

    @Override
    public void tell(Observation observation) {}

    @Override
    public OptimizerState.Sobol state() {
        return new OptimizerState.Sobol(seed, taken);
    }
}
