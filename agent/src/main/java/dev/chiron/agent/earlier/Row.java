package dev.chiron.agent.earlier;

import dev.chiron.optimizers.study.Outcome;
import java.util.Map;

/**
 * A run as its source tells it.
 *
 * @param where in the source, such as {@code line 7}
 * @param cells values by column, as texts; without those that are empty
 * @param outcome what came of it
 */
record Row(String where, Map<String, String> cells, Outcome outcome) {}
