package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/** Uniform random search: points of the unit cube, repaired where they break a constraint. Learns nothing. */
public final class RandomSearch implements Optimizer {

    static final int ATTEMPTS = 1000;

    private final SearchSpace space;
    private final SplitMix random;

    private RandomSearch(SearchSpace space, SplitMix random) {
        this.space = space;
        this.random = random;
    }

    /** A new search. */
    public static RandomSearch start(SearchSpace space, long seed) {
        return new RandomSearch(space, new SplitMix(seed));
    }

    /** The search that had this state. */
    public static RandomSearch resume(SearchSpace space, OptimizerState.Uniform state) {
        return new RandomSearch(space, new SplitMix(state.random()));
    }

    @Override
    public Origin origin() {
        return Origin.RANDOM;
    }

    /** @throws IllegalStateException if the constraints leave next to nothing to try */
    @Override
    public Config ask() {
        return draw(space, random).orElseThrow(() -> nothingToTry(space));
    }

    @Override
    public void tell(Config config, double loss) {
        requireFinite(loss);
    }

    @Override
    public void tellInfeasible(Config config) {}

    @Override
    public OptimizerState.Uniform state() {
        return new OptimizerState.Uniform(random.state());
    }

    /** A uniform draw that keeps the constraints, perhaps by repair; empty if many draws give none. */
    public static Optional<Config> draw(SearchSpace space, RandomGenerator random) {
        Optional<Config> config = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS && config.isEmpty(); attempt++) {
            double[] point = new double[space.size()];
            for (int i = 0; i < point.length; i++) {
                point[i] = random.nextDouble();
            }
            config = space.repair(space.decode(point));
        }
        return config;
    }

    static IllegalStateException nothingToTry(SearchSpace space) {
        return new IllegalStateException("none of " + ATTEMPTS + " configs could be brought to keep the constraints "
                + space.constraints() + ": loosen them or the ranges");
    }

    static void requireFinite(double loss) {
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("a loss must be finite, not " + loss + ": tell a failure as infeasible");
        }
    }
}
