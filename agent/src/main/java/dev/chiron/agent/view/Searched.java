package dev.chiron.agent.view;

import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;

/**
 * A space that a study searches, and its trials there.
 *
 * @param history all trials; those that have no place in the space count, and nothing is compared with them
 */
public record Searched(SearchSpace space, History history) {}
