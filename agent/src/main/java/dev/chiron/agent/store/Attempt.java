package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.optimizers.study.Outcome;
import java.time.Duration;

/**
 * A run that came to no trial: the machine broke and it was run again, or the baseline failed.
 *
 * @param trial the number of the trial that it would have been
 */
public record Attempt(int trial, Outcome.Failed failure, Duration took) {

    /** The type of its line in a journal. */
    static final String ATTEMPT = "attempt";

    private static final double NANOS = 1e9;

    static Attempt of(JsonNode object) {
        Outcome.Reason reason =
                Outcome.Reason.labelled(object.path("reason").asText()).orElse(Outcome.Reason.INFRASTRUCTURE);
        return new Attempt(
                object.path("trial").asInt(),
                new Outcome.Failed(reason, object.path("detail").asText()),
                Duration.ofNanos(Math.round(object.path("seconds").asDouble() * NANOS)));
    }
}
