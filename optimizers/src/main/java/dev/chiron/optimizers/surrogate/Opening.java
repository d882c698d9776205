package dev.chiron.optimizers.surrogate;

import dev.chiron.optimizers.sobol.SobolPoints;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.Optional;
import java.util.function.Predicate;

/** What is tried where no model helps: quasi-random points of the cube, or of the prior. */
public final class Opening {

    private static final int ATTEMPTS = 1000;

    private final SearchSpace space;
    private final Optional<Prior> prior;
    private final SobolPoints points;
    private int taken;

    /**
     * An opening of which so many points were taken.
     *
     * @param seed by what the points are shifted
     */
    public Opening(SearchSpace space, Optional<Prior> prior, long seed, int taken) {
        this.space = space;
        this.prior = prior;
        this.points = new SobolPoints(space.size(), seed);
        this.taken = taken;
    }

    /** How many quasi-random points were taken. */
    public int taken() {
        return taken;
    }

    /** The next config that is wanted; empty if many points give none. */
    public Optional<Config> next(Predicate<Config> wanted) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double[] shares = points.point(taken++);
            double[] point = prior.map(belief -> belief.point(shares)).orElse(shares);
            Optional<Config> config = space.repair(space.decode(point)).filter(wanted);
            if (config.isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }
}
