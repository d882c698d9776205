package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Origin;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Proposes configs and learns from what came of them. Ask at any time, tell in any order, tell configs that were never
 * asked for; one that does not lie in the space teaches nothing. Minimises. Mutable; for one thread.
 *
 * <p>Two optimizers with equal {@link #state()} behave alike from then on, bit for bit.
 */
public interface Optimizer {

    /** The origin of what {@link #ask} proposes; where several methods take turns, of what it proposed last. */
    Origin origin();

    /**
     * The next config to try among those that are wanted: inside the space and keeping its constraints. The optimizer waits
     * for its outcome until it is told or {@linkplain #withdraw withdrawn}.
     *
     * @param wanted refuses what there is no use in running, such as repeats; depends on nothing but the config
     * @return empty if nothing that is wanted was found with reasonable effort
     */
    Optional<Config> ask(Predicate<Config> wanted);

    /**
     * The next config to try, whatever it is.
     *
     * @throws IllegalStateException if the constraints leave next to nothing to try
     */
    default Config ask() {
        return ask(config -> true)
                .orElseThrow(() -> new IllegalStateException("the constraints leave next to nothing to try"));
    }

    /** A config that was asked for or {@linkplain #expect expected} will not be run after all. Any other is ignored. */
    void withdraw(Config config);

    /** A config was run, and this came of it. Where pruned runs make no difference, their loss counts as measured. */
    void tell(Observation observation);

    /**
     * A config is being run, whoever proposed it, and others will be asked for meanwhile: one that was not asked for here is waited for from
     * now on as if it had been. One that does not lie in the space is ignored. Nothing changes for an optimizer whose next config does not
     * depend on where others run.
     */
    default void expect(Config config) {}

    /**
     * A config was run and measured.
     *
     * @throws IllegalArgumentException if the loss is not finite
     */
    default void tell(Config config, double loss) {
        tell(Observation.measured(config, loss));
    }

    /**
     * A config's run was stopped early, at this loss.
     *
     * @param step how far it came, in steps of its curve
     * @throws IllegalArgumentException if the loss is not finite
     */
    default void tellPruned(Config config, double step, double loss) {
        tell(Observation.pruned(config, step, loss));
    }

    /** A config was run and failed. There is no number for that, so none is given. */
    default void tellInfeasible(Config config) {
        tell(Observation.infeasible(config));
    }

    /**
     * How promising configs of the space are by the optimizer's own model. Changes nothing: the state stays as it is.
     *
     * @return a number each, of which the larger is better and only the order counts; empty while there is no model, and for
     *     an optimizer that models no values
     */
    default List<Double> rate(List<Config> configs) {
        return List.of();
    }

    /** Everything that the optimizer knows. */
    OptimizerState state();
}
