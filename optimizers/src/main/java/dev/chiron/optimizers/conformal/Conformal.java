package dev.chiron.optimizers.conformal;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Conformalised quantile regression (Salinas et al. 2023, arXiv 2305.03623): boosted trees foretell five quantiles of the loss, and of many
 * candidates the one is asked for that is least by one of its quantiles, drawn for each at random, as Thompson sampling would. Nothing is assumed of
 * the noise, which may be skewed and differ from place to place.
 *
 * <p>What was run or is running is not proposed again while anything else is found. The first trials are quasi-random points; so is every trial
 * as long as all losses are alike.
 */
public final class Conformal implements Optimizer {

    private final SearchSpace space;
    private final ConformalSettings settings;
    private final Memory memory;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private final Candidates candidates;

    private Conformal(SearchSpace space, ConformalSettings settings, OptimizerState.Conformal state) {
        this.space = space;
        this.settings = settings;
        this.memory = new Memory(state.memory());
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
        this.candidates = new Candidates(new Coordinates(space), settings);
    }

    /** A new optimizer. */
    public static Conformal start(SearchSpace space, ConformalSettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        return new Conformal(
                space,
                settings,
                new OptimizerState.Conformal(new Memory().state(), 0, seeds.nextLong(), seeds.nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static Conformal resume(SearchSpace space, ConformalSettings settings, OptimizerState.Conformal state) {
        if (!state.memory().observations().stream().allMatch(known -> space.contains(known.config()))) {
            throw new IllegalArgumentException("this state is of another search space: it knows configs outside");
        }
        return new Conformal(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.CONFORMAL;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = memory.observations().size() + memory.pending().size();
        Optional<Config> asked = Optional.empty();
        if (trials >= settings.startup()) {
            asked = Data.of(memory.observations(), space).flatMap(table -> promising(table, wanted));
        }
        asked = asked.or(() -> opening.next(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    private Optional<Config> promising(Table table, Predicate<Config> wanted) {
        Set<Config> known = new LinkedHashSet<>(memory.pending());
        memory.observations().forEach(observation -> known.add(observation.config()));
        Quantiles quantiles = Quantiles.learned(table, settings, random);
        return candidates.ordered(table, quantiles, random).stream()
                .map(space::decode)
                .flatMap(config -> space.repair(config).stream())
                .filter(config -> !known.contains(config))
                .filter(wanted)
                .findFirst();
    }

    /** The median, the larger the better. */
    @Override
    public List<Double> rate(List<Config> configs) {
        if (memory.observations().size() < settings.startup()) {
            return List.of();
        }
        return Data.of(memory.observations(), space)
                .map(table ->
                        Quantiles.learned(table, settings, new SplitMix(random.state()))) // a copy: the state stays
                .map(quantiles -> configs.stream()
                        .map(config -> -quantiles.at(space.encode(config), Quantiles.MEDIAN))
                        .toList())
                .orElse(List.of());
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
    public OptimizerState.Conformal state() {
        return new OptimizerState.Conformal(memory.state(), opening.taken(), shift, random.state());
    }
}
