package dev.chiron.evals.task;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something to be tuned that answers at once: a function, or a surrogate of real trainings. Accepts every config of its
 * space; constraints and repairs are its own. Immutable, so that seeds may be run side by side.
 */
public interface EvalTask {

    /** The seeds of noise from a multiple of this to the next belong to one study. */
    long STUDY = 100_000; // as in optuna_peer.py, so that both sides meet the same noise

    /** The name that users write, such as {@code sphere} or {@code lcbench-167168}. */
    String name();

    /** What is known of it, as a user would write it: a model reads this. Empty for nothing. */
    default String description() {
        return "";
    }

    /** What its value is, and whether small or large is good. */
    Objective objective();

    /**
     * Of several objectives the values up to which the volume is measured that a front dominates; that volume is then what runs are compared by, large is
     * good. Empty for one objective.
     */
    default List<Double> reference() {
        return List.of();
    }

    /** Whether small or large values of its runs are good. */
    default Objective.Goal goal() {
        return reference().isEmpty() ? objective().goal() : Objective.Goal.MAXIMIZE;
    }

    /** What may be tuned. */
    SearchSpace space();

    /** The config that a user would start from and that trial 0 runs; empty if there is none. */
    Optional<Config> baseline();

    /** The configs that are run before a method proposes any, of which it is told: the baseline, unless the task has its own. */
    default List<Config> initial(long seed) {
        return baseline().stream().toList();
    }

    /**
     * For how many seeds, from 0, the task has first configs of its own; 0 if every method begins with the baseline alone.
     */
    default int seedsWithOwnInitial() {
        return 0;
    }

    /** How many epochs a whole training has of which it is known what it would report on its way; 0 where that is not known. */
    default int epochs() {
        return 0;
    }

    /**
     * What a training of a config would report after so many epochs, 1 to {@link #epochs}, also after a part of one; after the last the value
     * of {@link #evaluate} without noise.
     */
    default double after(double epoch, Config config) {
        throw new UnsupportedOperationException(name() + " knows of no epochs");
    }

    /**
     * What comes of a config.
     *
     * @param config inside {@link #space}
     * @param noise seeds the noise of this one run: the same seed and config give the same outcome, unless it is a
     *     training that draws its own; empty for no noise. A task without noise does not look at it
     */
    Evaluation evaluate(Config config, OptionalLong noise);
}
