package dev.chiron.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.TrialFolder;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A study as the operations of Optuna's {@code JournalStorage}, one JSON object a line: the study with its attributes,
 * then each trial as it ended. The codes and keys are those of {@code optuna/storages/journal/_storage.py}, which reads
 * them alike since version 3.1. What Optuna has no place for stands in user attributes that begin with {@code chiron:}.
 */
final class OptunaJournal {

    private static final int CREATE_STUDY = 0;
    private static final int SET_STUDY_USER_ATTR = 2;
    private static final int SET_STUDY_SYSTEM_ATTR = 3;
    private static final int CREATE_TRIAL = 4;

    private static final int MINIMIZE = 1;
    private static final int MAXIMIZE = 2;

    private static final int COMPLETE = 1;
    private static final int PRUNED = 2;
    private static final int FAIL = 3;

    private static final double MAX_STEP = 1L << 53;

    private final JsonMapper json =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final DateTimeFormatter time;
    private final StudyView view;
    private final Map<String, List<OptunaDistribution>> distributions = new LinkedHashMap<>();

    /** @param zone in which the times are given: Optuna's have none, and mean the local time */
    OptunaJournal(StudyView view, ZoneId zone) {
        this.view = view;
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
                .withZone(zone);
        Stream.of(view.now().space(), view.begun())
                .distinct()
                .flatMap(space -> space.parameters().stream())
                .forEach(parameter -> distributions
                        .computeIfAbsent(parameter.name(), name -> new ArrayList<>())
                        .add(new OptunaDistribution(parameter)));
    }

    /** The lines of the file, without line feeds, in ASCII. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(text(study()));
        lines.add(text(attribute(json.createObjectNode()
                .put("chiron:metric", view.card().objective().metric()))));
        lines.add(text(attribute(
                json.createObjectNode().put("chiron:method", view.card().method()))));
        lines.add(text(
                attribute(json.createObjectNode().put("chiron:llm", view.card().llm()))));
        if (view.card().objective().isSeveral()) {
            lines.add(text(metricNames()));
        }
        SortedMap<Integer, String> byNumber = new TreeMap<>(); // Optuna counts trials as they come
        for (int i = 0; i < view.entries().size(); i++) {
            Entry entry = view.entries().get(i);
            byNumber.put(entry.trial().number(), text(trial(entry, view.ends().get(i))));
        }
        lines.addAll(byNumber.values());
        return lines;
    }

    private String text(ObjectNode object) {
        try {
            return json.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e); // a tree in memory can always be written
        }
    }

    private ObjectNode operation(int code) {
        return json.createObjectNode().put("op_code", code).put("worker_id", "chiron");
    }

    private ObjectNode study() {
        ObjectNode line = operation(CREATE_STUDY);
        line.put("study_name", String.valueOf(view.folder().getFileName()));
        ArrayNode directions = line.putArray("directions");
        view.card().objective().all().forEach(one -> directions.add(one.goal() == Goal.MINIMIZE ? MINIMIZE : MAXIMIZE));
        return line;
    }

    private ObjectNode attribute(ObjectNode attribute) {
        ObjectNode line = operation(SET_STUDY_USER_ATTR).put("study_id", 0);
        line.set("user_attr", attribute);
        return line;
    }

    /** As {@code Study.set_metric_names} writes them, since Optuna 3.2. */
    private ObjectNode metricNames() {
        ObjectNode line = operation(SET_STUDY_SYSTEM_ATTR).put("study_id", 0);
        ArrayNode names = line.putObject("system_attr").putArray("study:metric_names");
        view.card().objective().all().forEach(one -> names.add(one.metric()));
        return line;
    }

    private ObjectNode trial(Entry entry, Instant end) {
        Trial trial = entry.trial();
        TrialFolder folder = view.trialFolder(trial.number());
        ObjectNode line = operation(CREATE_TRIAL).put("study_id", 0);
        line.put("datetime_start", time.format(end.minus(trial.took())));
        line.put("datetime_complete", time.format(end));
        outcome(line, trial.outcome(), view.card().objective());
        Config outside = params(line, trial.config());
        line.set("user_attrs", attributes(entry, outside, folder));
        constraints(line.putObject("system_attrs"), trial.outcome());
        line.set("intermediate_values", intermediateValues(folder.curve()));
        return line;
    }

    /** Where there are conditions, by how much they are broken: above 0 is infeasible, as for Optuna's constraints_func. */
    private void constraints(ObjectNode attributes, Outcome outcome) {
        if (!view.card().objective().feasible().isEmpty() && outcome instanceof Outcome.Measured) {
            attributes.putArray("constraints").add(0.0);
        } else if (outcome instanceof Outcome.Infeasible infeasible) {
            attributes.putArray("constraints").add(infeasible.violation());
        }
    }

    private static void outcome(ObjectNode line, Outcome outcome, Objective objective) {
        if (outcome instanceof Outcome.Infeasible infeasible) {
            outcome(line, infeasible.measured(), objective);
            return;
        }
        if (objective.isSeveral()) { // Optuna prunes nothing then
            boolean measured = outcome instanceof Outcome.Measured;
            line.put("state", measured ? COMPLETE : FAIL).putNull("value").putNull("values");
            if (measured) {
                objective.values((Outcome.Measured) outcome).forEach(line.putArray("values")::add);
            }
            return;
        }
        if (outcome instanceof Outcome.Measured measured) {
            line.put("state", COMPLETE).put("value", measured.value());
        } else if (outcome instanceof Outcome.Partial partial) { // not complete, and not comparable with what is
            line.put("state", PRUNED).put("value", partial.measured().value());
        } else if (outcome instanceof Outcome.Pruned pruned && Double.isFinite(pruned.value())) {
            line.put("state", PRUNED).put("value", pruned.value());
        } else {
            line.put("state", outcome instanceof Outcome.Pruned ? PRUNED : FAIL).putNull("value");
        }
        line.putNull("values");
    }

    /** Sets the parameters, and gives the values that Optuna would refuse: out of range, between steps, or of no parameter. */
    private Config params(ObjectNode line, Config config) {
        ObjectNode spaces = line.putObject("distributions");
        ObjectNode params = line.putObject("params");
        Map<String, Value> outside = new LinkedHashMap<>(config.values());
        distributions.forEach((name, ranges) -> config.find(name)
                .ifPresent(value -> ranges.stream()
                        .filter(range -> range.internal(value).isPresent())
                        .findFirst()
                        .ifPresent(range -> {
                            spaces.put(name, text(range.json()));
                            params.put(name, range.internal(value).orElseThrow());
                            outside.remove(name);
                        })));
        return Config.of(outside);
    }

    private ObjectNode attributes(Entry entry, Config outside, TrialFolder folder) {
        ObjectNode attributes = json.createObjectNode();
        attributes.put("chiron:origin", entry.trial().origin().label());
        Outcome outcome = entry.trial().outcome();
        if (outcome instanceof Outcome.Failed failed) {
            attributes.put("chiron:reason", failed.reason().label());
            attributes.put("chiron:detail", failed.detail());
        }
        if (outcome instanceof Outcome.Infeasible infeasible) {
            attributes.put("chiron:breaks", String.join("\n", infeasible.broken()));
        }
        entry.trial().change().fidelity().ifPresent(part -> attributes.put("chiron:fidelity", part.toString()));
        Outcome shown = outcome instanceof Outcome.Infeasible infeasible
                ? infeasible.measured()
                : outcome instanceof Outcome.Partial partial ? partial.measured() : outcome;
        if (shown instanceof Outcome.Measured measured) {
            measured.metrics().forEach((name, value) -> {
                if (Double.isFinite(value)) {
                    attributes.put("chiron:metric:" + name, value);
                }
            });
        }
        entry.turn().ifPresent(turn -> {
            if (turn.isFallback()) {
                attributes.put("chiron:fallback", turn.fallback());
            }
            if (!turn.repairs().isEmpty()) {
                attributes.put("chiron:repairs", String.join("\n", turn.repairs()));
            }
        });
        if (!outside.values().isEmpty()) {
            attributes.set("chiron:outside", EntryJson.config(outside));
        }
        folder.text("change.diff").ifPresent(diff -> attributes.put("chiron:changes", diff));
        return attributes;
    }

    /** Optuna's steps are whole numbers from 0: the script's own where they are, else the count of reports. */
    private ObjectNode intermediateValues(List<CurvePoint> curve) {
        boolean whole = curve.stream()
                .allMatch(point ->
                        point.step() >= 0 && point.step() < MAX_STEP && point.step() == Math.rint(point.step()));
        boolean distinct =
                curve.stream().mapToDouble(CurvePoint::step).distinct().count() == curve.size();
        ObjectNode values = json.createObjectNode();
        for (int i = 0; i < curve.size(); i++) {
            CurvePoint point = curve.get(i);
            if (Double.isFinite(point.value())) {
                values.put(Long.toString(whole && distinct ? (long) point.step() : i), point.value());
            }
        }
        return values;
    }
}
