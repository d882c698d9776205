package dev.chiron.optimizers.surrogate;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.sobol.SobolPoints;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.math3.random.RandomGenerator;

/** What is tried where no model helps: the baseline, then quasi-random points of the cube, or of the prior. */
public final class Opening {

    private static final int ATTEMPTS = 1000;

    private final SearchSpace space;
    private final Optional<Prior> prior;
    private final Config baseline;
    private final SobolPoints points;
    private int taken;

    /**
     * An opening of which so many points were taken.
     *
     * @param seed by what the points are shifted
     */
    public Opening(SearchSpace space, Optional<Prior> prior, Config baseline, long seed, int taken) {
        this.space = space;
        this.prior = prior;
        this.baseline = baseline;
        this.points = new SobolPoints(space.size(), seed);
        this.taken = taken;
    }

    /** How many quasi-random points were taken. */
    public int taken() {
        return taken;
    }

    /**
     * The next config that is wanted; empty if many points give none.
     *
     * @throws IllegalStateException if the constraints leave next to nothing to try
     */
    public Optional<Config> next(Memory memory, Predicate<Config> wanted, RandomGenerator random) {
        if (isNew(baseline, memory) && space.broken(baseline).isEmpty() && wanted.test(baseline)) {
            return Optional.of(baseline);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double[] shares = points.point(taken++);
            double[] point = prior.map(belief -> belief.point(shares)).orElse(shares);
            Optional<Config> config =
                    space.repair(space.decode(point)).or(() -> RandomSearch.draw(space, prior, random));
            if (config.isEmpty()) {
                throw RandomSearch.nothingToTry(space);
            }
            if (config.filter(wanted).isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }

    private static boolean isNew(Config config, Memory memory) {
        return !memory.pending().contains(config)
                && memory.observations().stream()
                        .noneMatch(known -> known.config().equals(config));
    }
}
