package dev.chiron.agent.propose;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import java.util.Optional;
import java.util.function.Function;

/** One turn of a model that proposes by itself. */
interface Turn {

    /**
     * Takes the turn. Of what was proposed the first is run.
     *
     * @param key names the turn in the record
     * @param suggestion what the optimizer that stands by would try
     * @param doubts why a config will almost surely fail; empty for one that may not
     */
    ModelTurns.Ending take(
            Panel.Member member,
            String key,
            History history,
            Suggestions.Suggestion suggestion,
            Function<Config, Optional<String>> doubts)
            throws InterruptedException;
}
