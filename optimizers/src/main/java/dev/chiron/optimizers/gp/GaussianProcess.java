package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.surrogate.Coordinates;
import dev.chiron.optimizers.surrogate.Leaning;
import dev.chiron.optimizers.surrogate.Opening;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Bayesian optimisation with a Gaussian process in the unit cube: Matérn 5/2 with a lengthscale for each parameter,
 * hyperparameters at the maximum of their posterior, log expected improvement (Ament et al. 2023, arXiv 2310.20708).
 *
 * <p>Failures have no number. Like trials that are still running they count as places where nothing is to be
 * gained, and are not repeated while the model finds anything else. The
 * first trials are quasi-random points; so is every trial as long as all losses are alike.
 */
public final class GaussianProcess implements Optimizer {

    /** So many of the most promising candidates are compared after repair. */
    private static final int COMPARED = 16;

    /** The hyperparameters are fitted again when the data have grown by this share. */
    private static final double GROWTH = 0.05;

    private final SearchSpace space;
    private final GpSettings settings;
    private final Coordinates coordinates;
    private final Memory memory;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private List<Double> hyperparameters;
    private int fitted;

    private GaussianProcess(SearchSpace space, GpSettings settings, OptimizerState.GaussianProcess state) {
        this.space = space;
        this.settings = settings;
        this.coordinates = new Coordinates(space);
        this.memory = new Memory(state.memory());
        this.hyperparameters = state.hyperparameters();
        this.fitted = state.fitted();
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
    }

    /** A new optimizer. */
    public static GaussianProcess start(SearchSpace space, GpSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        return resume(
                space,
                settings,
                new OptimizerState.GaussianProcess(
                        new Memory().state(), List.of(), 0, 0, seeds.nextLong(), seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static GaussianProcess resume(SearchSpace space, GpSettings settings, OptimizerState.GaussianProcess state) {
        if (!state.memory().observations().stream().allMatch(known -> space.contains(known.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        int known = state.hyperparameters().size();
        if (known != 0 && known != space.size() + 2) {
            throw new IllegalArgumentException("this state is of another search space: it has " + known
                    + " hyperparameters, not " + (space.size() + 2));
        }
        return new GaussianProcess(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.GAUSSIAN_PROCESS;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = memory.observations().size() + memory.pending().size();
        Optional<Config> asked =
                data(trials).flatMap(known -> promising(known, wanted)).or(() -> opening.next(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    private Optional<Data> data(int trials) {
        return trials < startup()
                ? Optional.empty()
                : Model.data(memory.observations(), space, coordinates.unordered());
    }

    /** Half as many where none of them is a quasi-random point: whoever gave that many configs has opened already. */
    private int startup() {
        return opening.taken() == 0 ? (settings.startup() + 1) / 2 : settings.startup();
    }

    /** The logarithm of the expected improvement, with what runs and what failed believed. */
    @Override
    public List<Double> rate(List<Config> configs) {
        return data(memory.observations().size())
                .map(data -> {
                    List<Double> logs = isOutdated(data) ? fit(data) : hyperparameters;
                    Hyperparameters h = Hyperparameters.ofLogs(Hyperparameters.array(logs));
                    double[] values = acquisition(data, h, believed()).at(points(configs));
                    return Arrays.stream(values).boxed().toList();
                })
                .orElse(List.of());
    }

    /** The wanted config of the highest acquisition among the most promising; else the first that is wanted. */
    private Optional<Config> promising(Data data, Predicate<Config> wanted) {
        if (isOutdated(data)) {
            hyperparameters = fit(data);
            fitted = data.size();
        }
        Hyperparameters h = Hyperparameters.ofLogs(Hyperparameters.array(hyperparameters));
        Set<Config> believed = believed();
        Predicate<Config> useful = wanted.and(config -> !believed.contains(config));
        Acquisition acquisition = acquisition(data, h, believed);
        List<double[]> points = new Maximiser(coordinates, acquisition, h, random).promising(data, settings);
        List<Config> first = configs(points.stream().limit(COMPARED), useful).toList();
        if (first.isEmpty()) {
            return configs(points.stream().skip(COMPARED), useful).findFirst();
        }
        double[] values = acquisition.at(points(first));
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return Optional.of(first.get(best));
    }

    private boolean isOutdated(Data data) {
        return hyperparameters.isEmpty() || data.size() > fitted * (1 + GROWTH);
    }

    private List<Double> fit(Data data) {
        return Hyperparameters.list(Model.fit(data, hyperparameters));
    }

    private Acquisition acquisition(Data data, Hyperparameters h, Set<Config> believed) {
        Regression regression = Model.regression(data, points(believed), h);
        return new Acquisition(
                regression,
                regression.leastMean(),
                new Leaning(settings.prior(), memory.observations().size()));
    }

    private double[][] points(Collection<Config> configs) {
        return configs.stream().map(space::encode).toArray(double[][]::new);
    }

    private Stream<Config> configs(Stream<double[]> points, Predicate<Config> wanted) {
        return points.map(space::decode)
                .flatMap(config -> space.repair(config).stream())
                .filter(wanted);
    }

    /** What failed and what is running, in order. */
    private Set<Config> believed() {
        Set<Config> believed = new LinkedHashSet<>();
        for (Observation observation : memory.observations()) {
            if (observation.kind() == Kind.INFEASIBLE) {
                believed.add(observation.config());
            }
        }
        believed.addAll(memory.pending());
        return believed;
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
    public OptimizerState.GaussianProcess state() {
        return new OptimizerState.GaussianProcess(
                memory.state(), hyperparameters, fitted, opening.taken(), shift, random.state());
    }
}
