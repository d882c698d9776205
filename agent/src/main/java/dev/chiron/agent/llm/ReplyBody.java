package dev.chiron.agent.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;

/** What can be said about the raw body of an answer, whatever server it came from. */
final class ReplyBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> REASONING =
            List.of("/message/thinking", "/choices/0/message/reasoning_content", "/choices/0/message/reasoning");
    private static final List<String> COMPLAINTS =
            List.of("/error/message", "/error", "/message", "/detail", "/0/error/message");
    private static final List<String> ENDINGS = List.of("/done_reason", "/choices/0/finish_reason");

    private final String text;
    private final JsonNode json;

    ReplyBody(String text) {
        this.text = text.strip();
        this.json = parse(this.text);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** The parsed body; a missing node when it is not JSON. */
    JsonNode json() {
        return json;
    }

    /** What the model thought, wherever the server puts it; empty when it put nothing. */
    String reasoning() {
        return first(REASONING);
    }

    /** Whether the reply ended because it hit the limit of its length. */
    boolean cutAtLength() {
        return first(ENDINGS).equals("length");
    }

    /** A count, such as of tokens; 0 where there is none. */
    long count(String pointer) {
        return Math.max(0, json.at(pointer).asLong(0));
    }

    /** What an error body complains of, in the server's words. */
    String complaint() {
        if (isHtml()) {
            return "an HTML page instead of JSON";
        }
        String complaint = first(COMPLAINTS);
        return complaint.isEmpty() ? text : complaint;
    }

    /** Why a body that came with a 2xx status is no reply. */
    String defect() {
        if (text.isEmpty()) {
            return "an empty body";
        }
        if (isHtml()) {
            return "an HTML page instead of JSON";
        }
        if (json.isMissingNode()) {
            return text.startsWith("{") ? "JSON that is broken or breaks off" : "a body that is not JSON";
        }
        if (json.hasNonNull("error")) {
            return "an error: " + complaint();
        }
        return "JSON without a reply in it";
    }

    /** Whether the body is an error although the status said otherwise. */
    boolean isError() {
        return json.hasNonNull("error");
    }

    private boolean isHtml() {
        return text.startsWith("<") || text.toLowerCase(Locale.ROOT).contains("<html");
    }

    private String first(List<String> pointers) {
        for (String pointer : pointers) {
            JsonNode node = json.at(pointer);
            if (node.isTextual() && !node.textValue().isBlank()) {
                return node.textValue();
            }
        }
        return "";
    }
}
