package dev.chiron.sandbox.slurm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.run.Checkpoints;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Saving;
import dev.chiron.sandbox.run.Scoring;
import dev.chiron.sandbox.run.Training;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A training as a JSON object, so that a job on another machine runs the very same one. */
final class TrainingJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TrainingJson() {}

    static ObjectNode write(Training training) {
        ObjectNode object = NODES.objectNode();
        object.put("project", training.project().toString());
        object.put("script", training.script());
        object.put("run", training.run());
        ObjectNode env = object.putObject("env");
        training.env().forEach(env::put);
        objective(object, training.objective());
        ArrayNode further = object.putArray("further");
        training.objective().further().forEach(one -> objective(further.addObject(), one));
        strings(
                object,
                "feasible",
                training.objective().feasible().stream().map(Constraint::text).toList());
        if (training.metric() instanceof MetricSource.JsonFile json) {
            object.put("file", json.file()).put("path", json.path());
        }
        object.set("limits", limits(training.limits()));
        strings(object, "readonly", training.readonly());
        object.set("access", access(training.access()));
        object.set("defaults", config(training.defaults()));
        object.set("scoring", scoring(training.scoring()));
        object.put("edits", training.edits());
        training.saving().ifPresent(saving -> saving(object.putObject("saving"), saving));
        return object;
    }

    private static void saving(ObjectNode object, Saving saving) {
        object.put("folder", saving.checkpoints().folder().toString());
        saving.merge().ifPresent(command -> object.put("merge", command));
    }

    private static Optional<Saving> readSaving(JsonNode object) {
        return object.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Saving(new Checkpoints(Path.of(text(object, "folder"))), optional(object, "merge")));
    }

    /** What a run goes on from. */
    static void begin(ObjectNode object, Begin begin) {
        object.put("share", begin.share());
        begin.member().ifPresent(place -> object.put("member", place));
        begin.sources()
                .forEach(source -> object.withArray("sources")
                        .addObject()
                        .put("trial", source.trial())
                        .put("weight", source.weight()));
    }

    static Begin readBegin(JsonNode object) {
        List<Begin.Source> sources = new ArrayList<>();
        object.path("sources")
                .forEach(source -> sources.add(new Begin.Source(
                        source.path("trial").asInt(), source.path("weight").asDouble())));
        return new Begin(
                sources,
                object.path("share").asDouble(),
                object.has("member") ? OptionalInt.of(object.path("member").asInt()) : OptionalInt.empty());
    }

    static Training read(JsonNode object) {
        Map<String, String> env = new LinkedHashMap<>();
        object.path("env")
                .properties()
                .forEach(field -> env.put(field.getKey(), field.getValue().asText()));
        return new Training(
                Path.of(text(object, "project")),
                text(object, "script"),
                text(object, "run"),
                env,
                readObjective(object),
                object.has("file")
                        ? new MetricSource.JsonFile(text(object, "file"), text(object, "path"))
                        : new MetricSource.Stdout(),
                readLimits(object.path("limits")),
                strings(object.path("readonly")),
                readAccess(object.path("access")),
                readConfig(object.path("defaults")),
                readScoring(object.path("scoring")),
                object.path("edits").asBoolean(),
                readSaving(object.path("saving")));
    }

    private static void objective(ObjectNode object, Objective objective) {
        object.put("metric", objective.metric());
        object.put("goal", objective.goal().name());
    }

    private static Objective readObjective(JsonNode object) {
        List<Objective> further = new ArrayList<>();
        object.path("further").forEach(one -> further.add(readObjective(one)));
        return new Objective(
                text(object, "metric"),
                Objective.Goal.valueOf(text(object, "goal")),
                further,
                strings(object.path("feasible")).stream().map(Constraint::parse).toList());
    }

    private static ObjectNode limits(Limits limits) {
        ObjectNode object = NODES.objectNode();
        object.put("millis", limits.time().toMillis());
        limits.memory().ifPresent(bytes -> object.put("memory", bytes));
        limits.processes().ifPresent(count -> object.put("processes", count));
        object.put("output", limits.output());
        limits.disk().ifPresent(bytes -> object.put("disk", bytes));
        return object;
    }

    private static Limits readLimits(JsonNode object) {
        return new Limits(
                Duration.ofMillis(object.path("millis").asLong()),
                number(object, "memory"),
                object.has("processes")
                        ? OptionalInt.of(object.path("processes").asInt())
                        : OptionalInt.empty(),
                object.path("output").asLong(),
                number(object, "disk"));
    }

    private static OptionalLong number(JsonNode object, String field) {
        return object.has(field) ? OptionalLong.of(object.path(field).asLong()) : OptionalLong.empty();
    }

    private static ObjectNode access(Access access) {
        ObjectNode object = NODES.objectNode();
        strings(object, "read", paths(access.read()));
        object.put("network", access.network());
        access.devices().ifPresent(devices -> strings(object, "devices", paths(devices)));
        access.caches()
                .forEach(cache -> object.withArray("caches")
                        .addObject()
                        .put("source", cache.source().toString())
                        .put("target", cache.target())
                        .put("writable", cache.writable()));
        return object;
    }

    private static Access readAccess(JsonNode object) {
        List<Access.Cache> caches = new ArrayList<>();
        object.path("caches")
                .forEach(cache -> caches.add(new Access.Cache(
                        Path.of(text(cache, "source")),
                        text(cache, "target"),
                        cache.path("writable").asBoolean())));
        return new Access(
                readPaths(object.path("read")),
                object.path("network").asBoolean(),
                object.has("devices") ? Optional.of(readPaths(object.path("devices"))) : Optional.empty(),
                caches);
    }

    private static ObjectNode scoring(Scoring scoring) {
        ObjectNode object = NODES.objectNode();
        scoring.evaluate().ifPresent(command -> object.put("evaluate", command));
        scoring.holdout().ifPresent(command -> object.put("holdout", command));
        object.put("artifacts", scoring.artifacts());
        strings(object, "hidden", scoring.hidden());
        return object;
    }

    private static Scoring readScoring(JsonNode object) {
        return new Scoring(
                optional(object, "evaluate"),
                optional(object, "holdout"),
                text(object, "artifacts"),
                strings(object.path("hidden")));
    }

    static ObjectNode config(Config config) {
        ObjectNode object = NODES.objectNode();
        config.values().forEach((name, value) -> {
            Object plain = value.plain();
            if (plain instanceof Long number) {
                object.put(name, number);
            } else if (plain instanceof Double number) {
                object.put(name, number);
            } else if (plain instanceof Boolean flag) {
                object.put(name, flag);
            } else {
                object.put(name, String.valueOf(plain));
            }
        });
        return object;
    }

    static Config readConfig(JsonNode object) {
        Map<String, Value> values = new LinkedHashMap<>();
        object.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
        return Config.of(values);
    }

    private static Value value(JsonNode node) {
        if (node.isIntegralNumber()) {
            return new Value.Whole(node.longValue());
        }
        if (node.isNumber()) {
            return new Value.Real(node.doubleValue());
        }
        return node.isBoolean() ? new Value.Flag(node.booleanValue()) : new Value.Text(node.asText());
    }

    private static List<String> paths(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private static List<Path> readPaths(JsonNode array) {
        return strings(array).stream().map(Path::of).toList();
    }

    private static void strings(ObjectNode object, String field, List<String> texts) {
        texts.forEach(object.putArray(field)::add);
    }

    static List<String> strings(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Optional<String> optional(JsonNode object, String field) {
        return object.has(field) ? Optional.of(text(object, field)) : Optional.empty();
    }

    static String text(JsonNode object, String field) {
        if (!object.path(field).isTextual()) {
            throw new IllegalArgumentException("no " + field + " in " + object);
        }
        return object.path(field).textValue();
    }
}
