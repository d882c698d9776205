package dev.chiron.optimizers.crossentropy;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.surrogate.Opening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The cross-entropy method (Rubinstein 1999; de Boer, Kroese, Mannor, Rubinstein 2005, A tutorial): configs are drawn from a distribution, which is
 * moved a part of the way to that of each generation's best, the elite. What is added to the elite's variance keeps it from closing too early (Szita
 * and Lorincz 2006).
 *
 * <p>A generation is that many trials told, whoever proposed them and whatever is still running. A failure counts as a trial and is never of the
 * elite. Of conditional parameters the elite is those in which they are active. The first generation is quasi-random.
 */
public final class CrossEntropy implements Optimizer {

    private static final int DRAWS = 300; // before wishes and constraints are given up

    private static final int LEAST_ELITE = 2; // of one there is no variance

    /** The elite of results from before the study. */
    private static final double EARLIER = 0.1;

    private final SearchSpace space;
    private final CrossEntropySettings settings;
    private final Opening opening;
    private final long shift;
    private final SplitMix random;
    private final List<Observation> told = new ArrayList<>();
    private Distribution distribution;
    private int moves;

    private CrossEntropy(SearchSpace space, CrossEntropySettings settings, OptimizerState.CrossEntropy state) {
        this.space = space;
        this.settings = settings;
        this.shift = state.shift();
        this.opening = new Opening(space, settings.prior(), shift, state.design());
        this.random = new SplitMix(state.random());
        this.told.addAll(state.told());
        this.moves = state.moves();
        this.distribution = Distribution.of(space, state.means(), state.deviations(), state.categories());
    }

    /** A new optimizer. */
    public static CrossEntropy start(SearchSpace space, CrossEntropySettings settings, long seed) {
        SplitMix seeds = new SplitMix(seed);
        Distribution first = Distribution.of(space, settings.prior());
        return new CrossEntropy(
                space,
                settings,
                new OptimizerState.CrossEntropy(
                        first.means(),
                        first.deviations(),
                        first.categories(),
                        0,
                        List.of(),
                        0,
                        seeds.nextLong(),
                        seeds.nextLong()));
    }

    /**
     * A new optimizer that begins where the best tenth of earlier results lies, as if they had been its generations.
     *
     * @param earlier results, of which those that do not lie in the space are passed over
     */
    public static CrossEntropy warm(
            SearchSpace space, CrossEntropySettings settings, List<Observation> earlier, long seed) {
        CrossEntropy optimizer = start(space, settings, seed);
        List<Observation> inside = earlier.stream()
                .filter(observation -> space.contains(observation.config()))
                .toList();
        int generations = Math.max(1, inside.size() / settings.generation());
        optimizer.move(inside, EARLIER, generations);
        return optimizer;
    }

    /**
     * The optimizer that had this state.
     *
     * @throws IllegalArgumentException if the state belongs to a space with other parameters
     */
    public static CrossEntropy resume(
            SearchSpace space, CrossEntropySettings settings, OptimizerState.CrossEntropy state) {
        return new CrossEntropy(space, settings, state);
    }

    @Override
    public Origin origin() {
        return Origin.CROSS_ENTROPY;
    }

    @Override
    public Optional<Config> ask(Predicate<Config> wanted) {
        return (moves == 0 ? Optional.<Config>empty() : drawn(wanted)).or(() -> opening.next(wanted));
    }

    private Optional<Config> drawn(Predicate<Config> wanted) {
        for (int draw = 0; draw < DRAWS; draw++) {
            Optional<Config> config =
                    space.repair(space.decode(distribution.draw(random))).filter(wanted);
            if (config.isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }

    @Override
    public void withdraw(Config config) {} // nothing waits for a config

    @Override
    public void tell(Observation observation) {
        if (space.contains(observation.config())) {
            told.add(observation);
        }
        if (told.size() >= settings.generation()) {
            move(told, settings.elite(), 1);
            told.clear();
        }
    }

    /** Moves the distribution to the best of these; nothing moves while all losses are alike. */
    private void move(List<Observation> generation, double share, int generations) {
        List<Observation> measured = generation.stream()
                .filter(observation -> observation.kind() != Kind.INFEASIBLE)
                .sorted(Comparator.comparingDouble(Observation::loss))
                .toList();
        if (measured.isEmpty()
                || measured.get(0).loss() == measured.get(measured.size() - 1).loss()) {
            return;
        }
        int count = Math.max(LEAST_ELITE, (int) Math.ceil(share * generation.size()));
        double worst = measured.get(Math.min(count, measured.size()) - 1).loss();
        List<Config> elite = measured.stream()
                .filter(observation -> observation.loss() <= worst)
                .map(Observation::config)
                .toList();
        moves += generations;
        distribution = distribution.movedTo(
                elite.stream().map(space::encode).toList(),
                elite.stream().map(space::active).toList(),
                settings.smoothing(),
                settings.noise() / moves);
    }

    @Override
    public OptimizerState.CrossEntropy state() {
        return new OptimizerState.CrossEntropy(
                distribution.means(),
                distribution.deviations(),
                distribution.categories(),
                moves,
                List.copyOf(told),
                opening.taken(),
                shift,
                random.state());
    }
}
