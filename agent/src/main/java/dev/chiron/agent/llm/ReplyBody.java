package dev.chiron.agent.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be said about the raw body of an answer, whatever server it came from. */
final class ReplyBody {
    // Of several values in a row, as in a stream, the first alone would be half a reply.
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final List<String> REASONING =
            List.of("/message/thinking", "/choices/0/message/reasoning_content", "/choices/0/message/reasoning");
    /** Lists of parts of which some are thoughts: Anthropic's and Gemini's. */
    private static final List<String> PARTS = List.of("/content", "/candidates/0/content/parts");

    private static final List<String> COMPLAINTS =
            List.of("/error/message", "/error", "/message", "/detail", "/0/error/message");
    private static final List<String> ENDINGS =
            List.of("/done_reason", "/choices/0/finish_reason", "/stop_reason", "/candidates/0/finishReason");
    private static final Set<String> CUT =
            Set.of("length", "max_tokens", "max_tokens_reached", "model_context_window_exceeded");
    private static final Set<String> DECLINED = Set.of(
            "content_filter", "refusal", "safety", "recitation", "language", "blocklist", "prohibited_content", "spii");
    private static final List<String> BLOCKED = List.of("/choices/0/message/refusal", "/promptFeedback/blockReason");
    private static final List<String> TOKENS_IN =
            List.of("/prompt_eval_count", "/usage/prompt_tokens", "/usageMetadata/promptTokenCount");
    private static final List<String> ANTHROPICS_TOKENS_IN =
            List.of("/usage/input_tokens", "/usage/cache_creation_input_tokens", "/usage/cache_read_input_tokens");
    private static final List<String> TOKENS_CACHED = List.of(
            "/usage/prompt_tokens_details/cached_tokens",
            "/usage/cache_read_input_tokens",
            "/usageMetadata/cachedContentTokenCount");
    private static final List<String> TOKENS_OUT =
            List.of("/eval_count", "/usage/completion_tokens", "/usage/output_tokens");
    private static final List<String> GEMINIS_TOKENS_OUT =
            List.of("/usageMetadata/candidatesTokenCount", "/usageMetadata/thoughtsTokenCount");
    private static final Pattern LINES = Pattern.compile("^\\{[^\\n]*}\\n\\{");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

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
        String reasoning = first(REASONING);
        return reasoning.isEmpty() ? thoughts() : reasoning;
    }

    private String thoughts() {
        StringBuilder thoughts = new StringBuilder();
        for (String pointer : PARTS) {
            for (JsonNode part : json.at(pointer)) {
                JsonNode thought = part.path("thought").asBoolean() ? part.path("text") : part.path("thinking");
                thoughts.append(thought.asText(""));
            }
        }
        return thoughts.toString();
    }

    /** Whether the reply ended because it hit the limit of its length. */
    boolean cutAtLength() {
        return CUT.contains(ending());
    }

    /** Why the model or its server would not answer this prompt, in a word; empty when it did. */
    String declined() {
        String blocked = first(BLOCKED);
        return blocked.isEmpty() && DECLINED.contains(ending()) ? ending() : blocked;
    }

    private String ending() {
        return first(ENDINGS).toLowerCase(Locale.ROOT);
    }

    /** What the server counted, whatever it calls it; zeros where it did not. */
    Usage usage(int calls) {
        return new Usage(
                calls,
                Math.max(most(TOKENS_IN), sum(ANTHROPICS_TOKENS_IN)),
                most(TOKENS_CACHED),
                Math.max(most(TOKENS_OUT), sum(GEMINIS_TOKENS_OUT)),
                Optional.empty());
    }

    private long most(List<String> pointers) {
        return pointers.stream().mapToLong(this::count).max().orElse(0);
    }

    private long sum(List<String> pointers) {
        return pointers.stream().mapToLong(this::count).sum();
    }

    private long count(String pointer) {
        return Counts.of(json.at(pointer)).orElse(0);
    }

    /** The wait that Gemini asks for, in its body and not in a header; zero when there is none. */
    Duration retryDelay() {
        for (JsonNode detail : json.at("/error/details")) {
            Matcher delay = SECONDS.matcher(detail.path("retryDelay").asText(""));
            if (delay.matches()) {
                return Duration.ofMillis((long) (Double.parseDouble(delay.group(1)) * 1000));
            }
        }
        return Duration.ZERO;
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
        if (isStream()) {
            return "a stream, which was not asked for";
        }
        if (json.isMissingNode()) {
            return text.startsWith("{") ? "JSON that is broken or breaks off" : "a body that is not JSON";
        }
        if (!declined().isEmpty()) {
            return "no answer, it declined: " + declined();
        }
        if (json.hasNonNull("error")) {
            return "an error: " + complaint();
        }
        return "JSON without a reply in it";
    }

    /** Whether the body cannot hold a reply although the status said otherwise. */
    boolean isBroken() {
        return json.isMissingNode() || json.hasNonNull("error") || isStream();
    }

    /** Whether a model may have been at work although nobody has counted its tokens: neither an error nor a page says so. */
    boolean mayBePaid() {
        return usage(1).tokens() == 0 && !json.hasNonNull("error") && !isHtml();
    }

    /** Events (OpenAI, Anthropic, Gemini) or a line an answer (Ollama), of which the first is not the last. */
    private boolean isStream() {
        boolean events = text.startsWith("data:") || text.startsWith("event:") || text.startsWith(":");
        boolean chunk = json.path("object").asText("").equals("chat.completion.chunk")
                || (json.has("message")
                        && json.path("done").isBoolean()
                        && !json.path("done").asBoolean());
        boolean lines = json.isMissingNode() && LINES.matcher(text).find();
        return events || chunk || lines;
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
