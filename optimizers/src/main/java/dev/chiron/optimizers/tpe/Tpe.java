package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.tpe.Densities.Candidates;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The tree-structured Parzen estimator as Optuna 5 has it: multivariate, with magic clip, and with running trials counted as
 * bad ones (Bergstra et al., "Algorithms for Hyper-Parameter Optimization", NeurIPS 2011; Watanabe, arXiv 2304.11127).
 *
 * <p>The good observations' density l proposes candidates; the one with the largest l / g, g the others' density, is asked
 * for. Parameters that are active under the same conditions have densities of their own. Failures are among the others: they have no number, and need none. A prior is the first trials' distribution and a
 * kernel of l, whose weight is that of one observation; g, which says where nothing good was found, has none.
 */
public final class Tpe implements Optimizer {

    private static final int DRAWS_A_CANDIDATE = 10; // before constraints and wishes are given up

    private final SearchSpace space;
    private final TpeSettings settings;
    private final Memory memory;
    private final SplitMix random;
    private Densities densities;
    private boolean several; // objectives

    private Tpe(SearchSpace space, TpeSettings settings, OptimizerState.Tpe state) {
        this.space = space;
        this.settings = settings;
        this.memory = new Memory(state.memory());
        this.random = new SplitMix(state.random());
        this.several = memory.observations().stream().anyMatch(Tpe::isOfSeveral);
        this.densities = densities();
    }

    private Densities densities() {
        Densities ofAll = new Densities(space, settings, several);
        memory.observations().forEach(observation -> ofAll.add(observation.config()));
        return ofAll;
    }

    private static boolean isOfSeveral(Observation observation) {
        return !observation.further().isEmpty();
    }

    /** A new optimizer. */
    public static Tpe start(SearchSpace space, TpeSettings settings, long seed) {
        OptimizerState.Memory nothing = new OptimizerState.Memory(List.of(), List.of());
        return new Tpe(space, settings, new OptimizerState.Tpe(nothing, new SplitMix(seed).nextLong()));
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static Tpe resume(SearchSpace space, TpeSettings settings, OptimizerState.Tpe state) {
        return new Tpe(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.TPE;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        int trials = memory.observations().size() + memory.pending().size();
        Optional<Config> asked = isStarting(trials) ? anything(wanted) : scored(() -> promising(wanted));
        asked.ifPresent(memory::asked);
        return asked;
    }

    private boolean isStarting(int trials) {
        return trials < settings.startup()
                || memory.observations().stream().allMatch(o -> o.kind() == Observation.Kind.INFEASIBLE);
    }

    /** The score by which asked configs are chosen. */
    @Override
    public List<Double> rate(List<Config> configs) {
        if (isStarting(memory.observations().size())) {
            return List.of();
        }
        return scored(() -> configs.stream().map(densities::score).toList());
    }

    private Optional<Config> anything(Predicate<Config> wanted) {
        return Stream.generate(() -> RandomSearch.draw(space, settings.prior(), random))
                .limit((long) settings.candidates() * DRAWS_A_CANDIDATE)
                .takeWhile(Optional::isPresent) // constraints that a thousand draws break will be broken again
                .flatMap(Optional::stream)
                .filter(wanted)
                .findFirst();
    }

    private Optional<Config> promising(Predicate<Config> wanted) {
        Optional<Config> best = Optional.empty();
        double largest = Double.NEGATIVE_INFINITY;
        int found = 0;
        Candidates candidates = densities.candidates(settings.candidates(), random);
        for (int draw = 0; draw < settings.candidates() * DRAWS_A_CANDIDATE && found < settings.candidates(); draw++) {
            Optional<Config> candidate = space.repair(candidates.next(draw)).filter(wanted);
            if (candidate.isPresent()) {
                found++;
                double score = densities.first(candidate.get());
                if (best.isEmpty() || score > largest) {
                    best = candidate;
                    largest = score;
                }
            }
        }
        return best;
    }

    /** What comes of scoring while the densities are those of all that is known now, running trials included. */
    private <T> T scored(Supplier<T> scoring) {
        return densities.scored(Split.below(memory.observations()), memory, scoring);
    }

    @Override
    public void tell(Observation observation) {
        if (!space.contains(observation.config())) {
            return;
        }
        memory.told(observation);
        if (several || !isOfSeveral(observation)) {
            densities.add(observation.config());
        } else {
            several = true;
            densities = densities();
        }
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
    public OptimizerState.Tpe state() {
        return new OptimizerState.Tpe(memory.state(), random.state());
    }
}
