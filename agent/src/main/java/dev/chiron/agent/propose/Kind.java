package dev.chiron.agent.propose;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A kind of optimizer: how one begins, goes on from a state, takes earlier results and moves to another space, and what stands around it.
 *
 * @param state what its state is
 * @param starting how one begins
 * @param resuming how one goes on
 * @param learns whether it learns from what it is told, so that it may be the classical half of a team and takes earlier results
 * @param warming how one begins that knows earlier results; empty if it takes them as observations
 * @param moving how one goes on in another space; empty if it begins anew there
 * @param tactics what stands around it
 * @param several whether it takes observations of several objectives
 * @param around how wide a prior of which the user wrote nothing is; empty if there is none then
 */
record Kind<S extends OptimizerState>(
        Class<S> state,
        Starting starting,
        Resuming<S> resuming,
        boolean learns,
        Optional<Warming> warming,
        Optional<Moving<S>> moving,
        Tactics tactics,
        Optional<Double> around,
        boolean several) {

    /** An optimizer at its start. */
    interface Starting {
        Optimizer start(SearchSpace space, Prior prior, long seed);
    }

    /** An optimizer as it was in a state. */
    interface Resuming<S extends OptimizerState> {
        Optimizer resume(SearchSpace space, Prior prior, S state);
    }

    /** An optimizer at its start that begins where earlier results say; some of them are measured. */
    interface Warming {
        Optimizer start(SearchSpace space, Prior prior, long seed, List<Observation> earlier);
    }

    /** An optimizer in another space, with what it has learned. */
    interface Moving<S extends OptimizerState> {
        Optimizer moved(SearchSpace from, S learned, SearchSpace to, Prior start, OptionalDouble shift, long seed);
    }

    /** One that draws without learning, or is for reference alone: nothing stands around it. */
    static <S extends OptimizerState> Kind<S> plain(Class<S> state, Starting starting, Resuming<S> resuming) {
        return new Kind<>(
                state,
                starting,
                resuming,
                false,
                Optional.empty(),
                Optional.empty(),
                Tactics.NONE,
                Optional.empty(),
                false);
    }

    /** An optimizer with settings at its start. */
    interface StartingWith<T> {
        Optimizer start(SearchSpace space, T settings, long seed);
    }

    /** An optimizer with settings as it was in a state. */
    interface ResumingWith<T, S extends OptimizerState> {
        Optimizer resume(SearchSpace space, T settings, S state);
    }

    /** One that learns from what it is told, earlier results included, with settings that hold the prior. */
    static <T, S extends OptimizerState> Kind<S> learning(
            Class<S> state, Function<Prior, T> settings, StartingWith<T> starting, ResumingWith<T, S> resuming) {
        return learning(
                state,
                (space, prior, seed) -> starting.start(space, settings.apply(prior), seed),
                (space, prior, from) -> resuming.resume(space, settings.apply(prior), from));
    }

    /** One that learns from what it is told, earlier results included. */
    static <S extends OptimizerState> Kind<S> learning(Class<S> state, Starting starting, Resuming<S> resuming) {
        return new Kind<>(
                state,
                starting,
                resuming,
                true,
                Optional.empty(),
                Optional.empty(),
                Tactics.DEFAULT,
                Optional.empty(),
                false);
    }

    /** The same, beginning where earlier results say instead of being told them. */
    Kind<S> warmed(Warming by) {
        return new Kind<>(state, starting, resuming, learns, Optional.of(by), moving, tactics, around, several);
    }

    /** The same, taking what it has learned to another space. */
    Kind<S> movedBy(Moving<S> by) {
        return new Kind<>(state, starting, resuming, learns, warming, Optional.of(by), tactics, around, several);
    }

    /** The same with these tactics. */
    Kind<S> with(Tactics other) {
        return new Kind<>(state, starting, resuming, learns, warming, moving, other, around, several);
    }

    /** The same of one that takes observations of several objectives. */
    Kind<S> forSeveral() {
        return new Kind<>(state, starting, resuming, learns, warming, moving, tactics, around, true);
    }

    /** The same with a prior around the baseline where the user wrote nothing. */
    Kind<S> aroundTheBaseline() {
        return new Kind<>(
                state, starting, resuming, learns, warming, moving, tactics, Optional.of(Prior.AROUND), several);
    }

    /** See {@link Method#start(SearchSpace, Prior, long, List)}. */
    Optimizer start(SearchSpace space, Prior prior, long seed, List<Observation> earlier) {
        boolean measured = earlier.stream().anyMatch(one -> one.kind() == Observation.Kind.MEASURED);
        if (measured && warming.isPresent()) {
            return warming.get().start(space, prior, seed, earlier);
        }
        Optimizer optimizer = starting.start(space, prior, seed);
        if (learns && warming.isEmpty()) {
            earlier.forEach(optimizer::tell);
        }
        return optimizer;
    }

    /** See {@link Method#moved}. */
    Optional<Optimizer> moved(
            SearchSpace from, OptimizerState learned, SearchSpace to, Prior start, OptionalDouble shift, long seed) {
        return moving.filter(by -> state.isInstance(learned))
                .map(by -> by.moved(from, state.cast(learned), to, start, shift, seed));
    }

    /** See {@link Method#resume}. */
    Optional<Optimizer> resume(SearchSpace space, Prior prior, OptimizerState from) {
        return state.isInstance(from) ? Optional.of(resuming.resume(space, prior, state.cast(from))) : Optional.empty();
    }

    /** See {@link Method#earlier}. */
    Optional<String> earlier() {
        if (!learns) {
            return Optional.empty();
        }
        return Optional.of(
                warming.isPresent() ? "begins where the best tenth of them lies" : "takes them as observations");
    }
}
