package dev.chiron.optimizers.genetic;

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
import dev.chiron.optimizers.surrogate.Opening;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * NSGA-II for one or several objectives (Deb, Pratap, Agarwal and Meyarivan 2002), steady-state (Durillo, Nebro, Luna and Alba 2009): a child takes its
 * place in the population as soon as it is told, and the least fit leaves. Fitter is what few dominate, and of these what has room around it; what
 * breaks a condition on its metrics is less fit than all that does not, by how much it breaks it. Parents win tournaments of two; {@link Breeding} crosses and
 * mutates them, as of {@link Genetic}, so that spaces may have conditions.
 *
 * <p>A failure, of which nothing is known but that, is never a parent. What was run or is running is not bred again while anything else is. The first
 * trials are quasi-random.
 */
public final class Nsga2 implements Optimizer {

    private static final int CHILDREN = 200; // before wishes and constraints are given up

    private final SearchSpace space;
    private final Nsga2Settings settings;
    private final Memory memory;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private final Breeding breeding;
    private final Set<Config> known = new HashSet<>(); // all that was told; looked up, never gone through
    private List<Observation> population = List.of(); // the fittest first

    private Nsga2(SearchSpace space, Nsga2Settings settings, OptimizerState.Nsga2 state) {
        this.space = space;
        this.settings = settings;
        this.memory = new Memory(state.memory());
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
        this.breeding = new Breeding(space, new Coordinates(space), settings.blend(), random);
        memory.observations().forEach(this::join);
    }

    /** A new optimizer. */
    public static Nsga2 start(SearchSpace space, Nsga2Settings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        return new Nsga2(
                space, settings, new OptimizerState.Nsga2(new Memory().state(), 0, seeds.nextLong(), seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static Nsga2 resume(SearchSpace space, Nsga2Settings settings, OptimizerState.Nsga2 state) {
        if (!state.memory().observations().stream().allMatch(known -> space.contains(known.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        return new Nsga2(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.NSGA2;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = memory.observations().size() + memory.pending().size();
        boolean breeds = trials >= settings.startup() && population.size() >= 2;
        Optional<Config> asked = (breeds ? bred(wanted) : Optional.<Config>empty()).or(() -> opening.next(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    private Optional<Config> bred(Predicate<Config> wanted) {
        for (int child = 0; child < CHILDREN; child++) {
            int one = winner();
            int second = winner();
            int other = second == one ? (one + 1) % population.size() : second;
            Optional<Config> config = space.repair(space.decode(breeding.child(point(one), point(other))))
                    .filter(bred -> !known.contains(bred) && !memory.pending().contains(bred))
                    .filter(wanted);
            if (config.isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }

    /** The place of a tournament's winner: the fitter of two drawn. */
    private int winner() {
        return Math.min(random.nextInt(population.size()), random.nextInt(population.size()));
    }

    private double[] point(int place) {
        return space.encode(population.get(place).config());
    }

    @Override
    public void withdraw(Config config) {
        memory.withdrawn(config);
    }

    @Override
    public void tell(Observation observation) {
        if (space.contains(observation.config())) {
            memory.told(observation);
            join(observation);
        }
    }

    private void join(Observation observation) {
        known.add(observation.config());
        if (observation.kind() == Kind.INFEASIBLE && observation.violation() == 0) {
            return;
        }
        if (observation.violation() == 0 && population.stream().anyMatch(one -> isOtherwise(one, observation))) {
            return; // stopped early, so that not all of its losses are known
        }
        List<Observation> sorted = Survival.sorted(
                Stream.concat(population.stream(), Stream.of(observation)).toList());
        population = List.copyOf(sorted.subList(0, Math.min(sorted.size(), settings.population())));
    }

    private static boolean isOtherwise(Observation one, Observation other) {
        return one.violation() == 0 && one.further().size() != other.further().size();
    }

    @Override
    public OptimizerState.Nsga2 state() {
        return new OptimizerState.Nsga2(memory.state(), opening.taken(), shift, random.state());
    }
}
