package dev.chiron.agent.earlier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.study.Objective;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations of an Optuna {@code JournalStorage}, Chiron's own export among them. */
final class OptunaJournalFile {

    private static final List<String> STATES = List.of("RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING");
    private static final int MAXIMIZE = 2;

    private final Path file;
    private final String name;
    private final Optional<String> asked;
    private final Wanted wanted;
    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private final List<Study> studies = new ArrayList<>();
    private final Set<Integer> deleted = new HashSet<>();
    private final List<OptunaTrials.Trial> trials = new ArrayList<>();

    private record Study(
            String name, List<Objective.Goal> directions, List<String> metrics, List<OptunaTrials.Trial> trials) {}

    /** @param asked the study that is meant; empty for the only one */
    OptunaJournalFile(Path file, String name, Optional<String> asked, Wanted wanted) {
        this.file = file;
        this.name = name;
        this.asked = asked;
        this.wanted = wanted;
    }

    Found read() {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    apply(json.readTree(line));
                }
            }
        } catch (JsonProcessingException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new BadInput(name + ":" + number + ": no line of an Optuna journal; export the trials as CSV", e);
        } catch (IOException e) {
            throw new BadInput(name + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, Study> known = new LinkedHashMap<>();
        for (int id = 0; id < studies.size(); id++) {
            if (!deleted.contains(id)) {
                known.put(studies.get(id).name(), studies.get(id));
            }
        }
        String chosen = OptunaTrials.study(name, List.copyOf(known.keySet()), asked);
        Study study = known.values().stream()
                .filter(candidate -> candidate.name().equals(chosen))
                .findFirst()
                .orElseThrow();
        Map<String, Integer> places = OptunaTrials.places(name, chosen, study.directions(), study.metrics(), wanted);
        return OptunaTrials.found(name, study.directions(), places, study.trials());
    }

    private void apply(JsonNode operation) {
        switch (operation.path("op_code").asInt(-1)) {
            case 0 -> {
                List<Objective.Goal> directions = new ArrayList<>();
                operation
                        .path("directions")
                        .forEach(direction -> directions.add(
                                direction.asInt() == MAXIMIZE ? Objective.Goal.MAXIMIZE : Objective.Goal.MINIMIZE));
                studies.add(new Study(
                        operation.path("study_name").asText(), directions, new ArrayList<>(), new ArrayList<>()));
            }
            case 1 -> deleted.add(operation.path("study_id").asInt(-1));
            case 3 -> names(operation);
            case 4 -> create(operation);
            case 5 ->
                param(
                        trial(operation),
                        operation.path("param_name").asText(),
                        operation.path("distribution"),
                        operation.path("param_value_internal"));
            case 6 -> state(trial(operation), operation);
            case 7 -> last(trial(operation), operation.path("intermediate_value"));
            case 8 -> reason(trial(operation), operation.path("user_attr"));
            case 9 -> constraints(trial(operation), operation.path("system_attr"));
            default -> {
                // attributes of the study, and what later versions add
            }
        }
    }

    private void names(JsonNode operation) {
        JsonNode named = operation.path("system_attr").path("study:metric_names");
        if (named.isArray()) {
            List<String> metrics =
                    studies.get(operation.path("study_id").asInt(-1)).metrics();
            metrics.clear();
            metrics.addAll(OptunaTrials.names(named));
        }
    }

    private OptunaTrials.Trial trial(JsonNode operation) {
        return trials.get(operation.path("trial_id").asInt(-1));
    }

    private void create(JsonNode operation) {
        Study study = studies.get(operation.path("study_id").asInt(-1));
        OptunaTrials.Trial trial = new OptunaTrials.Trial(study.trials().size());
        study.trials().add(trial);
        trials.add(trial);
        if (operation.has("state")) {
            state(trial, operation);
        }
        operation
                .path("params")
                .properties()
                .forEach(param -> param(
                        trial, param.getKey(), operation.path("distributions").path(param.getKey()), param.getValue()));
        reason(trial, operation.path("user_attrs"));
        constraints(trial, operation.path("system_attrs"));
        operation.path("intermediate_values").forEach(value -> last(trial, value));
    }

    private static void state(OptunaTrials.Trial trial, JsonNode operation) {
        trial.state = STATES.get(operation.path("state").asInt(-1));
        JsonNode values = operation.path("values");
        if (values.isArray()) {
            for (int k = 0; k < values.size(); k++) {
                int place = k;
                number(values.get(k)).ifPresent(known -> trial.values.put(place, known));
            }
        } else {
            number(operation.path("value")).ifPresent(known -> trial.values.put(0, known));
        }
    }

    private static void last(OptunaTrials.Trial trial, JsonNode value) {
        number(value).ifPresent(known -> trial.last = Optional.of(known));
    }

    /** Python writes NaN and Infinity, which are no JSON, as such words. */
    private static Optional<Double> number(JsonNode value) {
        return value.isNumber() ? Optional.of(value.asDouble()) : Ending.number(value.asText());
    }

    private static void reason(OptunaTrials.Trial trial, JsonNode attributes) {
        if (attributes.has("chiron:reason")) {
            trial.reason = attributes.path("chiron:reason").asText();
        }
    }

    private static void constraints(OptunaTrials.Trial trial, JsonNode attributes) {
        if (attributes.has("constraints")) {
            trial.violation = OptunaTrials.violation(attributes.path("constraints"));
        }
    }

    private static void param(OptunaTrials.Trial trial, String name, JsonNode distribution, JsonNode internal) {
        trial.params.put(name, OptunaTrials.text(distribution.asText(), internal.asDouble()));
    }
}
