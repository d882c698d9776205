package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.surrogate.Coordinates;
import dev.chiron.optimizers.surrogate.Opening;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Bayesian optimisation with a random forest, after SMAC3 (Lindauer et al. 2022, arXiv 2109.09831; Hutter et al. 2011): trees
 * of random splits, log expected improvement, steps from the most promising points, some random configs in between.
 *
 * <p>Departs from SMAC in that losses are seen as the logarithms of their ranks, whatever their size, and that one config in
 * ten is random instead of one in five. What was run before is not proposed again while the search finds anything else. The
 * first trials are quasi-random points; so are the configs in between, and every trial as long as all
 * losses are alike.
 */
public final class RandomForest implements Optimizer {

    /** So many of the most promising candidates are compared after repair. */
    private static final int COMPARED = 16;

    private final SearchSpace space;
    private final ForestSettings settings;
    private final Coordinates coordinates;
    private final Memory memory;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;

    private RandomForest(SearchSpace space, ForestSettings settings, OptimizerState.RandomForest state) {
        this.space = space;
        this.settings = settings;
        this.coordinates = new Coordinates(space);
        this.memory = new Memory(state.memory());
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
    }

    /** A new optimizer. */
    public static RandomForest start(SearchSpace space, ForestSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        return resume(
                space,
                settings,
                new OptimizerState.RandomForest(new Memory().state(), 0, seeds.nextLong(), seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static RandomForest resume(SearchSpace space, ForestSettings settings, OptimizerState.RandomForest state) {
        if (!state.memory().observations().stream().allMatch(known -> space.contains(known.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        return new RandomForest(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.RANDOM_FOREST;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = memory.observations().size() + memory.pending().size();
        Optional<Config> asked = Optional.empty();
        if (trials >= settings.startup() && random.nextDouble() >= settings.randomShare()) {
            asked = Model.of(memory, space, settings, random).flatMap(model -> promising(model, wanted));
        }
        asked = asked.or(() -> opening.next(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    /** The logarithm of the expected improvement. */
    @Override
    public List<Double> rate(List<Config> configs) {
        if (memory.observations().size() < settings.startup()) {
            return List.of();
        }
        return Model.of(memory, space, settings, new SplitMix(random.state())) // a copy: the state stays
                .map(Model::acquisition)
                .map(acquisition -> configs.stream()
                        .map(config -> acquisition.at(space.encode(config)))
                        .toList())
                .orElse(List.of());
    }

    /** The wanted config of the highest acquisition among the most promising; else the first that is wanted. */
    private Optional<Config> promising(Model model, Predicate<Config> wanted) {
        Set<Config> known = model.known();
        Predicate<Config> useful = wanted.and(config -> !known.contains(config));
        Acquisition acquisition = model.acquisition();
        List<double[]> points = new Search(coordinates, acquisition, random).promising(model.table(), settings);
        List<Config> first = configs(points.stream().limit(COMPARED), useful).toList();
        if (first.isEmpty()) {
            return configs(points.stream().skip(COMPARED), useful).findFirst();
        }
        Config best = first.get(0);
        double most = Double.NEGATIVE_INFINITY;
        for (Config config : first) {
            double value = acquisition.at(space.encode(config));
            if (value > most) {
                best = config;
                most = value;
            }
        }
        return Optional.of(best);
    }

    private Stream<Config> configs(Stream<double[]> points, Predicate<Config> wanted) {
        return points.map(space::decode)
                .flatMap(config -> space.repair(config).stream())
                .filter(wanted);
    }

    @Override
    public void withdraw(Config config) {
        memory.withdrawn(config);
    }

    @Override
    public void expect(Config config) {
        if (space.contains(config)) {
            memory.expected(config);
        }
    }

    @Override
    public void tell(Observation observation) {
        if (space.contains(observation.config())) {
            memory.told(observation);
        }
    }

    @Override
    public OptimizerState.RandomForest state() {
        return new OptimizerState.RandomForest(memory.state(), opening.taken(), shift, random.state());
    }
}
