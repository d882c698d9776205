package dev.chiron.optimizers.turbo;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.gp.Posterior;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.surrogate.Coordinates;
import dev.chiron.optimizers.surrogate.Opening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * TuRBO-1 (Eriksson, Pearce, Gardner, Turner and Poloczek 2019, Scalable global optimization via local Bayesian optimization, arXiv 1910.01739):
 * a Gaussian process of the run's trials, and a box around the best of them that grows with success and shrinks without; of points in it the one is
 * asked for where a function drawn from the process is least. When the box has become too small to find anything, a new run begins elsewhere, and
 * knows nothing of the last but its failures.
 *
 * <p>Trials of others are learned from and may move the box, but neither grow nor shrink it.
 */
public final class Turbo implements Optimizer {

    /** What is a success: better by this share of the best loss. */
    private static final double CLEARLY = 1e-3;

    private final SearchSpace space;
    private final TurboSettings settings;
    private final Coordinates coordinates;
    private final Memory memory;
    private final List<Config> others; // of what the memory waits for, what was not asked for here
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private final int dimension;
    private Posterior.Fit fit;
    private Region region;
    private int began;

    private Turbo(SearchSpace space, TurboSettings settings, OptimizerState.Turbo state) {
        this.space = space;
        this.settings = settings;
        this.coordinates = new Coordinates(space);
        this.memory = new Memory(state.memory());
        this.others = new ArrayList<>(state.others());
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
        this.dimension = (int) space.parameters().stream()
                .filter(parameter -> !parameter.isFixed())
                .count();
        this.fit = new Posterior.Fit(state.hyperparameters(), state.fitted());
        this.region = new Region(state.length(), state.successes(), state.failures());
        this.began = state.began();
    }

    /** A new optimizer. */
    public static Turbo start(SearchSpace space, TurboSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        return new Turbo(
                space,
                settings,
                new OptimizerState.Turbo(
                        new Memory().state(),
                        List.of(),
                        List.of(),
                        0,
                        Region.FIRST.length(),
                        0,
                        0,
                        0,
                        0,
                        seeds.nextLong(),
                        seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static Turbo resume(SearchSpace space, TurboSettings settings, OptimizerState.Turbo state) {
        if (!state.memory().observations().stream().allMatch(known -> space.contains(known.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        int known = state.hyperparameters().size();
        if (known != 0 && known != space.size() + 2) {
            throw new IllegalArgumentException("this state is of another search space: it has " + known
                    + " hyperparameters, not " + (space.size() + 2));
        }
        return new Turbo(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.TURBO;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = run().size() + memory.pending().size();
        Optional<Config> asked = Optional.empty();
        if (trials >= settings.startup()) {
            asked = posterior(failedAndRunning()).flatMap(posterior -> promising(posterior, wanted));
        }
        asked = asked.or(() -> opening.next(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    private Optional<Posterior> posterior(Set<Config> believed) {
        return Posterior.of(run(), space, coordinates.unordered(), believed, fit);
    }

    /** What was told since the run under way began. */
    private List<Observation> run() {
        return memory.observations().subList(began, memory.observations().size());
    }

    /** In order. */
    private Set<Config> failedAndRunning() {
        Set<Config> believed = new LinkedHashSet<>();
        for (Observation observation : run()) {
            if (observation.kind() == Kind.INFEASIBLE) {
                believed.add(observation.config());
            }
        }
        believed.addAll(memory.pending());
        return believed;
    }

    private Optional<Config> promising(Posterior posterior, Predicate<Config> wanted) {
        fit = posterior.fit();
        Set<Config> known = new LinkedHashSet<>(memory.pending());
        memory.observations().forEach(observation -> known.add(observation.config()));
        Box box = new Box(space, coordinates, posterior.incumbent(), posterior.lengthscales(), region.length());
        double[][] points = box.candidates(settings.candidates(), random);
        double[] drawn = posterior.draw(points, random);
        return IntStream.range(0, points.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> drawn[k]))
                .map(k -> space.decode(points[k]))
                .flatMap(config -> space.repair(config).stream())
                .filter(config -> !known.contains(config))
                .filter(wanted)
                .findFirst();
    }

    /** The process's mean, the larger the better. */
    @Override
    public List<Double> rate(List<Config> configs) {
        if (run().size() < settings.startup()) {
            return List.of();
        }
        double[][] points = configs.stream().map(space::encode).toArray(double[][]::new);
        return posterior(failedAndRunning())
                .map(posterior -> IntStream.range(0, points.length)
                        .mapToObj(k -> -posterior.means(points)[k])
                        .toList())
                .orElse(List.of());
    }

    @Override
    public void withdraw(Config config) {
        memory.withdrawn(config);
        others.remove(config);
    }

    @Override
    public void expect(Config config) {
        if (space.contains(config) && !memory.pending().contains(config)) {
            memory.expected(config);
            others.add(config);
        }
    }

    @Override
    public void tell(Observation observation) {
        if (!space.contains(observation.config())) {
            return;
        }
        boolean isOwn = memory.pending().contains(observation.config()) && !others.remove(observation.config());
        if (isOwn && run().size() >= settings.startup()) {
            region = region.after(isSuccess(observation), dimension);
        }
        memory.told(observation);
        if (region.isSpent()) {
            region = Region.FIRST;
            fit = Posterior.Fit.NONE;
            began = memory.observations().size();
        }
    }

    private boolean isSuccess(Observation observation) {
        double best = run().stream()
                .filter(known -> known.kind() == Kind.MEASURED)
                .mapToDouble(Observation::loss)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return observation.kind() == Kind.MEASURED && observation.loss() < best - CLEARLY * Math.abs(best);
    }

    @Override
    public OptimizerState.Turbo state() {
        return new OptimizerState.Turbo(
                memory.state(),
                List.copyOf(others),
                fit.logs(),
                fit.data(),
                region.length(),
                region.successes(),
                region.failures(),
                began,
                opening.taken(),
                shift,
                random.state());
    }
}
