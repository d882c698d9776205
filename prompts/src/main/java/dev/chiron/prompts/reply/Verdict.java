package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.prompts.describe.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a model says of a run that goes on. */
public sealed interface Verdict {

    /** The longest reason that is kept, in characters. */
    int LONGEST_REASON = 300;

    /**
     * It has decided.
     *
     * @param stop whether the run is to be stopped
     * @param expected the value at its end, if it went on; empty where that was not said
     * @param reason on one line
     */
    record Given(boolean stop, OptionalDouble expected, String reason) implements Verdict {}

    /** The reply cannot be used; {@code reason} says why, to the model. */
    record Rejected(String reason) implements Verdict {}

    /** Reads a reply: of several objects the last that names a decision is meant. */
    static Verdict read(String reply) {
        JsonObjects.Found found = JsonObjects.in(Reasoning.removed(reply));
        List<JsonNode> objects = found.objects().stream()
                .filter(object -> object.has("decision"))
                .toList();
        if (objects.isEmpty()) {
            return new Rejected("there is no JSON object with a \"decision\" in it");
        }
        JsonNode object = objects.get(objects.size() - 1);
        String decision = object.path("decision").asText().strip().toLowerCase(Locale.ROOT);
        if (!List.of("stop", "continue").contains(decision)) {
            return new Rejected("\"decision\" is neither \"stop\" nor \"continue\"");
        }
        String reason =
                Excerpt.of(Redaction.ofProse(object.path("reason").asText().strip()), LONGEST_REASON);
        if (reason.isBlank()) {
            return new Rejected("\"reason\" is missing or empty; say in a sentence what you see in the curve");
        }
        JsonNode expected = object.path("expected");
        boolean isNumber = expected.isNumber() && Double.isFinite(expected.doubleValue());
        return new Given(
                decision.equals("stop"),
                isNumber ? OptionalDouble.of(expected.doubleValue()) : OptionalDouble.empty(),
                reason);
    }

    /** The JSON schema of a reply, as text. */
    static String schema() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        ObjectNode decision = ReplySchema.text();
        decision.putArray("enum").add("continue").add("stop");
        fields.set("decision", decision);
        fields.set("expected", ReplySchema.number());
        fields.set("reason", ReplySchema.text());
        return ReplySchema.object(fields).toString();
    }
}
