package dev.chiron.agent.insight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.view.Searched;
import dev.chiron.optimizers.feasibility.Feasibility;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.forest.Surface;
import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Maps over two parameters of a study, for programs: {@code x} and {@code y} their places, {@code z} one row a place of {@code x}. */
public record Terrain(Searched searched) {

    private static final int PLACES = 21;

    /** The value that a forest expects, all other parameters being anything; empty if there are too few trials. */
    public Optional<ObjectNode> values(String x, String y) {
        List<Case> cases = StudyImportance.cases(searched.space(), searched.history());
        if (cases.size() < Importance.needed(searched.space())) {
            return Optional.empty();
        }
        Surface surface = Surface.of(searched.space(), place(x), place(y), cases, StudyImportance.SEED);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        put(object.putArray("x"), surface.firsts());
        put(object.putArray("y"), surface.seconds());
        ArrayNode rows = object.putArray("z");
        for (List<Double> losses : surface.losses()) {
            ArrayNode row = rows.addArray();
            // a loss of a loss is the value again
            losses.forEach(loss -> row.add(searched.history().objective().loss(loss)));
        }
        return Optional.of(object);
    }

    /** The chance that a trial fails, all other parameters as in the best config so far; empty without any that was measured. */
    public Optional<ObjectNode> failures(String x, String y) {
        Optional<Config> centre =
                searched.history().incumbent().map(Trial::config).filter(searched.space()::contains);
        if (centre.isEmpty()) {
            return Optional.empty();
        }
        Feasibility feasibility =
                Feasibility.learn(searched.space(), searched.history().known());
        List<Value> firsts = places(x);
        List<Value> seconds = places(y);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        put(object.putArray("x"), firsts);
        put(object.putArray("y"), seconds);
        ArrayNode rows = object.putArray("z");
        for (Value first : firsts) {
            Config there = searched.space().with(centre.get(), x, first);
            ArrayNode row = rows.addArray();
            seconds.forEach(
                    second -> row.add(feasibility.failure(searched.space().with(there, y, second))));
        }
        return Optional.of(object);
    }

    private int place(String name) {
        List<Parameter> all = searched.space().parameters();
        return all.indexOf(searched.space().find(name).orElseThrow());
    }

    private List<Value> places(String name) {
        Parameter parameter = searched.space().find(name).orElseThrow();
        if (parameter instanceof Parameter.Choice choice) {
            return choice.options();
        }
        return IntStream.range(0, PLACES)
                .mapToObj(k -> parameter.decode(k / (PLACES - 1.0)))
                .distinct()
                .toList();
    }

    private static void put(ArrayNode array, List<Value> values) {
        values.forEach(value -> array.add(EntryJson.value(value)));
    }
}
