package dev.chiron.evals.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A log as one JSON file, which holds all that a task is made of: {@code mine.task.json}. */
final class TaskFile {

    /** How its name ends. */
    static final String ENDING = ".task.json";

    private final ObjectMapper json = new ObjectMapper();

    /** Writes the log; whole or not at all. */
    void write(Log log, Path file) throws IOException {
        ObjectNode root = json.createObjectNode();
        root.put("v", 1).put("source", log.source());
        root.put("metric", log.objective().metric());
        root.put("goal", log.objective().goal().label());
        root.set("space", SpaceJson.write(log.space()));
        log.baseline().ifPresent(config -> root.set("baseline", values(config, log.space())));
        ArrayNode trials = root.putArray("trials");
        for (Recorded trial : log.trials()) {
            ObjectNode node = trials.addObject();
            node.put("run", trial.run());
            node.set("config", values(trial.config(), log.space()));
            trial.value().ifPresent(value -> node.put("value", value));
            if (trial.outcome() instanceof Outcome.Failed failed) {
                node.put("failed", failed.reason().label()).put("detail", failed.detail());
            }
            node.put("seconds", trial.seconds());
        }
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, root + "\n");
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ArrayNode values(Config config, SearchSpace space) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        space.values(config).forEach(value -> values.addPOJO(value.plain()));
        return values;
    }

    /** @throws BadInput if it is not such a file, or damaged */
    Log read(Path file) {
        try {
            JsonNode root = json.readTree(Files.readString(file));
            if (root.path("v").asInt() != 1 || !root.path("trials").isArray()) {
                throw new BadInput(file + " is no task that `chiron evals fit` wrote");
            }
            SearchSpace space = SpaceJson.read(root.path("space"));
            List<Recorded> trials = new ArrayList<>();
            for (JsonNode trial : root.path("trials")) {
                trials.add(new Recorded(
                        trial.path("run").asText(),
                        config(trial.path("config"), space),
                        outcome(trial),
                        trial.path("seconds").asDouble()));
            }
            Optional<Config> baseline =
                    root.has("baseline") ? Optional.of(config(root.path("baseline"), space)) : Optional.empty();
            Objective objective = new Objective(
                    root.path("metric").asText(), goal(root.path("goal").asText()));
            return new Log(file.toString(), objective, space, baseline, trials).enough();
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Objective.Goal goal(String label) {
        return Stream.of(Objective.Goal.values())
                .filter(goal -> goal.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("goal " + label));
    }

    private static Config config(JsonNode node, SearchSpace space) {
        Map<String, Value> values = new LinkedHashMap<>();
        List<Parameter> parameters = space.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Value value = SpaceJson.value(node.path(i));
            Parameter parameter = parameters.get(i);
            parameter.problem(value).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            values.put(parameter.name(), parameter instanceof Parameter.Choice ? value : parameter.nearest(value));
        }
        return space.config(values);
    }

    private static Outcome outcome(JsonNode trial) {
        return trial.path("value").isNumber()
                ? new Outcome.Measured(trial.path("value").asDouble())
                : new Outcome.Failed(
                        Outcome.Reason.labelled(trial.path("failed").asText()).orElse(Outcome.Reason.CRASHED),
                        trial.path("detail").asText());
    }
}
