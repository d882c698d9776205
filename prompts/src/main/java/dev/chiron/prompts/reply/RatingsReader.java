package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.prompts.describe.SurrogatePrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads what a model foretells of numbered candidates. A number that cannot be one says nothing; a reply that leaves out more than half
 * of the candidates is sent back.
 */
public final class RatingsReader {

    private static final String RATINGS = "ratings";
    private static final String CANDIDATE = "candidate";
    private static final String TOP = "top";
    private static final String DEVIATION = "sd";

    private final SurrogatePrompt.Form form;
    private final String field;
    private final int candidates;

    /**
     * For replies to one question.
     *
     * @param candidates how many were to be rated
     */
    public RatingsReader(SurrogatePrompt.Form form, int candidates) {
        this.form = form;
        this.field = form.isOfMarks() ? TOP : ReplySchema.VALUE;
        this.candidates = candidates;
    }

    /** What a reply comes to. */
    public sealed interface Ratings {

        /**
         * Of use.
         *
         * @param all one for each candidate, in order; empty for those it says nothing of
         */
        record Rated(List<Optional<Rating>> all) implements Ratings {
            /** Copies the list. */
            public Rated {
                all = List.copyOf(all);
            }
        }

        /** Of no use, for a reason that the model can act on; one line. */
        record Rejected(String reason) implements Ratings {}
    }

    /** Reads a reply; of several objects the last that rates anything is meant. */
    public Ratings read(String text) {
        String decision = Reasoning.removed(text);
        JsonObjects.Found found = JsonObjects.in(decision.isBlank() ? text : decision);
        List<Optional<Rating>> best = new ArrayList<>();
        long most = 0;
        for (JsonNode object : found.objects()) {
            List<Optional<Rating>> rated = rated(object);
            long count = rated.stream().filter(Optional::isPresent).count();
            if (count > 0 && count >= most) {
                most = count;
                best = rated;
            }
        }
        return most > 0 && 2 * most >= candidates
                ? new Ratings.Rated(best)
                : new Ratings.Rejected(Excerpt.of(reason(text, found, most), ReplyReader.LONGEST_REASON));
    }

    private String reason(String text, JsonObjects.Found found, long most) {
        if (text.isBlank()) {
            return "the reply was empty";
        }
        if (found.cutOff()) {
            return "the JSON object was cut off before its end; answer shortly, with the JSON object alone";
        }
        return found.objects().isEmpty()
                ? "no JSON object was found in the reply"
                : "only " + most + " of " + candidates + " candidates are rated: each needs its number as "
                        + CANDIDATE + " and a number as " + field
                        + (form.isOfMarks() ? ", from 0 to 1" : "");
    }

    /** The candidates' ratings in an object: of the list in it, or of the object itself where one was asked for. */
    private List<Optional<Rating>> rated(JsonNode object) {
        List<JsonNode> elements = new ArrayList<>();
        JsonNode list = object.path(RATINGS).isArray() ? object.path(RATINGS) : firstList(object);
        list.forEach(elements::add);
        if (elements.isEmpty() && candidates == 1) {
            elements.add(object.path(RATINGS).isObject() ? object.path(RATINGS) : object);
        }
        List<Optional<Rating>> rated = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            rated.add(Optional.empty());
        }
        for (int i = 0; i < elements.size(); i++) {
            JsonNode number = elements.get(i).path(CANDIDATE);
            int place = number.isMissingNode() || candidates == 1 ? i : number.asInt(0) - 1;
            Optional<Rating> rating = rating(elements.get(i));
            if (place >= 0 && place < candidates && rating.isPresent()) {
                rated.set(place, rating);
            }
        }
        return rated;
    }

    private static JsonNode firstList(JsonNode object) {
        for (JsonNode child : object) {
            if (child.isArray()) {
                return child;
            }
        }
        return JsonNodeFactory.instance.arrayNode();
    }

    private Optional<Rating> rating(JsonNode element) {
        OptionalDouble value = number(element.path(field));
        if (value.isEmpty() || (form.isOfMarks() && !isChance(value))) {
            return Optional.empty();
        }
        OptionalDouble deviation = number(element.path(DEVIATION));
        OptionalDouble failure = number(element.path(ReplySchema.FAILURE));
        return Optional.of(new Rating(
                value.getAsDouble(),
                deviation.isPresent() && deviation.getAsDouble() >= 0 ? deviation : OptionalDouble.empty(),
                isChance(failure) ? failure : OptionalDouble.empty()));
    }

    private static boolean isChance(OptionalDouble number) {
        return number.isPresent() && number.getAsDouble() >= 0 && number.getAsDouble() <= 1;
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue())
                ? OptionalDouble.of(node.doubleValue())
                : OptionalDouble.empty();
    }

    /** The JSON schema of a reply, as text. */
    public String schema() {
        ObjectNode rating = JsonNodeFactory.instance.objectNode();
        rating.set(CANDIDATE, JsonNodeFactory.instance.objectNode().put("type", "integer"));
        ObjectNode value = ReplySchema.number();
        rating.set(field, form.isOfMarks() ? value.put("minimum", 0).put("maximum", 1) : value);
        if (form == SurrogatePrompt.Form.SPREAD) {
            rating.set(DEVIATION, ReplySchema.number().put("minimum", 0));
            rating.set(
                    ReplySchema.FAILURE, ReplySchema.number().put("minimum", 0).put("maximum", 1));
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putObject(RATINGS).put("type", "array").set("items", ReplySchema.object(rating));
        return ReplySchema.object(all).toString();
    }
}
