package dev.chiron.sandbox.slurm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.run.Execution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What came of a run as a JSON object, nothing left out. */
final class ExecutionJson {

    private ExecutionJson() {}

    static ObjectNode write(Execution execution) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Outcome outcome = execution.outcome();
        object.put("status", outcome.status());
        if (outcome instanceof Outcome.Measured measured) {
            measured(object, measured);
        } else if (outcome instanceof Outcome.Infeasible infeasible) {
            measured(object, infeasible.measured());
            ArrayNode broken = object.putArray("broken");
            infeasible.broken().forEach(broken::add);
            object.put("violation", infeasible.violation());
        } else if (outcome instanceof Outcome.Failed failed) {
            object.put("reason", failed.reason().label());
            object.put("detail", failed.detail());
        } else if (outcome instanceof Outcome.Pruned pruned) {
            object.put("value", pruned.value());
            curve(object, pruned.curve());
        } else {
            throw new AssertionError(outcome);
        }
        object.put("nanos", execution.took().toNanos());
        execution.exit().ifPresent(code -> object.put("exit", code));
        execution
                .containment()
                .ifPresent(kept -> object.put("sandbox", kept.level().label()).put("cgroups", kept.counted()));
        object.put("diff", execution.diff());
        object.put("head", execution.head());
        object.put("tail", execution.tail());
        execution.saved().ifPresent(folder -> object.put("saved", folder.toString()));
        return object;
    }

    private static void measured(ObjectNode object, Outcome.Measured measured) {
        object.put("value", measured.value());
        ObjectNode metrics = object.putObject("metrics");
        measured.metrics().forEach(metrics::put);
        measured.holdout().ifPresent(value -> object.put("holdout", value));
        curve(object, measured.curve());
    }

    private static void curve(ObjectNode object, List<CurvePoint> curve) {
        ArrayNode points = object.putArray("curve");
        curve.forEach(point -> points.addArray().add(point.step()).add(point.value()));
    }

    /** @throws IllegalArgumentException if it is none */
    static Execution read(JsonNode object) {
        return new Execution(
                outcome(object),
                Duration.ofNanos(object.path("nanos").asLong()),
                object.path("head").asText(),
                object.path("tail").asText(),
                object.has("exit") ? OptionalInt.of(object.path("exit").asInt()) : OptionalInt.empty(),
                object.path("diff").asText(),
                containment(object),
                object.has("saved") ? Optional.of(Path.of(object.path("saved").asText())) : Optional.empty());
    }

    private static Optional<Containment> containment(JsonNode object) {
        return Isolation.labelled(object.path("sandbox").asText())
                .map(level -> new Containment(level, object.path("cgroups").asBoolean()));
    }

    private static Outcome outcome(JsonNode object) {
        String status = TrainingJson.text(object, "status");
        return switch (status) {
            case "measured" -> readMeasured(object);
            case "infeasible" ->
                new Outcome.Infeasible(
                        readMeasured(object),
                        TrainingJson.strings(object.path("broken")),
                        object.path("violation").asDouble());
            case "failed" ->
                new Outcome.Failed(
                        Outcome.Reason.labelled(TrainingJson.text(object, "reason"))
                                .orElseThrow(() -> new IllegalArgumentException("unknown reason in " + object)),
                        TrainingJson.text(object, "detail"));
            case "pruned" -> new Outcome.Pruned(object.path("value").asDouble(), readCurve(object.path("curve")));
            default -> throw new IllegalArgumentException("unknown status " + status);
        };
    }

    private static Outcome.Measured readMeasured(JsonNode object) {
        return new Outcome.Measured(
                object.path("value").asDouble(),
                metrics(object.path("metrics")),
                readCurve(object.path("curve")),
                object.has("holdout") ? OptionalDouble.of(object.path("holdout").asDouble()) : OptionalDouble.empty());
    }

    private static Map<String, Double> metrics(JsonNode object) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> metrics.put(field.getKey(), field.getValue().asDouble()));
        return metrics;
    }

    private static List<CurvePoint> readCurve(JsonNode array) {
        List<CurvePoint> points = new ArrayList<>();
        array.forEach(point -> points.add(
                new CurvePoint(point.path(0).asDouble(), point.path(1).asDouble())));
        return points;
    }
}
