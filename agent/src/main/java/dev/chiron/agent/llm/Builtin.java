package dev.chiron.agent.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules of thumb in a model's place: no language model, and it does not say that it is one. Reads the same prompt as a
 * model and answers in the same format: the incumbent with two or three parameters moved by about a tenth of their range,
 * now and then toward what the optimizer would try. In the recorded study of the first Centaur that rule alone gained as
 * much as its language models did. The same prompt gets the same reply.
 */
public final class Builtin {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| [^|]* \\|$");
    private static final Pattern INCUMBENT = Pattern.compile("(?m)^Incumbent: (\\{.*})");
    private static final Pattern SUGGESTION = Pattern.compile("(?m)would try next: (\\{.*})");
    private static final Pattern RANGE = Pattern.compile("(float|int) in \\[([^,]+), ([^]]+)](.*)");
    private static final Pattern STEPS = Pattern.compile("steps of ([0-9]+)");
    private static final Pattern OPTIONS = Pattern.compile("one of (.*?)(, in this order)?");

    /** Standard deviation of a move, as a share of the parameter's scale. */
    private static final double MOVE = 0.1;

    private final ObjectMapper json = new ObjectMapper();

    /** The reply to a prompt: a JSON object; an empty one if the prompt is none of ours. */
    public String reply(String prompt) {
        Optional<ObjectNode> suggestion = object(SUGGESTION, prompt);
        Optional<ObjectNode> start = object(INCUMBENT, prompt).or(() -> suggestion);
        if (start.isEmpty()) {
            return "{}";
        }
        Random random = new Random(seed(prompt));
        ObjectNode config = start.get();
        List<String[]> rows = rows(prompt, config);
        Collections.shuffle(rows, random);
        int moves = 2 + random.nextInt(2);
        for (String[] row : rows.subList(0, Math.min(moves, rows.size()))) {
            boolean follow = suggestion.isPresent() && random.nextInt(4) == 0;
            if (follow && !suggestion.get().path(row[0]).equals(config.path(row[0]))) {
                config.set(row[0], suggestion.get().path(row[0]));
            } else {
                config.set(row[0], moved(config.path(row[0]), row[1], random));
            }
        }
        return config.toString();
    }

    private Optional<ObjectNode> object(Pattern pattern, String prompt) {
        Matcher matcher = pattern.matcher(prompt);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return json.readTree(matcher.group(1)) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Name and range of each parameter that the config has. */
    private static List<String[]> rows(String prompt, ObjectNode config) {
        List<String[]> rows = new ArrayList<>();
        Matcher matcher = ROW.matcher(prompt);
        while (matcher.find()) {
            if (config.has(matcher.group(1).strip())) {
                rows.add(
                        new String[] {matcher.group(1).strip(), matcher.group(2).strip()});
            }
        }
        return rows;
    }

    private JsonNode moved(JsonNode value, String range, Random random) {
        Matcher numbers = RANGE.matcher(range);
        if (numbers.matches()) {
            return number(value, numbers, random);
        }
        Matcher options = OPTIONS.matcher(range);
        return options.matches() ? option(value, options.group(1), random) : value;
    }

    private JsonNode number(JsonNode value, Matcher range, Random random) {
        double low = Double.parseDouble(range.group(2));
        double high = Double.parseDouble(range.group(3));
        boolean powers = range.group(4).contains("powers of two");
        boolean log = powers || range.group(4).contains("log scale");
        double bottom = log ? Math.log(low) : low;
        double top = log ? Math.log(high) : high;
        double move = random.nextGaussian() * MOVE * (top - bottom);
        double here = log ? Math.log(value.doubleValue()) : value.doubleValue();
        if (range.group(1).equals("float")) {
            double there = Math.min(top, Math.max(bottom, turned(here, move, bottom, top)));
            return json.getNodeFactory().numberNode(Math.min(high, Math.max(low, log ? Math.exp(there) : there)));
        }
        Matcher steps = STEPS.matcher(range.group(4));
        long grid = steps.find() ? Long.parseLong(steps.group(1)) : 1;
        double least = powers ? Math.log(2) : log ? Math.log1p(grid / value.doubleValue()) : grid;
        double step = Math.signum(move) * Math.max(Math.abs(move), least);
        double inside = Math.min(top, Math.max(bottom, turned(here, step, bottom, top)));
        double whole = powers ? Math.pow(2, Math.rint(inside / Math.log(2))) : log ? Math.exp(inside) : inside;
        return json.getNodeFactory().numberNode(Math.round(low + Math.rint((whole - low) / grid) * grid));
    }

    /** A move over the range's end goes the other way, for a parameter at its end has to move too. */
    private static double turned(double here, double move, double bottom, double top) {
        return here + move > top || here + move < bottom ? here - move : here + move;
    }

    private JsonNode option(JsonNode value, String options, Random random) {
        try {
            List<JsonNode> others = new ArrayList<>();
            json.readTree("[" + options + "]").forEach(others::add);
            others.remove(value);
            return others.isEmpty() ? value : others.get(random.nextInt(others.size()));
        } catch (JsonProcessingException e) {
            return value;
        }
    }

    private static long seed(String prompt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(prompt.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
