package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

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

    static Versions of(JsonNode object) {
        return new Versions(object.path("chiron").asText(), object.path("java").asText());
    }

    ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("chiron", chiron).put("java", java);
    }
}
