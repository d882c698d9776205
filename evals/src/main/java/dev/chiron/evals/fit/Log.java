package dev.chiron.evals.fit;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Past runs of one training.
 *
 * @param source what to call it in messages
 * @param baseline the config to begin with; empty if none is known
 * @param trials in the order in which they were run
 */
public record Log(
        String source, Objective objective, SearchSpace space, Optional<Config> baseline, List<Recorded> trials) {

    /** With fewer measured configs a fit says nothing. */
    static final int LEAST = 10;

    public Log {
        trials = List.copyOf(trials);
    }

    /** The same with some of its trials. */
    Log with(List<Recorded> some) {
        return new Log(source, objective, space, baseline, some);
    }

    /**
     * This.
     *
     * @throws BadInput if there is too little to learn from
     */
    Log enough() {
        long measured = trials.stream()
                .filter(trial -> trial.value().isPresent())
                .map(Recorded::config)
                .distinct()
                .count();
        if (measured < LEAST) {
            throw new BadInput(source + ": " + trials.size() + " runs, of which " + measured
                    + " different configs were measured; a task needs " + LEAST);
        }
        if (values().distinct().count() < 2) {
            throw new BadInput(source + ": every run gave the same " + objective.metric()
                    + ", so there is nothing to learn; is that the right column?");
        }
        return this;
    }

    private DoubleStream values() {
        return trials.stream().flatMapToDouble(trial -> trial.value().stream());
    }
}
