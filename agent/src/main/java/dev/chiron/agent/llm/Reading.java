package dev.chiron.agent.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rules of thumb read of a prompt.
 *
 * @param start the incumbent, else what the optimizer would try
 * @param surest what the optimizer would try, if that is another config than the start and the best place of a surface of expected values; a draw is no advice
 * @param rows what can be moved
 * @param constraints what every config must keep
 * @param tooLarge whether more than a rare trial ran out of memory or time
 * @param trials all trials, where the prompt lists them with all their values
 */
record Reading(
        String prompt,
        ObjectNode start,
        Optional<ObjectNode> surest,
        List<Row> rows,
        List<Constraint> constraints,
        boolean tooLarge,
        PromptTrials trials) {

    private static final Pattern INCUMBENT = Pattern.compile("(?m)^Incumbent: (\\{.*})");
    private static final Pattern SUGGESTION = Pattern.compile("(?m)would try next: (\\{.*})");
    private static final Pattern SURFACE =
            Pattern.compile("(?m)^(?:The Gaussian process|The random forest) would try next: ");
    private static final Pattern CONSTRAINTS = Pattern.compile("(?m)^Every config must keep:\\n((?:- .*\\n)+)");
    private static final Pattern RUN = Pattern.compile("(?m)^Trials: (\\d+) run");
    private static final Pattern TOO_LARGE = Pattern.compile("(\\d+) (?:out-of-memory|timed-out)");
    private static final Pattern SIZE = Pattern.compile(
            "(?i).*(depth|width|layer|head|hidden|units|dim|size|batch|channel|aspect|filter|context|seq|length).*");
    private static final Pattern RATE = Pattern.compile("(?i).*(lr|rate|decay|drop|ratio(?<!aspect_ratio)|frac).*");

    /** Failures count when they are more than one trial in so many. */
    private static final int RARE = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A parameter: its name, its place on a line if it is a number, its options if it is not. */
    record Row(String name, Optional<Scale> scale, Optional<JsonNode> options) {
        boolean isSize() {
            return scale.isPresent()
                    && scale.get().whole()
                    && SIZE.matcher(name).matches()
                    && !RATE.matcher(name).matches();
        }
    }

    /** What a prompt says; empty if it is none of ours. */
    static Optional<Reading> of(String prompt) {
        Optional<ObjectNode> suggestion = config(SUGGESTION, prompt);
        return config(INCUMBENT, prompt)
                .or(() -> suggestion)
                .map(start -> new Reading(
                        prompt,
                        start,
                        suggestion.filter(config ->
                                !config.equals(start) && SURFACE.matcher(prompt).find()),
                        rows(prompt, start),
                        constraints(prompt),
                        tooLarge(prompt),
                        new PromptTrials(prompt)));
    }

    /** Whether a config keeps the constraints. */
    boolean isKept(ObjectNode config) {
        Map<String, Value> numbers = new LinkedHashMap<>();
        config.properties().stream()
                .filter(field -> field.getValue().isNumber())
                .forEach(field -> numbers.put(
                        field.getKey(), new Value.Real(field.getValue().doubleValue())));
        return constraints.stream()
                .filter(constraint -> numbers.keySet().containsAll(constraint.names()))
                .allMatch(constraint -> constraint.holds(Config.of(numbers)));
    }

    private static Optional<ObjectNode> config(Pattern pattern, String prompt) {
        Matcher matcher = pattern.matcher(prompt);
        return matcher.find()
                ? json(matcher.group(1))
                        .filter(JsonNode::isObject)
                        .map(ObjectNode.class::cast)
                        .map(config -> Pieces.apart(config, Pieces.rows(prompt)))
                : Optional.empty();
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The parameters that the config has and that can be moved. */
    private static List<Row> rows(String prompt, ObjectNode config) {
        List<Row> rows = new ArrayList<>();
        Pieces.rows(prompt).forEach((name, range) -> {
            Optional<Scale> scale = Scale.read(range).filter(read -> read.low() < read.high());
            Optional<JsonNode> options = range.startsWith("one of ")
                    ? json("[" + range.substring("one of ".length()).replaceFirst(", in this order$", "") + "]")
                    : Optional.empty();
            boolean known = options.filter(all -> all.size() > 1).isPresent()
                    || (scale.isPresent() && config.path(name).isNumber());
            if (config.has(name) && known) {
                rows.add(new Row(name, scale, options));
            }
        });
        return rows;
    }

    private static List<Constraint> constraints(String prompt) {
        Matcher list = CONSTRAINTS.matcher(prompt);
        if (!list.find()) {
            return List.of();
        }
        try {
            return list.group(1)
                    .lines()
                    .map(line -> Constraint.parse(line.substring(2)))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of(); // not a list of ours
        }
    }

    private static boolean tooLarge(String prompt) {
        Matcher run = RUN.matcher(prompt);
        if (!run.find()) {
            return false;
        }
        String line = prompt.substring(run.start()).lines().findFirst().orElse("");
        long failed = TOO_LARGE
                .matcher(line)
                .results()
                .mapToLong(count -> Long.parseLong(count.group(1)))
                .sum();
        return failed * RARE > Long.parseLong(run.group(1));
    }
}
