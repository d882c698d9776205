package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.prompts.describe.Redaction;
import dev.chiron.prompts.describe.Remark;
import java.util.Optional;

/** Reads what a model writes down of a trial: a text in a field of a JSON object. */
public final class RemarkReader {

    private RemarkReader() {}

    /** The text, on one line and cut to what is kept; of several objects the last that has one is meant. Empty without any. */
    public static Optional<String> read(String reply, Remark.Kind kind) {
        return JsonObjects.in(Reasoning.removed(reply)).objects().stream()
                .map(object -> object.path(kind.label()))
                .filter(JsonNode::isTextual)
                .map(text -> Excerpt.of(Redaction.ofProse(text.textValue().strip()), kind.longest()))
                .filter(text -> !text.isBlank())
                .reduce((earlier, later) -> later);
    }

    /** The JSON schema of a reply that is a remark alone, as text. */
    public static String schema(Remark.Kind kind) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set(kind.label(), ReplySchema.text());
        return ReplySchema.object(fields).toString();
    }
}
