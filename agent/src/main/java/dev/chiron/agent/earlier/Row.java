package dev.chiron.agent.earlier;

import dev.chiron.optimizers.study.Outcome;
import java.time.Duration;
import java.util.Map;

/**
 * A run as its source tells it.
 *
 * @param where in the source, such as {@code line 7}
 * @param cells values by column, as texts; without those that are empty
 * @param outcome what came of it
 * @param took how long it took; zero where the source does not say
 */
record Row(String where, Map<String, String> cells, Outcome outcome, Duration took) {

    /** One of which nobody says how long it took. */
    Row(String where, Map<String, String> cells, Outcome outcome) {
        this(where, cells, outcome, Duration.ZERO);
    }
}
