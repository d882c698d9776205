package dev.chiron.agent.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parameters and the trials that one of LLAMBO's prompts lists, for readers that are programs. */
final class PromptTrials {

    private static final Pattern TRIALS = Pattern.compile("(?s)\\n## Trials\\n(.*?)\\n## ");
    private static final Pattern CANDIDATE = Pattern.compile("(?m)^\\d+: (.*)$");
    private static final Pattern RATED = Pattern.compile("\\nCandidates to rate: \\d+\\n");
    private static final Pattern MARK = Pattern.compile("([01])(?: \\(.*\\))?");
    private static final String ARROW = " -> ";

    /** What differs and is no number counts like a move across half of a range. */
    private static final double OTHER = 0.5;

    private static final double MIDDLE = 0.5;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Optional<Scale>> parameters = new LinkedHashMap<>();
    private final List<Known> known = new ArrayList<>();
    private final List<List<JsonNode>> candidates = new ArrayList<>();
    private final boolean maximized;

    /**
     * A trial.
     *
     * @param values in the order of the parameters
     * @param value what was measured, or the mark; empty where nothing was measured
     * @param failed whether the run failed
     */
    record Known(List<JsonNode> values, OptionalDouble value, boolean failed) {}

    PromptTrials(String prompt) {
        maximized = prompt.contains("\nGoal: maximize ");
        Pieces.rows(prompt).forEach((name, range) -> {
            if (!name.equals("parameter")) {
                parameters.put(name, Scale.read(range));
            }
        });
        Matcher rated = RATED.matcher(prompt);
        boolean isRated = rated.find();
        Matcher trials = TRIALS.matcher(prompt);
        if (trials.find()) {
            trials.group(1).lines().filter(line -> line.contains(ARROW)).skip(1).forEach(line -> add(line, isRated));
        }
        if (isRated) {
            Matcher candidate = CANDIDATE.matcher(prompt.substring(rated.start()));
            while (candidate.find()) {
                values(candidate.group(1)).ifPresent(candidates::add);
            }
        }
    }

    /** Whether a prompt asks for ratings. */
    static boolean asksForRatings(String prompt) {
        return RATED.matcher(prompt).find();
    }

    private void add(String line, boolean configFirst) {
        int arrow = configFirst ? line.lastIndexOf(ARROW) : line.indexOf(ARROW);
        String before = line.substring(0, arrow);
        String after = line.substring(arrow + ARROW.length());
        String outcome = configFirst ? after : before;
        values(configFirst ? before : after)
                .ifPresent(values -> known.add(new Known(values, number(outcome), isFailed(outcome))));
    }

    private Optional<List<JsonNode>> values(String text) {
        try {
            List<JsonNode> values = new ArrayList<>();
            json.readTree("[" + text + "]").forEach(values::add);
            return values.size() == parameters.size() ? Optional.of(values) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static OptionalDouble number(String outcome) {
        Matcher mark = MARK.matcher(outcome);
        String text = mark.matches() ? mark.group(1) : outcome;
        return text.matches("-?[0-9.]+(?:[eE][+-]?[0-9]+)?")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    private static boolean isFailed(String outcome) {
        return number(outcome).isEmpty() || outcome.endsWith(")");
    }

    /** All trials, in the order of the prompt. */
    List<Known> known() {
        return known;
    }

    /** Those that were measured, the best first. */
    List<Known> best() {
        Comparator<Known> order =
                Comparator.comparingDouble(trial -> trial.value().orElseThrow());
        return known.stream()
                .filter(trial -> trial.value().isPresent())
                .sorted(maximized ? order.reversed() : order)
                .toList();
    }

    /** What is to be rated, in order. */
    List<List<JsonNode>> candidates() {
        return candidates;
    }

    /** A trial's config: what counts in it. */
    ObjectNode config(Known trial) {
        ObjectNode config = json.createObjectNode();
        List<String> names = List.copyOf(parameters.keySet());
        for (int i = 0; i < names.size(); i++) {
            if (!trial.values().get(i).isNull()) {
                config.set(names.get(i), trial.values().get(i));
            }
        }
        return config;
    }

    /** Which parameters have choices without an order. */
    boolean[] unordered() {
        boolean[] unordered = new boolean[parameters.size()];
        int i = 0;
        for (Optional<Scale> scale : parameters.values()) {
            unordered[i++] = scale.isEmpty();
        }
        return unordered;
    }

    /**
     * The config as a point of the unit cube: numbers by their range, choices by the order in which the trials name them, what does not count in a config in the
     * middle.
     */
    double[] point(List<JsonNode> config) {
        double[] point = new double[config.size()];
        List<Optional<Scale>> scales = List.copyOf(parameters.values());
        for (int i = 0; i < point.length; i++) {
            JsonNode value = config.get(i);
            if (value.isNull()) {
                point[i] = MIDDLE;
            } else if (scales.get(i).isPresent() && value.isNumber()) {
                point[i] = scales.get(i).get().place(value.doubleValue());
            } else {
                point[i] = (1 + named(i).indexOf(value)) / (1.0 + named(i).size());
            }
        }
        return point;
    }

    private List<JsonNode> named(int parameter) {
        return Stream.concat(known.stream().map(Known::values), candidates.stream())
                .map(values -> values.get(parameter))
                .filter(value -> !value.isNull())
                .distinct()
                .toList();
    }

    /** How far two configs are apart: Euclid's distance, each parameter's range being 1. */
    double distance(List<JsonNode> one, List<JsonNode> other) {
        List<Optional<Scale>> scales = List.copyOf(parameters.values());
        double sum = 0;
        for (int i = 0; i < scales.size(); i++) {
            JsonNode a = one.get(i);
            JsonNode b = other.get(i);
            boolean places = scales.get(i).isPresent() && a.isNumber() && b.isNumber();
            double apart = places
                    ? scales.get(i).get().place(a.doubleValue())
                            - scales.get(i).get().place(b.doubleValue())
                    : a.equals(b) ? 0 : OTHER;
            sum += apart * apart;
        }
        return Math.sqrt(sum);
    }
}
