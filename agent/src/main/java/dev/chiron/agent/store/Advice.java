package dev.chiron.agent.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.UsageJson;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * That a model was asked whether a running trial is worth going on with.
 *
 * @param key names the question in the record, such as {@code stop0012-1}
 * @param author who answered, or would have
 * @param step at which the run was
 * @param stop whether it was to be stopped
 * @param expected the value at its end, if it went on; empty where nobody said
 * @param reason the model's, on one line; empty where there was no answer of use
 * @param failure why there was none, and the run went on; else empty
 * @param overBudget whether there was none because the model's budget was spent
 * @param usage what it cost
 */
public record Advice(
        String key,
        String author,
        double step,
        boolean stop,
        OptionalDouble expected,
        String reason,
        String failure,
        boolean overBudget,
        Usage usage) {

    /** The file in a trial's folder that holds what was asked while it ran. */
    public static final String FILE = "advice.json";

    private static final String PREFIX = "stop";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The key of the so-manieth question about a trial, each from 0. */
    public static String key(int trial, int look) {
        return PREFIX + trial + "-" + look;
    }

    /** Whether a key is one of these. */
    public static boolean isKey(String key) {
        return key.matches(PREFIX + "\\d{1,9}-\\d{1,9}");
    }

    /** The trial of such a key. */
    public static int trial(String key) {
        return Integer.parseInt(key.substring(PREFIX.length(), key.indexOf('-')));
    }

    /** Whether the model had an answer of use. */
    public boolean isAnswered() {
        return failure.isEmpty();
    }

    /** As a text that {@link #read} reads. */
    public static String text(List<Advice> advice) {
        return write(advice) + "\n";
    }

    /** What {@link #text} wrote; nothing of a file that a process did not write to its end. */
    public static List<Advice> read(String text) {
        try {
            return read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    static ArrayNode write(List<Advice> advice) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Advice one : advice) {
            ObjectNode object = array.addObject();
            object.put("key", one.key());
            object.put("author", one.author());
            object.put("step", one.step());
            object.put("stop", one.stop());
            one.expected().ifPresent(value -> object.put("expected", value));
            if (one.isAnswered()) {
                object.put("reason", one.reason());
            } else {
                object.put("failure", one.failure()).put("over_budget", one.overBudget());
            }
            UsageJson.write(one.usage(), object);
        }
        return array;
    }

    static List<Advice> read(JsonNode array) {
        List<Advice> advice = new ArrayList<>();
        for (JsonNode one : array) {
            JsonNode expected = one.path("expected");
            advice.add(new Advice(
                    one.path("key").asText(),
                    one.path("author").asText(),
                    one.path("step").asDouble(),
                    one.path("stop").asBoolean(),
                    expected.isNumber() ? OptionalDouble.of(expected.doubleValue()) : OptionalDouble.empty(),
                    one.path("reason").asText(),
                    one.path("failure").asText(),
                    one.path("over_budget").asBoolean(),
                    UsageJson.read(one)));
        }
        return advice;
    }
}
