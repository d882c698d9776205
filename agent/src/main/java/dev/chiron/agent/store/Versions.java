package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * With what trials are run, or a report is written.
 *
 * @param chiron the version of this program; {@code development} outside a jar
 * @param java the version of Java under it
 */
public record Versions(String chiron, String java) {

    /** The type of its line in a journal. */
    static final String VERSIONS = "versions";

    /**
     * From which trial on a study had which.
     *
     * @param trials how many had ended before
     */
    public record Since(int trials, Versions versions) {}

    /** Those of this process. */
    public static Versions here() {
        return new Versions(
                Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                        .orElse("development"),
                System.getProperty("java.version", ""));
    }

    /**
     * All of a study, in order; none if it is from before they were kept. The study is not locked.
     *
     * @throws UnusableStudy if it is damaged
     */
    public static List<Since> read(Path folder) {
        List<Since> all = new ArrayList<>();
        AtomicInteger trials = new AtomicInteger();
        try {
            Journal.read(folder.resolve("journal.jsonl"), line -> {
                switch (line.object().path("type").asText()) {
                    case "trial" -> trials.incrementAndGet();
                    case VERSIONS -> all.add(new Since(trials.get(), read(line.object())));
                    default -> {
                        // says nothing of them
                    }
                }
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("the study " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Versions read(JsonNode object) {
        return new Versions(object.path("chiron").asText(), object.path("java").asText());
    }

    ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("chiron", chiron).put("java", java);
    }
}
