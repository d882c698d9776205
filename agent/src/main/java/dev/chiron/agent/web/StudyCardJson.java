package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Course;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;

/** What is said of a study before its trials: its task, what is searched, who runs it. */
record StudyCardJson(int number, Snapshot snapshot) {

    /** The line in the list of studies. */
    ObjectNode line() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("number", number);
        object.put("name", snapshot.name());
        object.put("study", EventFeed.shortName(snapshot));
        object.put("there", snapshot.read().isPresent());
        object.put("problem", snapshot.problem());
        object.put("running", snapshot.writer().isPresent());
        object.put("trials", snapshot.trials());
        snapshot.read().map(Snapshot.Read::spec).ifPresent(spec -> {
            object.put("metric", spec.objective().metric());
            object.put("goal", spec.objective().goal().label());
            ArrayNode objectives = object.putArray("objectives");
            spec.objective()
                    .all()
                    .forEach(one -> objectives
                            .addObject()
                            .put("metric", one.metric())
                            .put("goal", one.goal().label()));
            object.put("method", spec.method());
            object.put("llm", spec.llm().model());
        });
        List<Best> bests = snapshot.bests();
        if (!bests.isEmpty()) {
            object.put("best", bests.get(bests.size() - 1).value());
            object.put("first", bests.get(0).value());
        }
        return object;
    }

    /** All of it but the trials. */
    ObjectNode whole() {
        ObjectNode object = line();
        Snapshot.Read known = snapshot.known();
        Spec spec = known.spec();
        object.put("task", spec.task());
        object.put("optimizer", spec.optimizer());
        object.put("seed", spec.seed());
        spec.budget().trials().ifPresent(trials -> object.put("budget", trials));
        spec.llm().share().ifPresent(share -> object.put("share", share));
        object.put("repeats", spec.evidence().repeats());
        ArrayNode feasible = object.putArray("feasible");
        spec.objective().feasible().forEach(condition -> feasible.add(condition.text()));
        Columns.origins().forEach(object.putArray("origins")::add);
        Columns.statuses().forEach(object.putArray("statuses")::add);
        Course course = Course.of(snapshot.folder(), spec, known.recording());
        parameters(course.space().space(), object.putArray("parameters"));
        ArrayNode steerings = object.putArray("steerings");
        for (Taken taken : known.recording().steerings()) {
            steerings
                    .addObject()
                    .put("trial", taken.trials())
                    .put("text", taken.steering().text());
        }
        return object;
    }

    private static void parameters(SearchSpace space, ArrayNode parameters) {
        for (Parameter parameter : space.parameters()) {
            ObjectNode object = parameters.addObject().put("name", parameter.name());
            object.put("fixed", parameter.isFixed());
            object.put("says", parameter.describe());
            if (parameter instanceof Parameter.Real real) {
                object.put("kind", "real").put("low", real.low()).put("high", real.high());
                object.put("log", real.log());
            } else if (parameter instanceof Parameter.Whole whole) {
                object.put("kind", "whole").put("low", whole.low()).put("high", whole.high());
                object.put("log", whole.log() || whole.powersOfTwo());
            } else if (parameter instanceof Parameter.Choice choice) {
                object.put("kind", "choice").put("ordered", choice.ordered());
                ArrayNode options = object.putArray("options");
                for (Value option : choice.options()) {
                    options.add(EntryJson.value(option));
                }
            }
        }
    }

    /** Everything counted. */
    ObjectNode totals() {
        Snapshot.Read known = snapshot.known();
        return StudyJson.totals(known.recording().entries(), known.recording().unused(), known.history());
    }
}
