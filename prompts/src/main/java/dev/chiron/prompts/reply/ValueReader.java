package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One value of a reply: found under its parameter's name, understood, and brought onto the parameter's grid. */
final class ValueReader {

    private static final Pattern POWER = Pattern.compile("\\s*2\\s*(?:\\*\\*|\\^)\\s*([0-9]{1,2})\\s*");
    private static final Pattern NUMBER =
            Pattern.compile("\\s*+[+-]?(?:[0-9][0-9_]*+(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]{1,4})?\\s*+");

    /** For whole numbers alone: in a real number the comma may stand for a point. */
    private static final Pattern THOUSANDS = Pattern.compile("\\s*+[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,6}\\s*+");

    private static final int LONGEST_SHOWN = 40;

    private final SearchSpace space;
    private final List<ProgressSchedule> schedules;

    ValueReader(SearchSpace space) {
        this.space = space;
        this.schedules = space.schedules();
    }

    /** A value and the name under which it stood. */
    record Named(String name, JsonNode node) {}

    /** A usable value, perhaps mended; or the problem with it, and then {@code value} means nothing. */
    record Read(Value value, Optional<String> repair, Optional<String> problem) {
        static Read problem(String problem) {
            return new Read(new Value.Flag(false), Optional.empty(), Optional.of(problem));
        }
    }

    /** A value that stands alone, for a parameter of no study yet. */
    static Read of(Parameter parameter, JsonNode node) {
        return read(parameter, new Named(parameter.name(), node));
    }

    /** How many parameters the object names; none for what is no object. */
    long names(JsonNode object) {
        return space.parameters().stream()
                .filter(parameter -> find(object, parameter.name()).isPresent())
                .count();
    }

    /** The value under the parameter's name, or of a schedule's piece in what stands under the schedule's. */
    Optional<Named> find(JsonNode object, String name) {
        Optional<Named> own = under(object, name);
        return own.isPresent() || !ProgressSchedule.isPiece(name)
                ? own
                : under(object, ProgressSchedule.inScript(name)).map(all -> new Named(name, piece(all.node(), name)));
    }

    /** A piece's value of a schedule's: a list has one for each piece, a number is for all, a text is as the script gets it. */
    private JsonNode piece(JsonNode node, String name) {
        ProgressSchedule schedule = schedules.stream()
                .filter(one -> one.pieces().contains(name))
                .findFirst()
                .orElseThrow();
        int index = schedule.pieces().indexOf(name);
        if (node.isArray() && node.size() == schedule.points().size()) {
            return node.path(index);
        }
        return node.isTextual()
                ? schedule.values(node.textValue())
                        .<JsonNode>map(values -> JsonNodeFactory.instance.textNode(
                                values.get(index).text()))
                        .orElse(node)
                : node;
    }

    /** The value under a name, or under the only one that differs from it by case alone. */
    private Optional<Named> under(JsonNode object, String name) {
        if (object.has(name)) {
            return Optional.of(new Named(name, object.path(name)));
        }
        List<Map.Entry<String, JsonNode>> alike = object.properties().stream()
                .filter(field -> field.getKey().strip().equalsIgnoreCase(name))
                .toList();
        boolean another = space.parameters().stream()
                .anyMatch(other -> !other.name().equals(name) && other.name().equalsIgnoreCase(name));
        return alike.size() == 1 && !another
                ? Optional.of(new Named(alike.get(0).getKey(), alike.get(0).getValue()))
                : Optional.empty();
    }

    static Read read(Parameter parameter, Named named) {
        Optional<Value> plain = value(parameter, named.node());
        if (plain.isEmpty() && named.node().isArray() && ProgressSchedule.isPiece(parameter.name())) {
            return Read.problem(ProgressSchedule.inScript(parameter.name())
                    + " must be a list of one value for each of its points, not " + shown(named.node()));
        }
        if (plain.isEmpty()) {
            return Read.problem(parameter.name() + " must be " + parameter.describe() + ", not " + shown(named.node()));
        }
        Value meant = parameter instanceof Parameter.Choice choice ? option(choice, plain.get()) : plain.get();
        Optional<String> problem = parameter.problem(meant);
        if (problem.isPresent()) {
            return Read.problem(problem.get());
        }
        Value nearest = parameter.nearest(meant);
        boolean moved =
                parameter instanceof Parameter.Whole && !nearest.asNumber().equals(meant.asNumber());
        boolean renamed = !named.name().equals(parameter.name()) || !meant.equals(plain.get());
        return new Read(
                nearest,
                moved || renamed
                        ? Optional.of(parameter.name() + " " + shown(named.node()) + " was read as " + nearest.text())
                        : Optional.empty(),
                Optional.empty());
    }

    private static Optional<Value> value(Parameter parameter, JsonNode node) {
        if (node.isNumber()) {
            boolean whole = node.isIntegralNumber() && node.canConvertToLong();
            double number = node.doubleValue();
            return whole
                    ? Optional.of(new Value.Whole(node.longValue()))
                    : Double.isFinite(number) ? Optional.of(new Value.Real(number)) : Optional.empty();
        }
        if (node.isBoolean()) {
            return parameter instanceof Parameter.Choice
                    ? Optional.of(new Value.Flag(node.booleanValue()))
                    : Optional.empty();
        }
        if (node.isTextual()) {
            return parameter instanceof Parameter.Choice
                    ? Optional.of(new Value.Text(node.textValue()))
                    : number(node.textValue(), parameter instanceof Parameter.Whole);
        }
        return Optional.empty();
    }

    private static Optional<Value> number(String text, boolean whole) {
        Matcher power = POWER.matcher(text);
        if (power.matches() && Integer.parseInt(power.group(1)) < 63) {
            return Optional.of(new Value.Whole(1L << Integer.parseInt(power.group(1))));
        }
        boolean plain = NUMBER.matcher(text).matches()
                || (whole && THOUSANDS.matcher(text).matches());
        double number = plain ? Double.parseDouble(text.replaceAll("[_,]", "")) : Double.NaN;
        return Double.isFinite(number) ? Optional.of(new Value.Real(number)) : Optional.empty();
    }

    /** The option that is meant: itself, or the only one whose text is the same but for case. */
    private static Value option(Parameter.Choice choice, Value value) {
        if (choice.problem(value).isEmpty()) {
            return choice.nearest(value);
        }
        List<Value> alike = choice.options().stream()
                .filter(option -> option.text().equalsIgnoreCase(value.text().strip()))
                .toList();
        return alike.size() == 1 ? alike.get(0) : value;
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return Excerpt.of(text, LONGEST_SHOWN) + (text.length() <= LONGEST_SHOWN ? "" : "...");
    }
}
