package dev.chiron.optimizers.costaware;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.costaware.Beliefs.Fits;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.surrogate.Coordinates;
import dev.chiron.optimizers.surrogate.Leaning;
import dev.chiron.optimizers.surrogate.LogEi;
import dev.chiron.optimizers.surrogate.Opening;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * CARBS (Fetterman et al. 2023, arXiv 2306.08055): a local search along the front of loss and cost, for trainings of which some take much longer than
 * others. What is near a point of the front is judged by how much better it is expected to be than what the front has at its cost, so that a
 * trial that is cheap and a little better is worth as much as one that is dear and a little better.
 *
 * <p>Each proposal draws a cost between the front's ends, evenly by its logarithm, and has to beat the front there, too: all of the front moves in
 * turn, and not only its cheap end. Costs are those told, the time that each trial took; where none is known it is a local search by loss alone.
 *
 * <p>The first trials are quasi-random points; so is every trial as long as all losses are alike.
 */
public final class CostAware implements Optimizer {

    private final SearchSpace space;
    private final CostAwareSettings settings;
    private final Coordinates coordinates;
    private final Memory memory;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private Fits fits;

    private CostAware(SearchSpace space, CostAwareSettings settings, OptimizerState.CostAware state) {
        this.space = space;
        this.settings = settings;
        this.coordinates = new Coordinates(space);
        this.memory = new Memory(state.memory());
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
        this.fits = Fits.of(state);
    }

    /** A new optimizer. */
    public static CostAware start(SearchSpace space, CostAwareSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        OptimizerState.Fitted none = new OptimizerState.Fitted(List.of(), 0);
        return new CostAware(
                space,
                settings,
                new OptimizerState.CostAware(
                        new Memory().state(), none, none, none, 0, seeds.nextLong(), seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static CostAware resume(SearchSpace space, CostAwareSettings settings, OptimizerState.CostAware state) {
        if (!state.memory().observations().stream().allMatch(known -> space.contains(known.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        for (OptimizerState.Fitted fitted : List.of(state.loss(), state.cost(), state.success())) {
            int known = fitted.hyperparameters().size();
            if (known != 0 && known != space.size() + 2) {
                throw new IllegalArgumentException("this state is of another search space: it has " + known
                        + " hyperparameters, not " + (space.size() + 2));
            }
        }
        return new CostAware(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.COST_AWARE;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = memory.observations().size() + memory.pending().size();
        Optional<Config> asked = Optional.empty();
        if (trials >= settings.startup()) {
            asked = beliefs().flatMap(beliefs -> promising(beliefs, wanted));
        }
        asked = asked.or(() -> opening.next(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    private Optional<Beliefs> beliefs() {
        return Beliefs.of(memory.state(), space, coordinates, fits);
    }

    private Optional<Config> promising(Beliefs beliefs, Predicate<Config> wanted) {
        fits = beliefs.fits();
        Set<Config> known = new LinkedHashSet<>(memory.pending());
        memory.observations().forEach(observation -> known.add(observation.config()));
        Neighbourhood nearby = new Neighbourhood(space, coordinates, beliefs.front(), settings.radius());
        double[][] points = nearby.candidates(settings.candidates(), random);
        double[] worth = worth(points, beliefs, nearby, random);
        return IntStream.range(0, points.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -worth[k]))
                .map(k -> space.decode(points[k]))
                .flatMap(config -> space.repair(config).stream())
                .filter(config -> !known.contains(config))
                .filter(wanted)
                .findFirst();
    }

    /** The logarithm of: improvement on the front at the point's cost and at a drawn one, nearness to the front, no failure, the prior. */
    private double[] worth(double[][] points, Beliefs beliefs, Neighbourhood nearby, RandomGenerator random) {
        Front front = beliefs.front();
        double target = front.least() + random.nextDouble() * (front.most() - front.least());
        double[][] losses = beliefs.losses(points);
        double[] costs = beliefs.logCosts(points);
        double[] successes = beliefs.logSuccesses(points);
        Leaning leaning = new Leaning(settings.prior(), memory.observations().size());
        double[] worth = new double[points.length];
        for (int p = 0; p < points.length; p++) {
            double best = Math.min(front.lossAt(costs[p]), front.lossAt(target));
            worth[p] = LogEi.of(losses[0][p], losses[1][p], best)
                    + nearby.nearness(points[p])
                    + successes[p]
                    + leaning.at(points[p]);
        }
        return worth;
    }

    /** The mean of the losses' process, the larger the better: whatever it costs. */
    @Override
    public List<Double> rate(List<Config> configs) {
        if (memory.observations().size() < settings.startup()) {
            return List.of();
        }
        double[][] points = configs.stream().map(space::encode).toArray(double[][]::new);
        return beliefs()
                .map(beliefs -> beliefs.losses(points)[0])
                .map(means -> IntStream.range(0, means.length)
                        .mapToObj(k -> -means[k])
                        .toList())
                .orElse(List.of());
    }

    @Override
    public void withdraw(Config config) {
        memory.withdrawn(config);
    }

    @Override
    public void tell(Observation observation) {
        if (space.contains(observation.config())) {
            memory.told(observation);
        }
    }

    @Override
    public OptimizerState.CostAware state() {
        return new OptimizerState.CostAware(
                memory.state(),
                Fits.fitted(fits.loss()),
                Fits.fitted(fits.cost()),
                Fits.fitted(fits.success()),
                opening.taken(),
                shift,
                random.state());
    }
}
