package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.prompts.reply.PredictedLog.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the training log that a model expects. */
public final class PredictedLogReader {

    private static final int MOST = 50;
    private static final double LARGEST = 1e100; // what differs by more than numbers can hold has no score
    private static final String FINAL = "final";

    private PredictedLogReader() {}

    /** A log, or why there is none in words that the model can act on; one of them is empty. */
    public record Read(Optional<PredictedLog> log, String problem) {
        private static Read no(String problem) {
            return new Read(Optional.empty(), problem);
        }
    }

    /** The last object with a final value counts. */
    public static Read read(String reply) {
        JsonObjects.Found found = JsonObjects.in(Reasoning.removed(reply));
        Optional<JsonNode> last =
                found.objects().stream().filter(object -> object.has(FINAL)).reduce((earlier, later) -> later);
        if (last.isEmpty()) {
            return Read.no(
                    found.cutOff()
                            ? "the JSON object is not closed; write less"
                            : "there is no JSON object with the fields \"log\", \"final\", \"low\" and \"high\"");
        }
        JsonNode object = last.get();
        for (String field : List.of(FINAL, "low", "high")) {
            if (!isNumber(object.path(field))) {
                return Read.no("\"" + field + "\" must be a number");
            }
            if (isHuge(object.path(field))) {
                return Read.no("\"" + field + "\" is too large to be reckoned with: at most 1e100 above or below 0");
            }
        }
        double end = object.path(FINAL).doubleValue();
        double low = object.path("low").doubleValue();
        double high = object.path("high").doubleValue();
        if (!(low <= end && end <= high && low < high)) {
            return Read.no("\"final\" must lie between \"low\" and \"high\", and these must differ");
        }
        Map<Double, Double> points = new TreeMap<>();
        for (JsonNode node : object.path("log")) {
            double progress = node.path("progress").asDouble(Double.NaN);
            if (!(progress > 0 && progress <= 1) || !isNumber(node.path("value")) || points.size() == MOST) {
                return Read.no("each of \"log\" has a \"progress\" above 0 and up to 1 and a \"value\", both numbers; "
                        + "at most " + MOST + " of them");
            }
            if (isHuge(node.path("value"))) {
                return Read.no(
                        "a \"value\" of \"log\" is too large to be reckoned with: at most 1e100 above or below 0");
            }
            if (progress < 1) { // the end is the final value
                points.put(progress, node.path("value").doubleValue());
            }
        }
        List<Point> ordered = points.entrySet().stream()
                .map(point -> new Point(point.getKey(), point.getValue()))
                .toList();
        return new Read(Optional.of(new PredictedLog(end, low, high, ordered)), "");
    }

    private static boolean isHuge(JsonNode node) {
        return Math.abs(node.doubleValue()) > LARGEST;
    }

    private static boolean isNumber(JsonNode node) {
        return node.isNumber() && !Double.isNaN(node.doubleValue());
    }

    /** The JSON schema of a reply, for models that support one. */
    public static String schema() {
        ObjectNode point = JsonNodeFactory.instance.objectNode();
        point.set("progress", ReplySchema.number());
        point.set("value", ReplySchema.number());
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject("log").put("type", "array").set("items", ReplySchema.object(point));
        all.set(FINAL, ReplySchema.number());
        all.set("low", ReplySchema.number());
        all.set("high", ReplySchema.number());
        return ReplySchema.object(all).toString();
    }
}
