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

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        return draw(space, prior, wanted, random);
    }

    @Override
    public void withdraw(Config config) {}

    @Override
    public void tell(Observation observation) {}

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
        return draw(space, prior, config -> true, random);
    }

    private static Optional<Config> draw(
            SearchSpace space, Optional<Prior> prior, Predicate<Config> wanted, RandomGenerator random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double[] shares = new double[space.size()];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = random.nextDouble();
            }
            double[] point = prior.map(belief -> belief.point(shares)).orElse(shares);
            Optional<Config> config = space.repair(space.decode(point)).filter(wanted);
            if (config.isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }
}
