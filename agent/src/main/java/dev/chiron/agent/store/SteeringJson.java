package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A steering as a JSON object, in the journal and in events: what it is, and its fields. */
public final class SteeringJson {

    private SteeringJson() {}

    /** The steering's object, with its number and its text. */
    public static ObjectNode write(Taken taken) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("number", taken.number());
        object.put("trials", taken.trials());
        object.setAll(write(taken.steering()));
        return object;
    }

    private static ObjectNode write(Steering steering) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (steering instanceof Steering.Try wish) {
            object.put("what", "try").put("origin", wish.origin().label());
            object.set("config", EntryJson.config(wish.config()));
            object.put("again", wish.again()).put("author", wish.author()).put("why", wish.why());
        } else if (steering instanceof Steering.Told told) {
            object.put("what", "tell").put("origin", told.origin().label());
            object.set("config", EntryJson.config(told.config()));
            object.put("status", told.outcome().status());
            EntryJson.writeOutcome(told.outcome(), object);
            object.put("author", told.author()).put("why", told.why());
        } else if (steering instanceof Steering.Edit edit) {
            object.put("what", "edit").put("origin", edit.origin().label());
            EntryJson.writeScript(edit.change().script(), object);
            object.set("config", EntryJson.config(edit.change().config()));
            object.put("author", edit.author());
        } else if (steering instanceof Steering.Note note) {
            object.put("what", "note").put("text", note.text());
        } else if (steering instanceof Steering.Forget) {
            object.put("what", "forget");
        } else if (steering instanceof Steering.Pin pin) {
            object.put("what", "pin").put("parameter", pin.parameter());
            object.set("value", EntryJson.value(pin.value()));
        } else if (steering instanceof Steering.Unpin unpin) {
            object.put("what", "unpin").put("parameter", unpin.parameter());
        } else if (steering instanceof Steering.Range range) {
            object.put("what", "range").put("parameter", range.parameter());
            object.set("low", EntryJson.value(range.low()));
            object.set("high", EntryJson.value(range.high()));
        } else if (steering instanceof Steering.Options options) {
            object.put("what", "options").put("parameter", options.parameter());
            ArrayNode array = object.putArray("options");
            options.options().forEach(option -> array.add(EntryJson.value(option)));
        } else if (steering instanceof Steering.Ban ban) {
            object.put("what", "ban").put("comparison", ban.comparison());
        } else if (steering instanceof Steering.Add add) {
            object.put("what", "add").put("parameter", add.parameter()).put("definition", add.definition());
        } else if (steering instanceof Steering.Drop drop) {
            object.put("what", "drop").put("parameter", drop.parameter());
        } else if (steering instanceof Steering.Share share) {
            object.put("what", "share");
            share.share().ifPresent(value -> object.put("share", value));
        } else if (steering instanceof Steering.Model model) {
            object.put("what", "model").put("models", model.models());
        } else if (steering instanceof Steering.Limit limit) {
            object.put("what", "budget");
            limit.trials().ifPresent(trials -> object.put("trials_allowed", trials));
            limit.trainTime().ifPresent(time -> object.put("train_seconds", EntryJson.seconds(time)));
            limit.llmUsd().ifPresent(usd -> object.put("llm_usd", usd));
        } else if (steering instanceof Steering.Undo undo) {
            object.put("what", "undo").put("of", undo.number());
        } else {
            throw new AssertionError(steering);
        }
        return object;
    }

    /**
     * The steering of an object that {@link #write(Taken)} made.
     *
     * @param variants the edited scripts of the study
     * @throws IllegalArgumentException naming what is unknown
     */
    static Taken read(JsonNode object, Variants variants) {
        return new Taken(object.path("number").asInt(), object.path("trials").asInt(), steering(object, variants));
    }

    private static Steering steering(JsonNode object, Variants variants) {
        String parameter = object.path("parameter").asText();
        String what = object.path("what").asText();
        return switch (what) {
            case "try" ->
                new Steering.Try(
                        EntryJson.readConfig(object.path("config")),
                        object.path("again").asBoolean(),
                        origin(object),
                        object.path("author").asText(),
                        object.path("why").asText());
            case "tell" ->
                new Steering.Told(
                        EntryJson.readConfig(object.path("config")),
                        EntryJson.readOutcome(object),
                        object.path("author").asText(),
                        object.path("why").asText());
            case "edit" ->
                new Steering.Edit(
                        EntryJson.readEdit(object, variants),
                        origin(object),
                        object.path("author").asText());
            case "note" -> new Steering.Note(object.path("text").asText());
            case "forget" -> new Steering.Forget();
            case "pin" -> new Steering.Pin(parameter, EntryJson.readValue(object.path("value")));
            case "unpin" -> new Steering.Unpin(parameter);
            case "range" ->
                new Steering.Range(
                        parameter, EntryJson.readValue(object.path("low")), EntryJson.readValue(object.path("high")));
            case "options" -> new Steering.Options(parameter, values(object.path("options")));
            case "ban" -> new Steering.Ban(object.path("comparison").asText());
            case "add" -> new Steering.Add(parameter, object.path("definition").asText());
            case "drop" -> new Steering.Drop(parameter);
            case "share" -> new Steering.Share(number(object.path("share")));
            case "model" -> new Steering.Model(object.path("models").asText());
            case "budget" ->
                new Steering.Limit(
                        object.has("trials_allowed")
                                ? OptionalInt.of(object.path("trials_allowed").asInt())
                                : OptionalInt.empty(),
                        number(object.path("train_seconds")).stream()
                                .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
                                .findFirst(),
                        number(object.path("llm_usd")));
            case "undo" -> new Steering.Undo(object.path("of").asInt());
            default ->
                throw new IllegalArgumentException("a steering that this version of Chiron does not know: " + what);
        };
    }

    private static Origin origin(JsonNode object) {
        return Origin.labelled(object.path("origin").asText())
                .orElseThrow(() -> new IllegalArgumentException("unknown origin " + object.path("origin")));
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }

    private static List<Value> values(JsonNode array) {
        List<Value> values = new ArrayList<>();
        array.forEach(value -> values.add(EntryJson.readValue(value)));
        return values;
    }
}
