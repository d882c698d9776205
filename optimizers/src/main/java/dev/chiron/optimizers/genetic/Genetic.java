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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A steady-state genetic algorithm (Whitley 1989, GENITOR) for configs of any length. The population are the best configs measured so far, whoever
 * proposed them: a child that is better than the worst takes its place as soon as it is told, so that nothing waits for a generation. Parents win
 * tournaments (Goldberg and Deb 1991); {@link Breeding} crosses and mutates them.
 *
 * <p>A config measured more than once counts with the mean of its losses, a pruned one with its last loss; a failure is never a parent. What was
 * run or is running is not bred again while anything else is. The first trials are quasi-random.
 */
public final class Genetic implements Optimizer {

    private static final int CHILDREN = 200; // before wishes and constraints are given up

    private final SearchSpace space;
    private final GeneticSettings settings;
    private final Memory memory;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private final Breeding breeding;

    private Genetic(SearchSpace space, GeneticSettings settings, OptimizerState.Genetic state) {
        this.space = space;
        this.settings = settings;
        this.memory = new Memory(state.memory());
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
        this.breeding = new Breeding(space, new Coordinates(space), settings.blend(), random);
    }

    /** A new optimizer. */
    public static Genetic start(SearchSpace space, GeneticSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        return new Genetic(
                space,
                settings,
                new OptimizerState.Genetic(new Memory().state(), 0, seeds.nextLong(), seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static Genetic resume(SearchSpace space, GeneticSettings settings, OptimizerState.Genetic state) {
        if (!state.memory().observations().stream().allMatch(known -> space.contains(known.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        return new Genetic(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.GENETIC;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = memory.observations().size() + memory.pending().size();
        List<double[]> population = trials < settings.startup() ? List.of() : population();
        Optional<Config> asked = (population.size() < 2 ? Optional.<Config>empty() : bred(population, wanted))
                .or(() -> opening.next(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    private Optional<Config> bred(List<double[]> population, Predicate<Config> wanted) {
        Set<Config> known = new LinkedHashSet<>(memory.pending());
        memory.observations().forEach(observation -> known.add(observation.config()));
        for (int child = 0; child < CHILDREN; child++) {
            int one = winner(population.size());
            int second = winner(population.size());
            int other = second == one ? (one + 1) % population.size() : second;
            Optional<Config> config = space.repair(
                            space.decode(breeding.child(population.get(one), population.get(other))))
                    .filter(bred -> !known.contains(bred))
                    .filter(wanted);
            if (config.isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }

    /** The rank of a tournament's winner: the least of some drawn. */
    private int winner(int size) {
        int least = size - 1;
        for (int k = 0; k < settings.tournament(); k++) {
            least = Math.min(least, random.nextInt(size));
        }
        return least;
    }

    /** A config's losses so far. */
    private record Fitness(double mean, int count) {
        Fitness with(double loss) {
            double share = 1.0 / (count + 1);
            return new Fitness(mean * (1 - share) + loss * share, count + 1);
        }
    }

    /** The best configs, the best first. */
    private List<double[]> population() {
        Map<Config, Fitness> measured = new LinkedHashMap<>();
        for (Observation observation : memory.observations()) {
            if (observation.kind() != Kind.INFEASIBLE) {
                Fitness known = measured.getOrDefault(observation.config(), new Fitness(0, 0));
                measured.put(observation.config(), known.with(observation.loss()));
            }
        }
        return measured.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> entry.getValue().mean()))
                .limit(settings.population())
                .map(entry -> space.encode(entry.getKey()))
                .toList();
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
    public OptimizerState.Genetic state() {
        return new OptimizerState.Genetic(memory.state(), opening.taken(), shift, random.state());
    }
}
