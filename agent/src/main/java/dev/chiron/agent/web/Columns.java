package dev.chiron.agent.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Variant;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Trials as one object of columns: small, and read by a browser at once. Every column has one element a trial; {@code bests} and {@code
 * turns} say of which trials they speak.
 */
final class Columns {

    private static final List<String> ORIGINS =
            Stream.of(Origin.values()).map(Origin::label).toList();
    private static final List<String> STATUSES = Stream.of(
                    Stream.of("measured", "pruned"),
                    Stream.of(Outcome.Reason.values()).map(Outcome.Reason::label),
                    Stream.of("infeasible", "partial"))
            .flatMap(labels -> labels)
            .toList();

    private final Snapshot snapshot;
    private final int from;
    private final List<Entry> entries;
    private final KeyMask mask;

    /**
     * The trials from a number on.
     *
     * @param from at most as many as there are
     */
    Columns(Snapshot snapshot, int from, KeyMask mask) {
        List<Entry> all = snapshot.known().recording().entries();
        this.snapshot = snapshot;
        this.from = Math.max(0, Math.min(from, all.size()));
        this.entries = all.subList(this.from, all.size());
        this.mask = mask;
    }

    private interface Cell {
        void write(Entry entry) throws IOException;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("study", snapshot.study());
        json.writeNumberField("from", from);
        json.writeNumberField("to", from + entries.size());
        column(json, "origin", entry -> json.writeNumber(origin(entry.trial().origin())));
        column(json, "status", entry -> json.writeNumber(status(entry.trial().outcome())));
        column(json, "value", entry -> number(json, value(entry.trial().outcome())));
        values(json);
        column(json, "holdout", entry -> number(json, holdout(entry.trial().outcome())));
        column(
                json,
                "seconds",
                entry -> json.writeNumber(EntryJson.seconds(entry.trial().took())));
        ends(json);
        if (entries.stream().anyMatch(entry -> entry.gpu().isPresent())) {
            column(json, "gpu", entry -> json.writeString(mask.mask(entry.gpu().orElse(""))));
        }
        column(
                json,
                "script",
                entry -> json.writeString(
                        entry.trial().change().variant().map(Variant::id).orElse("")));
        json.writeObjectFieldStart("config");
        for (String name : names()) {
            column(json, name, entry -> value(json, entry.trial().config().find(name)));
        }
        json.writeEndObject();
        bests(json);
        turns(json);
        json.writeEndObject();
    }

    private void column(JsonGenerator json, String name, Cell cell) throws IOException {
        json.writeArrayFieldStart(name);
        for (Entry entry : entries) {
            cell.write(entry);
        }
        json.writeEndArray();
    }

    /** Those of the objectives beside the first, if there are several. */
    private void values(JsonGenerator json) throws IOException {
        List<Objective> further = snapshot.known().spec().objective().further();
        if (!further.isEmpty()) {
            json.writeObjectFieldStart("values");
            for (Objective objective : further) {
                column(
                        json,
                        objective.metric(),
                        entry -> number(json, value(entry.trial().outcome(), objective.metric())));
            }
            json.writeEndObject();
        }
    }

    /** Milliseconds since 1970. */
    private void ends(JsonGenerator json) throws IOException {
        List<Instant> ends = snapshot.known().recording().ends();
        json.writeArrayFieldStart("end");
        for (Instant end : ends.subList(from, from + entries.size())) {
            json.writeNumber(end.toEpochMilli());
        }
        json.writeEndArray();
    }

    private void bests(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("bests");
        for (Best best : snapshot.bests()) {
            if (best.at() >= from) {
                json.writeStartArray();
                json.writeNumber(best.at());
                json.writeNumber(best.trial());
                json.writeNumber(best.value());
                json.writeNumber(best.runs());
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    private void turns(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("turns");
        for (Entry entry : entries) {
            if (entry.turn().isPresent()) {
                turn(json, entry, entry.turn().get());
            }
        }
        json.writeEndArray();
    }

    private void turn(JsonGenerator json, Entry entry, ModelTurn turn) throws IOException {
        json.writeStartObject();
        json.writeNumberField("trial", entry.trial().number());
        json.writeStringField("model", mask.mask(turn.asked().author()));
        json.writeStringField("key", turn.asked().key());
        if (turn.isFallback()) {
            json.writeStringField(turn.overBudget() ? "over" : "fallback", mask.mask(turn.fallback()));
        }
        if (turn.pick().isPresent() && !entry.trial().origin().isModel()) {
            json.writeBooleanField("echo", true);
        }
        json.writeNumberField("rejected", turn.invalid());
        json.writeNumberField("repaired", turn.repairs().size());
        json.writeNumberField("calls", turn.usage().calls());
        json.writeNumberField("in", turn.usage().tokensIn());
        json.writeNumberField("out", turn.usage().tokensOut());
        json.writeFieldName("usd");
        if (turn.usage().usd().isPresent()) {
            json.writeNumber(turn.usage().usd().get());
        } else {
            json.writeNull();
        }
        json.writeFieldName("expected");
        number(json, turn.forecast().value());
        json.writeFieldName("chance");
        number(json, turn.forecast().failure());
        json.writeEndObject();
    }

    /** In the order in which they came up, those first that the study began with. */
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        snapshot.known().spec().space().parameters().forEach(parameter -> names.add(parameter.name()));
        entries.forEach(entry -> names.addAll(entry.trial().config().values().keySet()));
        return names;
    }

    /** The place of an origin among {@link #origins}. */
    static int origin(Origin origin) {
        return ORIGINS.indexOf(origin.label());
    }

    /** The place of an outcome among {@link #statuses}: 0 measured, 1 pruned, from 2 on what has no value that counts, the last a part of a training. */
    static int status(Outcome outcome) {
        return STATUSES.indexOf(
                outcome instanceof Outcome.Failed failed ? failed.reason().label() : outcome.status());
    }

    /** Of an infeasible trial, too: it is shown with its value. */
    private static OptionalDouble value(Outcome outcome) {
        return measured(outcome)
                .map(measured -> OptionalDouble.of(measured.value()))
                .orElse(
                        outcome instanceof Outcome.Pruned pruned
                                ? OptionalDouble.of(pruned.value())
                                : OptionalDouble.empty());
    }

    private static OptionalDouble value(Outcome outcome, String metric) {
        return measured(outcome)
                .flatMap(measured -> Optional.ofNullable(measured.metrics().get(metric)))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private static Optional<Outcome.Measured> measured(Outcome outcome) {
        return outcome instanceof Outcome.Measured measured
                ? Optional.of(measured)
                : outcome instanceof Outcome.Infeasible infeasible
                        ? Optional.of(infeasible.measured())
                        : outcome instanceof Outcome.Partial partial
                                ? Optional.of(partial.measured())
                                : Optional.empty();
    }

    private static OptionalDouble holdout(Outcome outcome) {
        return outcome instanceof Outcome.Measured measured ? measured.holdout() : OptionalDouble.empty();
    }

    private static void number(JsonGenerator json, OptionalDouble number) throws IOException {
        if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
            json.writeNumber(number.getAsDouble());
        } else {
            json.writeNull();
        }
    }

    private void value(JsonGenerator json, Optional<Value> value) throws IOException {
        Object plain = value.<Object>map(Value::plain).orElse("");
        if (value.isEmpty()) {
            json.writeNull();
        } else if (plain instanceof Long number) {
            json.writeNumber(number);
        } else if (plain instanceof Double number) {
            json.writeNumber(number);
        } else if (plain instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(mask.mask(value.get().text()));
        }
    }

    /** The labels of the numbers in column {@code origin}. */
    static List<String> origins() {
        return ORIGINS;
    }

    /** The labels of the numbers in column {@code status}. */
    static List<String> statuses() {
        return STATUSES;
    }
}
