package dev.chiron.sandbox.slurm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.run.Training;
import java.util.Optional;

/**
 * What a job is to run. Equal orders have equal texts, whichever process wrote them.
 *
 * @param holdout whether it is measured on the hold-out, too
 * @param least the weakest walls that the run may have on its node
 * @param exact whether it has to be these and no stronger ones
 * @param watched whether what it reports on the way is read while it runs
 */
record Order(Training training, Change change, boolean holdout, Isolation least, boolean exact, boolean watched) {

    private static final String SCRIPT = "script";
    private static final String WATCHED = "watched";

    /** The order as JSON. */
    String text() {
        ObjectMapper json = new ObjectMapper();
        ObjectNode object = json.createObjectNode();
        object.set("training", TrainingJson.write(training));
        object.set("config", TrainingJson.config(change.config()));
        change.variant()
                .ifPresent(variant -> object.putObject(SCRIPT)
                        .put("id", variant.id())
                        .put("parent", variant.parent())
                        .put("idea", variant.idea())
                        .put("text", variant.text()));
        change.begin().ifPresent(begin -> TrainingJson.begin(object.putObject("begin"), begin));
        object.put("holdout", holdout);
        object.put("sandbox", least.label());
        object.put("exact", exact);
        if (watched) {
            object.put(WATCHED, true);
        }
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can be written", e);
        }
    }

    /** @throws IllegalArgumentException if the text is none */
    static Order read(String text) {
        JsonNode object;
        try {
            object = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
        String level = TrainingJson.text(object, "sandbox");
        return new Order(
                TrainingJson.read(object.path("training")),
                change(object),
                object.path("holdout").asBoolean(),
                Isolation.labelled(level).orElseThrow(() -> new IllegalArgumentException("unknown sandbox " + level)),
                object.path("exact").asBoolean(),
                object.path(WATCHED).asBoolean());
    }

    private static Change change(JsonNode object) {
        Config config = TrainingJson.readConfig(object.path("config"));
        if (!object.has(SCRIPT)) {
            Optional<Begin> begin =
                    object.has("begin") ? Optional.of(TrainingJson.readBegin(object.path("begin"))) : Optional.empty();
            return new Change.Settings(config, Optional.empty(), begin);
        }
        JsonNode script = object.path(SCRIPT);
        return new Change.Edit(
                config,
                new Variant(
                        TrainingJson.text(script, "id"),
                        TrainingJson.text(script, "parent"),
                        TrainingJson.text(script, "text"),
                        TrainingJson.text(script, "idea")));
    }
}
