package dev.chiron.agent.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The models of a study as one text, with commas between them. After {@code command:} and {@code replay:}, whose words may hold
 * commas, only one before another kind of model counts.
 */
final class ModelList {

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final Pattern COMMA_BEFORE_MODEL = Pattern.compile(
            "\\s*,\\s*(?=(?:none|builtin|perturb)\\s*(?:,|$)|(?:ollama|openai|anthropic|gemini|openai-compatible|command|replay):)");
    private static final Pattern FREE_TEXT = Pattern.compile("(?:command|replay):");

    /** What cannot share the model's turns with others. */
    private static final Pattern ALONE = Pattern.compile("none|perturb|replay:.*", Pattern.DOTALL);

    /** What is reached without an address and without a key. */
    private static final Pattern SERVERLESS = Pattern.compile("builtin|command:.*", Pattern.DOTALL);

    private ModelList() {}

    /** The models in a text, in order. */
    static List<String> of(String text) {
        List<String> models = new ArrayList<>();
        String rest = text.strip();
        while (true) {
            boolean free = FREE_TEXT.matcher(rest).lookingAt();
            String[] parts = (free ? COMMA_BEFORE_MODEL : COMMA).split(rest, 2);
            models.add(parts[0]);
            if (parts.length == 1) {
                return models;
            }
            rest = parts[1];
        }
    }

    /** A list as one text. */
    static Scalar joined(Place place, List<Scalar> items) {
        List<String> models = items.stream().map(Scalar::words).toList();
        Scalar joined = new Scalar(place, String.join(", ", models), true);
        if (models.isEmpty() || !of(joined.text()).equals(models)) {
            throw place.bad("expected a list of models, such as [ollama:qwen3:8b, builtin]");
        }
        return joined;
    }

    /** The models, which can share a study. */
    static List<String> checked(Scalar text) {
        List<String> models = of(text.words());
        Set<String> seen = new HashSet<>();
        for (String model : models) {
            if (model.isEmpty()) {
                throw text.bad(text.shown() + " has a comma too many");
            }
            if (models.size() > 1 && ALONE.matcher(model).matches()) {
                throw text.bad(model + " cannot share the model's turns with others; give it alone");
            }
            if (!seen.add(model)) {
                throw text.bad(model + " is given twice; keep one of them");
            }
        }
        return models;
    }

    /** Whether it is no list: nobody, a rule or a replay, whose prompts are not chosen. */
    static boolean standsAlone(List<String> models) {
        return models.stream().allMatch(model -> ALONE.matcher(model).matches());
    }

    /** Whether one address, or one key, would go to different servers. */
    static boolean hasSeveralServers(List<String> models) {
        return models.stream()
                        .filter(model -> !SERVERLESS.matcher(model).matches())
                        .map(ModelList::server)
                        .distinct()
                        .count()
                > 1;
    }

    private static String server(String model) {
        int at = Math.max(model.lastIndexOf("@http://"), model.lastIndexOf("@https://"));
        int colon = model.indexOf(':');
        return (colon < 0 ? model : model.substring(0, colon)) + (at < 0 ? "" : model.substring(at));
    }
}
