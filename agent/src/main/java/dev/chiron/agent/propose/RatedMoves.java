package dev.chiron.agent.propose;

import dev.chiron.optimizers.LocalMoves;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.gp.GaussianProcess;
import dev.chiron.optimizers.gp.GpSettings;
import dev.chiron.optimizers.scalarised.Scalarised;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The most promising of many local moves, by a Gaussian process over all trials that lie in the space, whichever optimizer has the turns. Depends on nothing
 * but its arguments.
 */
final class RatedMoves {

    private static final int CANDIDATES = 200;

    private final LocalMoves moves;
    private final SearchSpace space;
    private final Objective objective;

    RatedMoves(LocalMoves moves, SearchSpace space, Objective objective) {
        this.moves = moves;
        this.space = space;
        this.objective = objective;
    }

    /** The wanted move of a config with the highest expected improvement; empty if there is none, or too little is known. */
    Optional<Config> best(Config from, Predicate<Config> wanted, History history, RandomGenerator random) {
        Set<Config> candidates = new LinkedHashSet<>();
        for (int k = 0; k < CANDIDATES; k++) {
            Optional<Config> near = moves.near(from, wanted, random);
            if (near.isEmpty()) {
                break; // a hundred attempts each
            }
            candidates.add(near.get());
        }
        List<Config> configs = List.copyOf(candidates);
        GaussianProcess surface = surface(history);
        history.pending().forEach(trial -> surface.expect(trial.change().config()));
        List<Double> ratings = surface.rate(configs);
        int best = 0;
        for (int k = 1; k < ratings.size(); k++) {
            best = ratings.get(k) > ratings.get(best) ? k : best;
        }
        return ratings.isEmpty() ? Optional.empty() : Optional.of(configs.get(best));
    }

    /** What the trials say of all places, those of earlier studies included; of how infeasible places are, as long as no trial is feasible. */
    GaussianProcess surface(History history) {
        GaussianProcess surface = GaussianProcess.start(space, GpSettings.DEFAULT, 0);
        Stream<Observation> known = Stream.concat(history.earlier().inside().stream(), history.trials().stream())
                .flatMap(trial -> Observation.of(trial, objective).stream());
        List<Observation> told = history.leastBroken().isPresent()
                ? known.filter(one -> one.kind() == Kind.INFEASIBLE)
                        .map(RatedMoves::byViolation)
                        .toList()
                : known.toList();
        Scalarised.of(told).forEach(surface::tell);
        return surface;
    }

    private static Observation byViolation(Observation infeasible) {
        return infeasible.violation() > 0
                ? Observation.measured(infeasible.config(), infeasible.violation())
                : infeasible;
    }
}
