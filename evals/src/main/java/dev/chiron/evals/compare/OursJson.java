package dev.chiron.evals.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a line says of our own runs alone; the trials as a list a column, beside the list of the values. */
final class OursJson {

    private OursJson() {}

    static void write(Run.Ours ours, ObjectNode line, long failures) {
        line.put("optimizer", ours.optimizer());
        line.put("llm", ours.model());
        line.put("failed", failures);
        line.put("repeats", ours.repeats());
        line.put("rejected", ours.rejected());
        line.put("fallbacks", ours.fallbacks());
        line.put("tokens", ours.tokens());
        ours.usd().ifPresent(usd -> line.put("usd", usd));
        ours.remeasured().ifPresent(value -> line.put("remeasured", value));
        ArrayNode incumbents = line.putArray("incumbents");
        ours.incumbents()
                .forEach(incumbent ->
                        incumbents.addArray().add(incumbent.trial()).add(incumbent.value()));
        ArrayNode origins = line.putArray("origins");
        ArrayNode reasons = line.putArray("failures");
        ArrayNode seconds = line.putArray("seconds");
        ArrayNode expected = line.putArray("expected");
        ArrayNode risks = line.putArray("risks");
        ArrayNode points = line.putArray("points");
        for (Attempt attempt : ours.attempts()) {
            origins.add(attempt.origin());
            reasons.add(attempt.failure());
            seconds.add(attempt.seconds());
            add(expected, attempt.expected());
            add(risks, attempt.risk());
            ArrayNode point = points.addArray();
            attempt.point().forEach(point::add);
        }
    }

    private static void add(ArrayNode column, OptionalDouble number) {
        if (number.isPresent()) {
            column.add(number.getAsDouble());
        } else {
            column.addNull();
        }
    }

    /** Empty for a peer's line, which has no incumbents. */
    static Optional<Run.Ours> read(JsonNode line) {
        if (!line.path("incumbents").isArray()) {
            return Optional.empty();
        }
        List<Run.Incumbent> incumbents = new ArrayList<>();
        for (JsonNode incumbent : line.path("incumbents")) {
            incumbents.add(new Run.Incumbent(
                    incumbent.path(0).asInt(), incumbent.path(1).asDouble()));
        }
        return Optional.of(new Run.Ours(
                line.path("optimizer").asText(),
                line.path("llm").asText("none"),
                incumbents,
                number(line.path("remeasured")),
                line.path("repeats").asInt(),
                line.path("rejected").asInt(),
                line.path("fallbacks").asInt(),
                line.path("tokens").asLong(),
                number(line.path("usd")),
                attempts(line)));
    }

    private static List<Attempt> attempts(JsonNode line) {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < line.path("origins").size(); i++) {
            List<Double> point = new ArrayList<>();
            line.path("points").path(i).forEach(coordinate -> point.add(coordinate.asDouble()));
            attempts.add(new Attempt(
                    point,
                    line.path("origins").path(i).asText(),
                    line.path("failures").path(i).asText(),
                    line.path("seconds").path(i).asDouble(),
                    number(line.path("expected").path(i)),
                    number(line.path("risks").path(i))));
        }
        return attempts;
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
