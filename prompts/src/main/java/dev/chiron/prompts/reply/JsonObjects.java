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
 * The JSON objects in a text, whatever stands around them. Takes time in proportion to the text, however it is made: of
 * too many objects the last are kept, and too long or too deep ones are passed over; of one that is too long, what stands inside
 * it is passed over with it, since that is a part of what was meant.
 */
final class JsonObjects {

    private static final int MOST = 100;
    private static final int DEEPEST = 50;

    /** Characters of one object. */
    static final int LONGEST = 100_000;

    /** What begins like an object, and not like a brace in prose or code. */
    private static final Pattern BEGINNING = Pattern.compile("\\{\\s*+[\"'}]");

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

    /**
     * What Python writes after a colon and JSON has not: {@code True}, {@code None}, {@code 2**19}, {@code 524_288}.
     * Without repeated groups, whose matching would need a stack as deep as the text is long.
     */
    private static final Pattern PYTHON = Pattern.compile(
            "(:\\s*+)(True|False|None|\\d++\\s*+(?:\\*\\*|\\^)\\s*+\\d++|\\d++_[\\d_]*+)(?=\\s*+[,}\\]#/])");

    private JsonObjects() {}

    /**
     * What there is in a text.
     *
     * @param objects those that are no part of another, in order of appearance
     * @param cutOff whether one was opened and never closed
     * @param tooLong whether one was passed over for its length
     */
    record Found(List<JsonNode> objects, boolean cutOff, boolean tooLong) {}

    private record Span(int start, int end) {}

    static Found in(String text) {
        Found found = in(text, true);
        if (!found.objects().isEmpty()) {
            return found;
        }
        Found anyhow = in(text, false);
        return new Found(anyhow.objects(), found.cutOff(), found.tooLong() || anyhow.tooLong());
    }

    /** A stray quote in prose hides what follows it, so that quotes can be disregarded. */
    private static Found in(String text, boolean quotes) {
        Deque<Integer> open = new ArrayDeque<>();
        Deque<Span> closed = new ArrayDeque<>();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"' && c != '\n'; // no JSON text goes over a line's end
            } else if (c == '"') {
                quoted = quotes && !open.isEmpty();
            } else if (c == '{') {
                push(open, i);
            } else if (c == '}' && !open.isEmpty()) {
                push(closed, new Span(open.removeLast(), i + 1));
            }
        }
        return outermost(text, closed, !open.isEmpty());
    }

    /** The last ones matter most: what a model decides it says at the end. */
    private static <T> void push(Deque<T> stack, T item) {
        if (stack.size() == MOST) {
            stack.removeFirst();
        }
        stack.addLast(item);
    }

    private static Found outermost(String text, Deque<Span> closed, boolean cutOff) {
        List<JsonNode> objects = new ArrayList<>();
        int before = text.length();
        boolean tooLong = false;
        for (Span span : (Iterable<Span>) closed::descendingIterator) {
            if (span.end() <= before && isTooLong(text, span)) {
                tooLong = true;
                before = span.start();
            } else if (span.end() <= before) {
                Optional<JsonNode> object = parse(text, span);
                object.ifPresent(objects::add);
                before = object.isPresent() ? span.start() : before;
            }
        }
        Collections.reverse(objects);
        return new Found(objects, cutOff, tooLong);
    }

    private static boolean isTooLong(String text, Span span) {
        return span.end() - span.start() > LONGEST
                && BEGINNING.matcher(text).region(span.start(), span.end()).lookingAt();
    }

    private static Optional<JsonNode> parse(String text, Span span) {
        if (span.end() - span.start() > LONGEST) {
            return Optional.empty();
        }
        String object = text.substring(span.start(), span.end());
        return parse(object).or(() -> parse(PYTHON.matcher(object).replaceAll("$1\"$2\"")));
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
