package dev.chiron.evals;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** A task as JSON lines: a description, then an answer for each request. The protocol is in this module's README. */
final class ObjectiveLines {

    private final EvalTask task;
    private final ObjectMapper json = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    ObjectiveLines(EvalTask task) {
        this.task = task;
    }

    /** The first line: the task and its space. */
    String description() {
        ObjectNode line = json.createObjectNode();
        line.put("v", 1);
        line.put("task", task.name());
        line.put("goal", task.objective().goal().label());
        if (task.objective().isSeveral()) {
            ArrayNode goals = line.putArray("goals");
            task.objective().all().forEach(one -> goals.add(one.goal().label()));
        }
        ArrayNode space = line.putArray("space");
        task.space().parameters().forEach(parameter -> describe(parameter, space.addObject()));
        task.baseline().ifPresent(config -> line.set("baseline", json.valueToTree(plain(config))));
        if (task.seedsWithOwnInitial() > 0) {
            ArrayNode initial = line.putArray("initial");
            LongStream.range(0, task.seedsWithOwnInitial()).forEach(seed -> {
                ArrayNode configs = initial.addArray();
                task.initial(seed).forEach(config -> configs.add(json.<JsonNode>valueToTree(plain(config))));
            });
        }
        return line.toString();
    }

    private void describe(Parameter parameter, ObjectNode entry) {
        entry.put("name", parameter.name());
        if (parameter instanceof Parameter.Real real) {
            entry.put("type", "float");
            entry.put("low", real.low());
            entry.put("high", real.high());
            putLog(entry, real.log());
        } else if (parameter instanceof Parameter.Whole whole) {
            entry.put("type", "int");
            entry.put("low", whole.low());
            entry.put("high", whole.high());
            putLog(entry, whole.log() || whole.powersOfTwo());
        } else if (parameter instanceof Parameter.Choice choice) {
            entry.put("type", "choice");
            List<Object> options = choice.options().stream().map(Value::plain).toList();
            entry.set("options", json.valueToTree(options));
        } else {
            throw new AssertionError(parameter);
        }
    }

    private static void putLog(ObjectNode entry, boolean log) {
        if (log) {
            entry.put("log", true);
        }
    }

    private static Map<String, Object> plain(Config config) {
        Map<String, Object> plain = new LinkedHashMap<>();
        config.values().forEach((name, value) -> plain.put(name, value.plain()));
        return plain;
    }

    /** The answer to a request; to a bad one, an error that says what is wrong with it. */
    String answer(String request) {
        ObjectNode answer = json.createObjectNode();
        try {
            JsonNode line = json.readTree(request);
            if (!line.isObject()) {
                return error(answer, "a request is a JSON object with id and config");
            }
            if (line.has("id")) {
                answer.set("id", line.get("id"));
            }
            Optional<String> problem = problem(line);
            return problem.isPresent() ? error(answer, problem.get()) : evaluate(answer, line);
        } catch (JsonProcessingException e) {
            return error(answer, "not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return error(answer, String.valueOf(e.getMessage()));
        }
    }

    private static String error(ObjectNode answer, String message) {
        if (!answer.has("id")) {
            answer.putNull("id");
        }
        return answer.put("error", message).toString();
    }

    private Optional<String> problem(JsonNode line) {
        for (String key : (Iterable<String>) line::fieldNames) {
            if (!List.of("id", "config", "seed").contains(key)) {
                return Optional.of("unknown key " + key + "; there are id, config and seed");
            }
        }
        if (!line.path("config").isObject()) {
            return Optional.of("config is missing, or is no object");
        }
        JsonNode seed = line.path("seed");
        if (line.has("seed") && !(seed.isIntegralNumber() && seed.canConvertToLong())) {
            return Optional.of("seed must be a whole number of 64 bits");
        }
        return Optional.empty();
    }

    private String evaluate(ObjectNode answer, JsonNode line) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : line.path("config").properties()) {
            values.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
        }
        List<String> problems = task.space().problems(values);
        if (!problems.isEmpty()) {
            return error(answer, String.join("; ", problems));
        }
        OptionalLong noise =
                line.has("seed") ? OptionalLong.of(line.path("seed").asLong()) : OptionalLong.empty();
        Evaluation evaluation = task.evaluate(task.space().config(values), noise);
        Outcome outcome = evaluation.outcome();
        answer.put("status", outcome.status());
        if (outcome instanceof Outcome.Measured measured) {
            answer.put("value", measured.value());
            if (task.objective().isSeveral()) {
                task.objective().values(measured).forEach(answer.putArray("values")::add);
            }
        } else if (outcome instanceof Outcome.Failed failed) {
            answer.put("reason", failed.reason().label());
        }
        return answer.put("seconds", evaluation.seconds()).toString();
    }

    private static Value value(String name, JsonNode node) {
        if (node.isTextual()) {
            return new Value.Text(node.asText());
        } else if (node.isBoolean()) {
            return new Value.Flag(node.asBoolean());
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new Value.Whole(node.asLong());
        } else if (node.isNumber()) {
            return new Value.Real(node.asDouble());
        }
        throw new IllegalArgumentException(name + " must be a number, a text or a truth value, not " + node);
    }
}
