package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.study.Effect;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.branch.UnifiedDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The versions of a study's script: what was made of what, and what became of it. */
record Lineage(Snapshot snapshot) {

    private static final String ROOT = "root";

    /** Each version once, in the order in which they were first run, the study's own first. */
    ObjectNode json() {
        History history = snapshot.known().history();
        Map<String, List<Trial>> runs = new LinkedHashMap<>();
        Map<String, Variant> variants = new LinkedHashMap<>();
        runs.put(ROOT, new ArrayList<>());
        for (Trial trial : history.trials()) {
            trial.change().variant().ifPresent(variant -> variants.putIfAbsent(variant.id(), variant));
            runs.computeIfAbsent(trial.change().variant().map(Variant::id).orElse(ROOT), id -> new ArrayList<>())
                    .add(trial);
        }
        Set<String> kept = new LinkedHashSet<>();
        Effect.kept(history)
                .forEach(step -> step.kept().change().variant().map(Variant::id).ifPresent(kept::add));
        String best = history.incumbent()
                .map(trial -> trial.change().variant().map(Variant::id).orElse(ROOT))
                .orElse("");
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ArrayNode versions = object.putArray("versions");
        runs.forEach((id, trials) -> {
            ObjectNode version = versions.addObject();
            version.put("id", id);
            Optional<Variant> variant = Optional.ofNullable(variants.get(id));
            String parent =
                    variant.map(Variant::parent).filter(variants::containsKey).orElse(ROOT);
            version.put("parent", id.equals(ROOT) ? "" : parent);
            version.put("idea", PlainText.line(variant.map(Variant::idea).orElse("the study's own script")));
            version.put("kept", kept.contains(id) || id.equals(ROOT));
            version.put("best", id.equals(best));
            version.put("trials", trials.size());
            trials.stream().findFirst().ifPresent(first -> {
                version.put("first", first.number());
                version.put("origin", Columns.origin(first.origin()));
                version.put("status", Columns.status(first.outcome()));
            });
            trials.stream()
                    .filter(trial -> trial.value().isPresent())
                    .min((one, other) -> Double.compare(loss(history, one), loss(history, other)))
                    .ifPresent(top -> version.put("value", history.value(top).orElseThrow()));
        });
        return object;
    }

    private static double loss(History history, Trial trial) {
        return history.objective().loss(history.value(trial).orElseThrow());
    }

    /** How one version differs from another, as a unified diff. */
    ObjectNode diff(String from, String to) {
        StudyView view = snapshot.view();
        try {
            StudyScript script = snapshot.script();
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("diff", UnifiedDiff.of(view.spec().script(), text(view, script, from), text(view, script, to)));
            return object;
        } catch (BadInput e) {
            throw new Absent(String.valueOf(e.getMessage()));
        }
    }

    private static String text(StudyView view, StudyScript script, String id) {
        return id.equals(ROOT) ? script.text() : view.variant(id, script).text();
    }
}
