package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A run that came to no trial: the machine broke and it was run again, or the baseline failed.
 *
 * @param trial the number of the trial that it would have been
 */
public record Attempt(int trial, Outcome.Failed failure, Duration took) {

    /** The type of its line in a journal. */
    static final String ATTEMPT = "attempt";

    private static final double NANOS = 1e9;

    /**
     * All of a study, in order; the study is not locked.
     *
     * @throws UnusableStudy if it is damaged
     */
    public static List<Attempt> read(Path folder) {
        try {
            List<Attempt> attempts = new ArrayList<>();
            Journal.read(folder.resolve("journal.jsonl"), line -> {
                if (line.object().path("type").asText().equals(ATTEMPT)) {
                    attempts.add(of(line.object()));
                }
            });
            return attempts;
        } catch (IOException e) {
            throw new UncheckedIOException("the study " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Attempt of(JsonNode object) {
        Outcome.Reason reason =
                Outcome.Reason.labelled(object.path("reason").asText()).orElse(Outcome.Reason.INFRASTRUCTURE);
        return new Attempt(
                object.path("trial").asInt(),
                new Outcome.Failed(reason, object.path("detail").asText()),
                Duration.ofNanos(Math.round(object.path("seconds").asDouble() * NANOS)));
    }
}
