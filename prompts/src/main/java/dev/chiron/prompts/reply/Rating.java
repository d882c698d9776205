package dev.chiron.prompts.reply;

import java.util.OptionalDouble;

/**
 * What a model foretells of a config.
 *
 * @param value of the metric, or the chance of being among the best; finite
 * @param deviation how far off that may be, one standard deviation, 0 or more; empty if it was not said
 * @param failure the chance that the run fails, 0 to 1; empty if it was not said
 */
public record Rating(double value, OptionalDouble deviation, OptionalDouble failure) {}
