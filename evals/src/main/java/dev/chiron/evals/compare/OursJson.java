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
        line.put("calls", ours.calls());
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

    /**
     * Empty for a peer's line, which has no incumbents.
     *
     * @param trials how many there are
     */
    static Optional<Run.Ours> read(JsonNode line, Columns columns, int trials) {
        if (!line.path("incumbents").isArray()) {
            return Optional.empty();
        }
        return Optional.of(new Run.Ours(
                line.path("optimizer").asText(),
                line.path("llm").asText("none"),
                incumbents(line, columns, trials),
                columns.number("remeasured"),
                line.path("repeats").asInt(),
                line.path("rejected").asInt(),
                line.path("fallbacks").asInt(),
                line.path("calls").asInt(),
                line.path("tokens").asLong(),
                columns.number("usd"),
                attempts(line, columns, trials)));
    }

    private static List<Run.Incumbent> incumbents(JsonNode line, Columns columns, int trials) {
        List<Run.Incumbent> incumbents = new ArrayList<>();
        int before = -1;
        for (JsonNode incumbent : line.path("incumbents")) {
            JsonNode trial = incumbent.path(0);
            boolean isTrial = trial.isInt() && trial.asInt() > before && trial.asInt() < trials;
            columns.require(
                    isTrial && Columns.isFinite(incumbent.path(1)),
                    "incumbents",
                    incumbent,
                    "[trial, value], the trials ascending and below " + trials);
            before = trial.asInt();
            incumbents.add(new Run.Incumbent(before, incumbent.path(1).asDouble()));
        }
        return incumbents;
    }

    private static List<Attempt> attempts(JsonNode line, Columns columns, int trials) {
        if (line.path("origins").isEmpty()) {
            return List.of();
        }
        List<String> origins = columns.texts("origins", trials);
        List<String> failures = columns.texts("failures", trials);
        List<OptionalDouble> seconds = columns.numbers("seconds", trials);
        List<OptionalDouble> expected = columns.numbers("expected", trials);
        List<OptionalDouble> risks = columns.numbers("risks", trials);
        List<List<Double>> points = columns.points("points", trials);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            attempts.add(new Attempt(
                    points.get(i),
                    origins.get(i),
                    failures.get(i),
                    seconds.get(i).orElse(0),
                    expected.get(i),
                    risks.get(i)));
        }
        return attempts;
    }
}
