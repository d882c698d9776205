package dev.chiron.agent.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Counts of tokens as servers write them: some as texts or with a decimal point, for which LangChain4j would throw the whole reply
 * away.
 */
final class Counts {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where servers put their counts; Ollama's lie at the top. */
    private static final String GEMINIS = "usageMetadata";

    private static final List<String> USAGES = List.of("usage", GEMINIS);

    private static final Pattern COUNT = Pattern.compile("(?i).*(?:tokens|count)");
    private static final Pattern AT_THE_TOP = Pattern.compile("(?:prompt_)?eval_count");
    private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,18}(?:\\.\\d*)?\\s*");

    private static final double MOST = 1e9; // more nobody reads or writes in one call

    private Counts() {}

    /** A count however it is written; empty if it is none. */
    static OptionalInt of(JsonNode node) {
        double number = node.isTextual() && NUMBER.matcher(node.textValue()).matches()
                ? Double.parseDouble(node.textValue().strip())
                : node.isNumber() ? node.doubleValue() : Double.NaN;
        return number >= 0 && number <= MOST ? OptionalInt.of((int) Math.ceil(number)) : OptionalInt.empty();
    }

    /** The body with its counts as whole numbers, without those that are none; the very same where that changes nothing. */
    static String plain(String body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return body;
        }
        if (!(json instanceof ObjectNode root)) {
            return body;
        }
        boolean changed = mend(root, AT_THE_TOP);
        for (String name : USAGES) {
            JsonNode usage = root.path(name);
            if (usage.isObject()) {
                changed |= mendAll(usage);
            } else if (name.equals(GEMINIS) && !usage.isMissingNode()) {
                root.putObject(name); // without one LangChain4j does not read Gemini's replies
                changed = true;
            } else if (!usage.isMissingNode() && !usage.isNull()) {
                root.remove(name);
                changed = true;
            }
        }
        return changed ? root.toString() : body;
    }

    private static boolean mend(ObjectNode counts, Pattern names) {
        boolean changed = false;
        for (Map.Entry<String, JsonNode> field : new ArrayList<>(counts.properties())) {
            JsonNode value = field.getValue();
            if (names.matcher(field.getKey()).matches() && !isPlain(value)) {
                counts.remove(field.getKey());
                of(value).ifPresent(count -> counts.put(field.getKey(), count));
                changed = true;
            }
        }
        return changed;
    }

    private static boolean isPlain(JsonNode count) {
        return count.isNull() || (count.isInt() && of(count).isPresent());
    }

    /** A usage and its details, which may be lists of some. */
    private static boolean mendAll(JsonNode usage) {
        boolean changed = usage instanceof ObjectNode counts && mend(counts, COUNT);
        for (JsonNode details : usage) {
            changed |= mendAll(details);
        }
        return changed;
    }
}
