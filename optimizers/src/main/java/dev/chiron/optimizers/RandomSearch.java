package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.math3.random.RandomGenerator;

/** Random search: points of the unit cube, uniform or from a prior, repaired where they break a constraint. Learns nothing. */
public final class RandomSearch implements Optimizer {

    private static final int ATTEMPTS = 1000;

    private final SearchSpace space;
    private final Optional<Prior> prior;
    private final SplitMix random;

    private RandomSearch(SearchSpace space, Optional<Prior> prior, SplitMix random) {
        this.space = space;
        this.prior = prior;
        this.random = random;
    }

    /** A new search, uniform. */
    public static RandomSearch start(SearchSpace space, long seed) {
        return new RandomSearch(space, Optional.empty(), new SplitMix(seed));
    }

    /** A new search that draws from a prior. */
    public static RandomSearch start(SearchSpace space, Prior prior, long seed) {
        return new RandomSearch(space, Optional.of(prior), new SplitMix(seed));
    }

    /** The search that had this state. */
    public static RandomSearch resume(SearchSpace space, Prior prior, OptimizerState.Uniform state) {
        return new RandomSearch(space, Optional.of(prior), new SplitMix(state.random()));
    }

    @Override
    public Origin origin() {
        return Origin.RANDOM;
    }

    /** @throws IllegalStateException if the constraints leave next to nothing to try */
    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Config config = draw(space, prior, random).orElseThrow(() -> nothingToTry(space));
            if (wanted.test(config)) {
                return Optional.of(config);
            }
        }
        return Optional.empty();
    }

    @Override
    public void withdraw(Config config) {}

    @Override
    public void tell(Config config, double loss) {
        Loss.requireFinite(loss);
    }

    @Override
    public void tellInfeasible(Config config) {}

    @Override
    public OptimizerState.Uniform state() {
        return new OptimizerState.Uniform(random.state());
    }

    /** A uniform draw that keeps the constraints, perhaps by repair; empty if many draws give none. */
    public static Optional<Config> draw(SearchSpace space, RandomGenerator random) {
        return draw(space, Optional.empty(), random);
    }

    /** A draw from a belief that keeps the constraints, perhaps by repair; empty if many draws give none. */
    public static Optional<Config> draw(SearchSpace space, Optional<Prior> prior, RandomGenerator random) {
        Optional<Config> config = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS && config.isEmpty(); attempt++) {
            double[] point = new double[space.size()];
            for (int i = 0; i < point.length; i++) {
                point[i] = random.nextDouble();
            }
            config = space.repair(
                    space.decode(prior.map(belief -> belief.point(point)).orElse(point)));
        }
        return config;
    }

    /** What an optimizer throws when {@link #draw} finds nothing. */
    public static IllegalStateException nothingToTry(SearchSpace space) {
        return new IllegalStateException("none of " + ATTEMPTS + " configs could be brought to keep the constraints "
                + space.constraints() + ": loosen them or the ranges");
    }
}
