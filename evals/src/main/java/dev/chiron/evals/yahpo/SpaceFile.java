package dev.chiron.evals.yahpo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario's {@code config_space.json}, as ConfigSpace writes it.
 *
 * @param space with its conditions
 * @param flat the same without: all parameters are always active
 */
record SpaceFile(SearchSpace space, SearchSpace flat) {

    /**
     * Reads the file's content: all parameters but the instance and the fidelity.
     *
     * @throws IllegalArgumentException if it is not what ConfigSpace writes
     */
    static SpaceFile read(JsonNode json, Scenario scenario) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode entry : json.path("hyperparameters")) {
            String name = entry.path("name").asText();
            if (!name.equals(scenario.instance()) && !scenario.fidelity().containsKey(name)) {
                parameters.add(parameter(name, entry));
            }
        }
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode entry : json.path("conditions")) {
            conditions.add(new Condition(
                    entry.path("child").asText(),
                    entry.path("parent").asText(),
                    values(entry).stream().map(Value::of).toList()));
        }
        return new SpaceFile(
                new SearchSpace(parameters, List.of(), conditions), new SearchSpace(parameters, List.of()));
    }

    private static Parameter parameter(String name, JsonNode entry) {
        boolean log = entry.path("log").asBoolean();
        return switch (entry.path("type").asText()) {
            case "uniform_float" ->
                new Parameter.Real(
                        name,
                        entry.path("lower").asDouble(),
                        entry.path("upper").asDouble(),
                        log);
            case "uniform_int" ->
                new Parameter.Whole(
                        name, entry.path("lower").asLong(), entry.path("upper").asLong(), log, 1, false);
            case "categorical" ->
                Parameter.Choice.of(name, texts(entry.path("choices")).toArray(new String[0]));
            default ->
                throw new IllegalArgumentException(
                        "unknown type " + entry.path("type").asText() + " of " + name);
        };
    }

    private static List<String> values(JsonNode condition) {
        return condition.has("values")
                ? texts(condition.path("values"))
                : List.of(condition.path("value").asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
