package dev.chiron.prompts.reply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON objects in a text, whatever stands around them. Reads the text once, however it is made; more than so many
 * objects, or too deep ones, are passed over.
 */
final class JsonObjects {

    private static final int MOST = 50;
    private static final int DEEPEST = 50;
    private static final int LONGEST = 100_000;

    /** Models write almost JSON: comments, single quotes, trailing commas. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .build();

    private JsonObjects() {}

    /** The outermost objects in order of appearance, and whether one was opened and never closed. */
    record Found(List<JsonNode> objects, boolean cutOff) {}

    static Found in(String text) {
        List<JsonNode> objects = new ArrayList<>();
        int depth = 0;
        int start = 0;
        char quote = 0;
        for (int i = 0; i < text.length() && objects.size() < MOST; i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote || c == '\n') { // no JSON text goes over a line's end
                    quote = 0;
                }
            } else if (c == '"' && depth > 0) {
                quote = c;
            } else if (c == '{') {
                start = depth++ == 0 ? i : start;
            } else if (c == '}' && depth > 0 && --depth == 0) {
                parse(text.substring(start, i + 1)).ifPresent(objects::add);
            }
        }
        return new Found(objects, depth > 0);
    }

    private static Optional<JsonNode> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
