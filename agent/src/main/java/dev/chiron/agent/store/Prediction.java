package dev.chiron.agent.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.disk.Disk;
import dev.chiron.optimizers.space.Config;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.reply.PredictedLog;
import dev.chiron.prompts.reply.PredictedLog.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The training log that a model expects of a study's first config, written beside the task before the study begins and kept in its
 * folder from then on.
 *
 * @param of what it was expected of
 * @param model who expects it
 */
public record Prediction(Of of, String model, PredictedLog log) {

    /** The file in a study's folder. */
    public static final String FILE = "predicted-log.json";

    private static final String YAML = ".yaml";
    private static final long LARGEST = 1 << 20; // bytes
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A run that is foretold; one that differs in any of it is another.
     *
     * @param seconds how long it may take
     * @param script the hash of its text
     */
    public record Of(String metric, Config config, long seconds, String script) {

        /** The run of a script with this text. */
        public static Of run(String metric, Config config, long seconds, String script) {
            return new Of(metric, config, seconds, new Prompt("", script).sha256());
        }

        /** In which thing another run differs first, in words; empty if in nothing. */
        public Optional<String> difference(Of other) {
            if (!metric.equals(other.metric)) {
                return Optional.of("another metric");
            }
            if (!config.equals(other.config)) {
                return Optional.of("other values");
            }
            if (seconds != other.seconds) {
                return Optional.of("another time limit");
            }
            return script.equals(other.script) ? Optional.empty() : Optional.of("another version of the script");
        }
    }

    /** Where it lies beside a task: {@code chiron.predicted.json} for {@code chiron.yaml}. */
    public static Path beside(Path task) {
        String name = String.valueOf(task.getFileName());
        String stem = name.endsWith(YAML) ? name.substring(0, name.length() - YAML.length()) : name;
        return task.resolveSibling(stem + ".predicted.json");
    }

    /** What a file holds; empty if it is not there, or nothing like it. */
    public static Optional<Prediction> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? read(JSON.readTree(Files.readString(file)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Prediction> read(JsonNode node) {
        JsonNode last = node.path("final");
        if (!last.isNumber()
                || !node.path("low").isNumber()
                || !node.path("high").isNumber()) {
            return Optional.empty();
        }
        List<Point> points = new ArrayList<>();
        node.path("log")
                .forEach(point -> points.add(new Point(
                        point.path("progress").asDouble(), point.path("value").asDouble())));
        Of of = new Of(
                node.path("metric").asText(),
                EntryJson.readConfig(node.path("config")),
                node.path("seconds").asLong(),
                node.path("script").asText());
        return Optional.of(new Prediction(
                of,
                node.path("model").asText(),
                new PredictedLog(
                        last.asDouble(),
                        node.path("low").asDouble(),
                        node.path("high").asDouble(),
                        points)));
    }

    /** The same as an object, without what it was expected of but the metric. */
    public ObjectNode json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("model", model).put("metric", of.metric());
        object.put("final", log.last()).put("low", log.low()).put("high", log.high());
        ArrayNode points = object.putArray("log");
        log.points()
                .forEach(point ->
                        points.addObject().put("progress", point.progress()).put("value", point.value()));
        return object;
    }

    /** Writes it, whole or not at all. */
    public void write(Path file) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("v", 1);
        object.setAll(json());
        object.set("config", EntryJson.config(of.config()));
        object.put("seconds", of.seconds()).put("script", of.script());
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
            Disk.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of numbers and texts can be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
