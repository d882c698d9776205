package dev.chiron.agent.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.llm.UsageJson;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.reply.Forecast;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A trial's entry as a JSON object, in the journal and in events: trial, origin, status, value or reason, config, seconds, sandbox. */
public final class EntryJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String BROKEN = "broken";
    private static final String VIOLATION = "violation";
    private static final String HOLDOUT = "holdout";
    private static final String SCRIPT = "script";
    private static final String PRUNED_BY = "pruned_by";
    private static final String FIDELITY = "fidelity";
    private static final String BEGIN = "begin";
    private static final String GPU = "gpu";
    private static final String MODEL = "model";
    private static final String ADVICE = "advice";
    private static final String PARTS = "parts";
    private static final String REMARKS = "remarks";

    private EntryJson() {}

    /** Whether a trial's object is one of an edited script. */
    public static boolean isEdited(JsonNode object) {
        return object.has(SCRIPT);
    }

    /** The entry's object, without the curve, which lies in the trial's folder. */
    public static ObjectNode write(Entry entry) {
        Trial trial = entry.trial();
        ObjectNode object = NODES.objectNode();
        object.put("trial", trial.number());
        object.put("origin", trial.origin().label());
        object.put("status", trial.outcome().status());
        writeOutcome(trial.outcome(), object);
        trial.change().variant().ifPresent(variant -> writeScript(variant, object));
        object.set("config", config(trial.config()));
        writeTraining(trial.change(), object);
        object.put("seconds", seconds(trial.took()));
        entry.containment()
                .ifPresent(kept -> object.put("sandbox", kept.level().label()).put("cgroups", kept.counted()));
        entry.gpu().ifPresent(gpu -> object.put(GPU, gpu));
        entry.turn().ifPresent(turn -> object.set(MODEL, turn(turn)));
        if (!entry.advice().isEmpty()) {
            object.set(ADVICE, Advice.write(entry.advice()));
        }
        return object;
    }

    /** The object of a trial that was proposed. */
    static ObjectNode write(Proposed proposed) {
        ObjectNode object = NODES.objectNode();
        object.put("trial", proposed.number());
        object.put("origin", proposed.origin().label());
        proposed.change().variant().ifPresent(variant -> writeScript(variant, object));
        object.set("config", config(proposed.change().config()));
        writeTraining(proposed.change(), object);
        proposed.turn().ifPresent(turn -> object.set(MODEL, turn(turn)));
        return object;
    }

    /**
     * The trial of an object that {@link #write(Proposed)} made.
     *
     * @throws IllegalArgumentException naming what is missing or unknown
     */
    static Proposed readProposed(JsonNode object, Variants variants) {
        Change change = isEdited(object) ? readEdit(object, variants) : readSettings(object);
        return new Proposed(object.path("trial").asInt(-1), change, readOrigin(object), readModel(object));
    }

    /** How much of a training a trial was, where it was not the whole. */
    private static void writeFidelity(Fidelity fidelity, ObjectNode object) {
        ObjectNode part = object.putObject(FIDELITY).put("name", fidelity.name());
        part.set("amount", value(fidelity.amount()));
        part.set("whole", value(fidelity.whole()));
    }

    /** What of a training a trial is, and from where. */
    private static void writeTraining(Change change, ObjectNode object) {
        change.fidelity().ifPresent(part -> writeFidelity(part, object));
        change.begin().ifPresent(begin -> writeBegin(begin, object));
    }

    private static void writeBegin(Begin begin, ObjectNode object) {
        ObjectNode from = object.putObject(BEGIN);
        begin.member().ifPresent(place -> from.put("member", place));
        if (begin.sources().isEmpty()) {
            return;
        }
        begin.trials().forEach(from.putArray("trials")::add);
        if (begin.sources().size() > 1) {
            begin.sources().forEach(source -> from.withArray("weights").add(source.weight()));
        }
        from.put("share", begin.share());
    }

    private static Optional<Begin> readBegin(JsonNode object) {
        JsonNode from = object.path(BEGIN);
        if (from.isMissingNode()) {
            return Optional.empty();
        }
        List<Begin.Source> sources = new ArrayList<>();
        from.path("trials")
                .forEach(trial -> sources.add(new Begin.Source(
                        trial.asInt(), from.path("weights").path(sources.size()).asDouble(1))));
        return Optional.of(new Begin(
                sources,
                from.path("share").asDouble(),
                from.has("member") ? OptionalInt.of(from.path("member").asInt()) : OptionalInt.empty()));
    }

    private static Change.Settings readSettings(JsonNode object) {
        return new Change.Settings(readConfig(object.path("config")), readFidelity(object), readBegin(object));
    }

    private static Optional<Fidelity> readFidelity(JsonNode object) {
        JsonNode part = object.path(FIDELITY);
        return part.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Fidelity(
                        part.path("name").asText(), readValue(part.path("amount")), readValue(part.path("whole"))));
    }

    private static Origin readOrigin(JsonNode object) {
        return Origin.labelled(object.path("origin").asText())
                .orElseThrow(() -> new IllegalArgumentException("unknown origin " + object.path("origin")));
    }

    private static Optional<ModelTurn> readModel(JsonNode object) {
        return object.has(MODEL) ? Optional.of(readTurn(object.path(MODEL))) : Optional.empty();
    }

    /** Names an edited script, whose text lies elsewhere. */
    static void writeScript(Variant variant, ObjectNode object) {
        object.putObject(SCRIPT)
                .put("variant", variant.id())
                .put("parent", variant.parent())
                .put("idea", variant.idea());
    }

    /** The values by name, numbers as numbers. */
    public static ObjectNode config(Config config) {
        ObjectNode object = NODES.objectNode();
        config.values().forEach((name, value) -> object.set(name, value(value)));
        return object;
    }

    /** A value: a number, a text, a truth value. */
    public static JsonNode value(Value value) {
        Object plain = value.plain();
        if (plain instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (plain instanceof Double number) {
            return NODES.numberNode(number);
        }
        return plain instanceof Boolean flag ? NODES.booleanNode(flag) : NODES.textNode(value.text());
    }

    static void writeOutcome(Outcome outcome, ObjectNode object) {
        if (outcome instanceof Outcome.Measured measured) {
            object.put("value", measured.value());
            measured.holdout().ifPresent(value -> object.put(HOLDOUT, value));
            if (!measured.metrics().isEmpty()) {
                ObjectNode metrics = object.putObject("metrics");
                measured.metrics().forEach(metrics::put);
            }
        } else if (outcome instanceof Outcome.Partial partial) {
            writeOutcome(partial.measured(), object);
        } else if (outcome instanceof Outcome.Infeasible infeasible) {
            writeOutcome(infeasible.measured(), object);
            infeasible.broken().forEach(object.putArray(BROKEN)::add);
            object.put(VIOLATION, infeasible.violation());
        } else if (outcome instanceof Outcome.Failed failed) {
            object.put("reason", failed.reason().label());
            object.put("detail", failed.detail());
        } else if (outcome instanceof Outcome.Pruned pruned) {
            object.put("value", pruned.value());
            object.put("step", pruned.step());
            put(object, PRUNED_BY, pruned.by());
            put(object, "detail", pruned.why());
        } else {
            throw new AssertionError(outcome);
        }
    }

    private static ObjectNode turn(ModelTurn turn) {
        ObjectNode object = NODES.objectNode();
        object.put("fallback", turn.isFallback());
        if (turn.isFallback()) {
            object.put("why", turn.fallback());
        }
        if (turn.overBudget()) {
            object.put("over_budget", true);
        }
        if (turn.misformed()) {
            object.put("misformed", true);
        }
        Asked asked = turn.asked();
        put(object, "author", asked.author());
        put(object, "rejected", turn.rejected());
        put(object, "repairs", turn.repairs());
        UsageJson.write(turn.usage(), object);
        put(object, "key", asked.key());
        object.put("prompt", asked.prompt());
        put(object, "template", asked.template());
        turn.pick().ifPresent(pick -> writePick(pick, object));
        writeParts(turn.parts(), object);
        for (Remark remark : turn.remarks()) {
            object.withArray(REMARKS)
                    .addObject()
                    .put("trial", remark.trial())
                    .put("kind", remark.kind().label())
                    .put("text", remark.text());
        }
        return object;
    }

    private static void writeParts(List<ModelTurn.Part> parts, ObjectNode object) {
        for (ModelTurn.Part part : parts) {
            object.withArray(PARTS)
                    .addObject()
                    .put("asked", part.asked())
                    .put("questions", part.questions())
                    .put("invalid", part.invalid())
                    .put("tokens_in", part.tokensIn())
                    .put("tokens_out", part.tokensOut());
        }
    }

    private static List<ModelTurn.Part> readParts(JsonNode array) {
        List<ModelTurn.Part> parts = new ArrayList<>();
        array.forEach(part -> parts.add(new ModelTurn.Part(
                part.path("asked").asText(),
                part.path("questions").asInt(),
                part.path("invalid").asInt(),
                part.path("tokens_in").asLong(),
                part.path("tokens_out").asLong())));
        return parts;
    }

    /** @throws IllegalArgumentException for a kind that is not known */
    private static List<Remark> readRemarks(JsonNode array) {
        List<Remark> remarks = new ArrayList<>();
        array.forEach(remark -> remarks.add(new Remark(
                remark.path("trial").asInt(),
                Remark.Kind.labelled(remark.path("kind").asText())
                        .orElseThrow(() -> new IllegalArgumentException("unknown remark " + remark.path("kind"))),
                remark.path("text").asText())));
        return remarks;
    }

    private static void put(ObjectNode object, String key, String text) {
        if (!text.isEmpty()) {
            object.put(key, text);
        }
    }

    private static void put(ObjectNode object, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = object.putArray(key);
            texts.forEach(array::add);
        }
    }

    /** Seconds with milliseconds. */
    public static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }

    /**
     * The entry of an object that {@link #write} made.
     *
     * @throws IllegalArgumentException naming what is missing or unknown, or if the trial ran an edited script
     */
    public static Entry read(JsonNode object) {
        if (isEdited(object)) {
            throw new IllegalArgumentException("an edited script is known to its study alone");
        }
        return read(object, readSettings(object));
    }

    /** The same for a study whose edited scripts are at hand. */
    static Entry read(JsonNode object, Variants variants) {
        if (!isEdited(object)) {
            return read(object);
        }
        return read(object, readEdit(object, variants));
    }

    /**
     * The edited script that an object names, and its values.
     *
     * @throws IllegalArgumentException if the script's text is not at hand
     */
    static Change.Edit readEdit(JsonNode object, Variants variants) {
        JsonNode script = object.path(SCRIPT);
        Variant variant = variants.read(
                script.path("variant").asText(),
                script.path("parent").asText(),
                script.path("idea").asText());
        return new Change.Edit(readConfig(object.path("config")), variant);
    }

    /**
     * An entry that was held until its turn, with the curve that lies beside it; empty if it cannot be read, as when it is of another version.
     * Edited scripts are not run while others are.
     */
    static Optional<Entry> readHeld(String text, List<Outcome.CurvePoint> curve) {
        try {
            Entry entry = read(new ObjectMapper().readTree(text));
            Trial trial = entry.trial();
            Outcome outcome = trial.outcome() instanceof Outcome.Pruned pruned
                    ? new Outcome.Pruned(pruned.value(), curve)
                    : trial.outcome();
            return Optional.of(new Entry(
                    new Trial(trial.number(), trial.change(), trial.origin(), outcome, trial.took()),
                    Optional.empty(),
                    entry.containment(),
                    entry.gpu()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Entry read(JsonNode object, Change change) {
        Trial trial = new Trial(
                object.path("trial").asInt(-1),
                change,
                readOrigin(object),
                readOutcome(object),
                Duration.ofMillis(Math.round(object.path("seconds").asDouble() * 1000)));
        return new Entry(
                trial,
                readModel(object),
                readContainment(object),
                object.has(GPU) ? Optional.of(object.path(GPU).asText()) : Optional.empty(),
                Advice.read(object.path(ADVICE)));
    }

    static Optional<Containment> readContainment(JsonNode object) {
        return Isolation.labelled(object.path("sandbox").asText())
                .map(level -> new Containment(level, object.path("cgroups").asBoolean()));
    }

    /**
     * The config of an object of values.
     *
     * @throws IllegalArgumentException for a value that is neither a number, a text nor a truth value
     */
    public static Config readConfig(JsonNode object) {
        Map<String, Value> values = new LinkedHashMap<>();
        object.properties().forEach(field -> values.put(field.getKey(), readValue(field.getValue())));
        return Config.of(values);
    }

    static Value readValue(JsonNode node) {
        if (node.isIntegralNumber()) {
            return new Value.Whole(node.longValue());
        }
        if (node.isNumber()) {
            return new Value.Real(node.doubleValue());
        }
        if (node.isBoolean()) {
            return new Value.Flag(node.booleanValue());
        }
        if (node.isTextual()) {
            return new Value.Text(node.textValue());
        }
        throw new IllegalArgumentException("neither a number, a text nor a truth value: " + node);
    }

    static Outcome readOutcome(JsonNode object) {
        String status = object.path("status").asText();
        return switch (status) {
            case "measured" -> readMeasured(object);
            case "partial" ->
                new Outcome.Partial(
                        readMeasured(object),
                        readFidelity(object)
                                .orElseThrow(
                                        () -> new IllegalArgumentException("a part of a training without fidelity")));
            case "infeasible" ->
                new Outcome.Infeasible(
                        readMeasured(object),
                        texts(object.path(BROKEN)),
                        object.path(VIOLATION).asDouble());
            case "failed" ->
                new Outcome.Failed(
                        Outcome.Reason.labelled(object.path("reason").asText())
                                .orElseThrow(
                                        () -> new IllegalArgumentException("unknown reason " + object.path("reason"))),
                        object.path("detail").asText());
            case "pruned" ->
                new Outcome.Pruned(
                        object.path("value").asDouble(),
                        object.path("step").asDouble(),
                        object.path(PRUNED_BY).asText(),
                        object.path("detail").asText(),
                        List.of());
            default -> throw new IllegalArgumentException("unknown status " + status);
        };
    }

    private static Outcome.Measured readMeasured(JsonNode object) {
        return new Outcome.Measured(
                object.path("value").asDouble(), readMetrics(object), List.of(), number(object, HOLDOUT));
    }

    private static Map<String, Double> readMetrics(JsonNode object) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        object.path("metrics")
                .properties()
                .forEach(
                        metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
        return metrics;
    }

    private static void writePick(Pick pick, ObjectNode object) {
        object.put("offered", pick.offered());
        object.put("rank", pick.rank());
        pick.forecast().value().ifPresent(value -> object.put("expected", value));
        pick.forecast().failure().ifPresent(chance -> object.put("expected_failure", chance));
    }

    private static Optional<Pick> readPick(JsonNode object) {
        return object.has("rank")
                ? Optional.of(new Pick(
                        object.path("offered").asInt(),
                        object.path("rank").asInt(),
                        new Forecast(number(object, "expected"), number(object, "expected_failure"))))
                : Optional.empty();
    }

    private static OptionalDouble number(JsonNode object, String field) {
        return object.path(field).isNumber()
                ? OptionalDouble.of(object.path(field).doubleValue())
                : OptionalDouble.empty();
    }

    private static ModelTurn readTurn(JsonNode object) {
        return new ModelTurn(
                object.path("why").asText(""),
                texts(object.path("rejected")),
                texts(object.path("repairs")),
                UsageJson.read(object),
                object.path("over_budget").asBoolean(),
                readPick(object),
                object.path("misformed").asBoolean(),
                new Asked(
                        object.path("key").asText(""),
                        object.path("author").asText(""),
                        object.path("template").asText(""),
                        object.path("prompt").asText("")),
                readParts(object.path(PARTS)),
                readRemarks(object.path(REMARKS)));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
