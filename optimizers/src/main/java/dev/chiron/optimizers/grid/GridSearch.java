package dev.chiron.optimizers.grid;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Grid search: every combination of a few values of each parameter, in an order whose beginnings are spread out. It begins with three values
 * of each number and all options of each choice. When all of them were asked for, the parameter whose values lie furthest apart gets those between
 * them, and so on: at any time the last grids are complete, and a study of any length gets the finest that it has the trials for. What breaks
 * a constraint is no point of the grid. Learns nothing. When the finest grid is exhausted, it begins anew.
 */
public final class GridSearch implements Optimizer {

    /** So many configs of the grid are looked at in an ask, whatever is wanted. */
    private static final int MOST_TRIED = 10_000;

    /** So many numbers that stand for no config, or for one of an earlier grid, are passed over. */
    private static final int MOST_PASSED = 200_000;

    private final SearchSpace space;
    private final Prior prior;
    private final long seed;
    private final List<Config> pending = new ArrayList<>();
    private final List<Config> withdrawn = new ArrayList<>();
    private Grid grid;
    private int refinements;
    private long next;

    private GridSearch(SearchSpace space, Prior prior, OptimizerState.Grid state) {
        this.space = space;
        this.prior = prior;
        this.seed = state.seed();
        this.refinements = state.refinements();
        this.next = state.next();
        this.pending.addAll(state.pending());
        this.withdrawn.addAll(state.withdrawn());
        this.grid = Grid.of(space, prior, seed, refinements)
                .orElseThrow(() ->
                        new IllegalArgumentException("this state is of another search space: no grid of it is refined "
                                + state.refinements() + " times"));
    }

    /** A new search; real numbers with a prior are tried at its quantiles. */
    public static GridSearch start(SearchSpace space, Prior prior, long seed) {
        long shuffle = new SplitMix(seed).nextLong();
        return new GridSearch(space, prior, new OptimizerState.Grid(shuffle, 0, 0, List.of(), List.of()));
    }

    /**
     * The search that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static GridSearch resume(SearchSpace space, Prior prior, OptimizerState.Grid state) {
        return new GridSearch(space, prior, state);
    }

    /** How many values the grid of a state tries of each parameter, in the space's order. */
    public static List<Integer> values(SearchSpace space, OptimizerState.Grid state) {
        Prior anywhere = Prior.flat(
                space, space.decode(new double[space.size()])); // a prior moves values, and their number stays
        return resume(space, anywhere, state).grid.sizes();
    }

    @Override
    public Origin origin() {
        return Origin.GRID;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        Optional<Config> asked = again(wanted).or(() -> another(wanted));
        asked.ifPresent(pending::add);
        return asked;
    }

    /** What was asked for and not run. */
    private Optional<Config> again(Predicate<Config> wanted) {
        for (Iterator<Config> left = withdrawn.iterator(); left.hasNext(); ) {
            Config config = left.next();
            if (wanted.test(config)) {
                left.remove();
                return Optional.of(config);
            }
        }
        return Optional.empty();
    }

    private Optional<Config> another(Predicate<Config> wanted) {
        int tried = 0;
        for (int passed = 0; passed < MOST_PASSED && tried < MOST_TRIED; passed++) {
            Optional<Config> config = grid.config(next);
            advance();
            tried += config.isPresent() ? 1 : 0;
            if (config.isPresent() && space.broken(config.get()).isEmpty() && wanted.test(config.get())) {
                return config;
            }
        }
        return Optional.empty();
    }

    private void advance() {
        next++;
        if (next >= grid.size()) {
            next = 0;
            Optional<Grid> finer = Grid.of(space, prior, seed, refinements + 1);
            refinements = finer.isPresent() ? refinements + 1 : 0;
            grid = finer.or(() -> Grid.of(space, prior, seed, 0)).orElseThrow();
        }
    }

    @Override
    public void withdraw(Config config) {
        if (pending.remove(config)) {
            withdrawn.add(config);
        }
    }

    @Override
    public void tell(Observation observation) {
        pending.remove(observation.config());
    }

    @Override
    public OptimizerState.Grid state() {
        return new OptimizerState.Grid(seed, refinements, next, List.copyOf(pending), List.copyOf(withdrawn));
    }
}
