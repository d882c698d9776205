package dev.chiron.optimizers.fidelity;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * One optimizer for each part of a training, each told of runs of that part alone, so that values of different parts are never compared. Who is
 * asked is the one of the largest part that knows of enough runs, as in BOHB (Falkner et al. 2018, section 4.1); a share of the configs is
 * random, whatever was learned, as there.
 */
public final class Rungwise implements Optimizer {

    /** As many random draws as are tried for one that is wanted. */
    private static final int DRAWS = 100;

    /** Below it most methods draw their first configs at random. */
    private static final int FEWEST = 10;

    private final SearchSpace space;
    private final double randomShare;
    private final double[] shares;
    private final List<Optimizer> rungs;
    private final int[] measured;
    private final SplitMix random;
    private Optional<Origin> last = Optional.empty(); // of what was asked last

    /**
     * At its beginning.
     *
     * @param randomShare the share of the configs that are random, 0 to 1
     * @param shares of a whole training, that of the whole first and then descending
     * @param starting the optimizer of the rung of that number, at its start
     */
    public static Rungwise start(
            SearchSpace space, double randomShare, double[] shares, long seed, IntFunction<Optimizer> starting) {
        List<Optimizer> rungs = new ArrayList<>();
        for (int rung = 0; rung < shares.length; rung++) {
            rungs.add(starting.apply(rung));
        }
        return new Rungwise(space, randomShare, shares, rungs, new int[shares.length], new SplitMix(seed).nextLong());
    }

    /**
     * The one that had this state; empty if a rung's optimizer cannot go on from its own.
     *
     * @param resuming an optimizer as it was in a state
     */
    public static Optional<Rungwise> resume(
            SearchSpace space,
            double randomShare,
            OptimizerState.Rungwise state,
            Function<OptimizerState, Optional<Optimizer>> resuming) {
        List<Optimizer> rungs = state.rungs().stream()
                .flatMap(rung -> resuming.apply(rung.state()).stream())
                .toList();
        if (rungs.size() < state.rungs().size()) {
            return Optional.empty();
        }
        double[] shares =
                state.rungs().stream().mapToDouble(OptimizerState.Rung::share).toArray();
        int[] measured =
                state.rungs().stream().mapToInt(OptimizerState.Rung::measured).toArray();
        return Optional.of(new Rungwise(space, randomShare, shares, rungs, measured, state.random()));
    }

    private Rungwise(
            SearchSpace space,
            double randomShare,
            double[] shares,
            List<Optimizer> rungs,
            int[] measured,
            long random) {
        this.space = space;
        this.randomShare = randomShare;
        this.shares = shares.clone();
        this.rungs = List.copyOf(rungs);
        this.measured = measured.clone();
        this.random = new SplitMix(random);
    }

    /** The number of the rung whose optimizer is asked. */
    private int asked() {
        int enough = Math.max(FEWEST, space.size() + 3); // BOHB's: one more than parameters, and two
        int most = rungs.size() - 1;
        for (int rung = 0; rung < rungs.size(); rung++) {
            if (measured[rung] >= enough) {
                return rung;
            }
            most = measured[rung] > measured[most] ? rung : most;
        }
        return most;
    }

    @Override
    public Origin origin() {
        return last.orElseGet(() -> rungs.get(asked()).origin());
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        if (randomShare > 0 && random.nextDouble() < randomShare) {
            last = Optional.of(Origin.RANDOM);
            for (int draw = 0; draw < DRAWS; draw++) {
                Optional<Config> config = RandomSearch.draw(space, random).filter(wanted);
                if (config.isPresent()) {
                    return config;
                }
            }
        }
        Optimizer optimizer = rungs.get(asked());
        Optional<Config> config = optimizer.ask(wanted);
        last = Optional.of(optimizer.origin());
        return config;
    }

    @Override
    public void withdraw(Config config) {
        rungs.forEach(optimizer -> optimizer.withdraw(config));
    }

    @Override
    public void expect(Config config) {
        rungs.get(asked()).expect(config);
    }

    /** Of a part that is none of the rungs nothing is learned. */
    @Override
    public void tell(Observation observation) {
        boolean counts = observation.kind() != Observation.Kind.INFEASIBLE && space.contains(observation.config());
        for (int rung = 0; rung < rungs.size(); rung++) {
            if (shares[rung] == observation.share()) {
                rungs.get(rung).tell(observation);
                measured[rung] += counts ? 1 : 0;
            } else {
                rungs.get(rung).withdraw(observation.config()); // perhaps asked for here, and run elsewhere
            }
        }
    }

    @Override
    public List<Double> rate(List<Config> configs) {
        return rungs.get(asked()).rate(configs);
    }

    @Override
    public OptimizerState.Rungwise state() {
        List<OptimizerState.Rung> states = new ArrayList<>();
        for (int rung = 0; rung < rungs.size(); rung++) {
            states.add(new OptimizerState.Rung(
                    shares[rung], measured[rung], rungs.get(rung).state()));
        }
        return new OptimizerState.Rungwise(states, asked(), random.state());
    }
}
