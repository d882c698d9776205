package dev.chiron.agent.propose;

import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.fidelity.Rungwise;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Fidelity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The optimizer of a study. Where trials are parts of a training, and it learns, there is one of it for each part.
 *
 * @param method the optimizer's method
 * @param ladder the parts of a training; empty where every trial is a whole one
 * @param randomShare the share of the configs that are random all the same, where there are parts
 */
public record Learner(Method method, Optional<Ladder> ladder, double randomShare) {

    private static final double BOHB_RANDOM = 1.0 / 3;

    /** Of a method whose trials are whole trainings. */
    public static Learner of(Method method) {
        return new Learner(method, Optional.empty(), 0);
    }

    /** That of a task. */
    public static Learner of(Spec spec) {
        Method optimizer = Method.labelled(spec.optimizer()).orElseThrow();
        return FidelitySpec.METHODS.contains(spec.method())
                ? of(
                        optimizer,
                        Method.labelled(spec.method()).orElseThrow(),
                        spec.fidelity().orElseThrow().ladder())
                : of(optimizer);
    }

    /**
     * Of a team whose trials are parts of a training.
     *
     * @param team of which {@link Method#HYPERBAND} is one
     */
    public static Learner of(Method method, Method team, Ladder ladder) {
        return new Learner(method, Optional.of(ladder), team == Method.BOHB ? BOHB_RANDOM : 0);
    }

    private boolean isRungwise() {
        return ladder.isPresent() && Method.optimizers().contains(method.label());
    }

    /** See {@link Method#start(SearchSpace, Prior, long, List)}; what is known from before are whole trainings. */
    public Optimizer start(SearchSpace space, Prior prior, long seed, List<Observation> earlier) {
        if (!isRungwise()) {
            return method.start(space, prior, seed, earlier);
        }
        double[] shares = IntStream.rangeClosed(0, ladder.orElseThrow().lowest())
                .mapToObj(ladder.orElseThrow()::amount)
                .mapToDouble(Fidelity::share)
                .toArray();
        return Rungwise.start(
                space,
                randomShare,
                shares,
                seed,
                rung -> rung == 0
                        ? method.start(space, prior, seed, earlier)
                        : method.start(space, prior, seed + rung));
    }

    /** See {@link Method#resume}. */
    public Optional<Optimizer> resume(SearchSpace space, Prior prior, OptimizerState state) {
        if (!isRungwise()) {
            return method.resume(space, prior, state);
        }
        return state instanceof OptimizerState.Rungwise rungs
                ? Rungwise.resume(space, randomShare, rungs, rung -> method.resume(space, prior, rung))
                        .map(one -> one)
                : Optional.empty();
    }

    /** See {@link Method#goOn}: what each part has taught is told again. */
    public Optimizer goOn(
            SearchSpace from,
            Optional<OptimizerState> learned,
            SearchSpace to,
            Prior start,
            List<Observation> seen,
            long seed) {
        if (!isRungwise()) {
            return method.goOn(from, learned, to, start, seen, seed);
        }
        Optimizer fresh = start(to, start, seed, List.of());
        seen.forEach(fresh::tell);
        return fresh;
    }
}
