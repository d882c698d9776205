package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;

/**
 * What is tuned: the part of a prompt that is the same at every turn of a study.
 *
 * @param description what the script does, in the user's words; may be empty
 * @param baseline the values of the script as it was found
 */
public record Task(String description, Objective objective, SearchSpace space, Config baseline) {}
