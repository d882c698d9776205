package dev.chiron.prompts.reply;

import java.util.OptionalDouble;

/**
 * What a model expects of a config before it is run.
 *
 * @param value of the metric if it is measured; finite
 * @param failure the chance that the run fails, 0 to 1
 */
public record Forecast(OptionalDouble value, OptionalDouble failure) {

    /** Nothing was said. */
    public static final Forecast NONE = new Forecast(OptionalDouble.empty(), OptionalDouble.empty());

    /** Whether nothing was said. */
    public boolean isNone() {
        return value.isEmpty() && failure.isEmpty();
    }
}
