package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.TrainingSchedule;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A trial's schedule for other programs. */
final class ScheduleExport {

    private final StudyView view;
    private final Trial trial;
    private final TrainingSchedule schedule;

    ScheduleExport(StudyView view, Trial trial) {
        this.view = view;
        this.trial = trial;
        this.schedule = TrainingSchedule.of(
                trial,
                view.history(),
                view.spec().fidelity().map(fidelity -> fidelity.ladder().amount(0)));
    }

    ObjectNode json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("v", 1).put("event", "schedule").put("trial", trial.number());
        object.put("name", schedule.name());
        object.put("metric", view.card().objective().metric());
        trial.value().ifPresent(value -> object.put("value", value));
        object.set("parts", schedule.json());
        return object;
    }

    /** The header and a row a part. */
    List<List<String>> rows() {
        Set<String> names = new LinkedHashSet<>();
        schedule.parts()
                .forEach(part -> names.addAll(part.trial().config().values().keySet()));
        List<String> header = new ArrayList<>(
                List.of("from", "to", "trial", "origin", view.card().objective().metric()));
        header.addAll(names);
        List<List<String>> rows = new ArrayList<>(List.of(header));
        for (TrainingSchedule.Part part : schedule.parts()) {
            List<String> row = new ArrayList<>(List.of(
                    part.from().text(),
                    part.to().text(),
                    Integer.toString(part.trial().number()),
                    part.trial().origin().label(),
                    part.value().map(Numbers::text).orElse("")));
            names.forEach(name ->
                    row.add(part.trial().config().find(name).map(Value::text).orElse("")));
            rows.add(row);
        }
        return rows;
    }

    /** A line a part, as a script can read it. */
    List<String> yaml() {
        List<String> lines = new ArrayList<>();
        lines.add("name: " + quoted(schedule.name()));
        lines.add("metric: " + quoted(view.card().objective().metric()));
        trial.value().ifPresent(value -> lines.add("value: " + Numbers.text(value)));
        lines.add("schedule:");
        for (TrainingSchedule.Part part : schedule.parts()) {
            List<String> values = new ArrayList<>();
            part.trial()
                    .config()
                    .values()
                    .forEach((name, value) -> values.add(quoted(name) + ": " + EntryJson.value(value)));
            lines.add("  - { from: " + part.from().text() + ", to: " + part.to().text() + ", trial: "
                    + part.trial().number() + ", values: { " + String.join(", ", values) + " } }");
        }
        return lines;
    }

    /** As in JSON, which YAML reads alike. */
    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
