package dev.chiron.prompts.reply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The JSON objects in a text, whatever stands around them: prose, fences, braces that mean something else. Reads the text
 * once to find the braces that belong together, and parses a bounded number of them, the last ones first.
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
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .build();

    /** What Python writes after a colon and JSON has not: {@code True}, {@code None}, {@code 2**19}, {@code 524_288}. */
    private static final Pattern PYTHON =
            Pattern.compile("(:\\s*)(True|False|None|\\d+\\s*(?:\\*\\*|\\^)\\s*\\d+|\\d+(?:_\\d+)+)(?=\\s*[,}#/\\n])");

    private JsonObjects() {}

    /** The outermost objects in order of appearance, and whether one was opened and never closed. */
    record Found(List<JsonNode> objects, boolean cutOff) {}

    /** A brace and the one that closes it. */
    private record Span(int start, int end) {}

    static Found in(String text) {
        Deque<Integer> open = new ArrayDeque<>();
        List<Span> spans = new ArrayList<>();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote || c == '\n') { // no JSON text goes over a line's end
                    quote = 0;
                }
            } else if (c == '"' && !open.isEmpty()) {
                quote = c;
            } else if (c == '{') {
                open.push(i);
            } else if (c == '}' && !open.isEmpty()) {
                spans.add(new Span(open.pop(), i + 1));
            }
        }
        return new Found(objects(text, spans), !open.isEmpty());
    }

    /** From the end backwards, as the last object matters most; what lies inside a parsed one is a part of it. */
    private static List<JsonNode> objects(String text, List<Span> spans) {
        List<JsonNode> objects = new ArrayList<>();
        int before = Integer.MAX_VALUE;
        int attempts = 0;
        for (int i = spans.size() - 1; i >= 0 && attempts < MOST; i--) {
            Span span = spans.get(i);
            if (span.end() <= before && span.end() - span.start() <= LONGEST) {
                attempts++;
                Optional<JsonNode> object = parse(text.substring(span.start(), span.end()));
                before = object.isPresent() ? span.start() : before;
                object.ifPresent(objects::add);
            }
        }
        Collections.reverse(objects);
        return objects;
    }

    private static Optional<JsonNode> parse(String text) {
        Optional<JsonNode> object = json(text);
        if (object.isPresent()) {
            return object;
        }
        String mended = PYTHON.matcher(text).replaceAll("$1\"$2\"");
        return mended.equals(text) ? object : json(mended);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
