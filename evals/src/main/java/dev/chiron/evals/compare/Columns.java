package dev.chiron.evals.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.agent.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The lists of a run's line, one element a trial, checked while they are read. */
final class Columns {

    private static final double ROUNDING = 1e-9;

    private final String where;
    private final JsonNode line;

    /** @param where what to call the line in a message */
    Columns(String where, JsonNode line) {
        this.where = where;
        this.line = line;
    }

    /** @throws BadInput unless it is so */
    void require(boolean isSo, String key, JsonNode found, String wanted) {
        if (!isSo) {
            String text = found.isMissingNode() ? "nothing" : found.toString();
            throw new BadInput(where + " has under " + key + " "
                    + (text.length() <= 60 ? text : text.substring(0, 60) + "...") + ": it must be " + wanted);
        }
    }

    static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.asDouble());
    }

    /** A number that may be missing. */
    OptionalDouble number(String key) {
        return number(key, line.path(key));
    }

    private OptionalDouble number(String key, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return OptionalDouble.empty();
        }
        require(isFinite(node), key, node, "a number or null");
        return OptionalDouble.of(node.asDouble());
    }

    /** Numbers and nulls. */
    List<OptionalDouble> numbers(String key) {
        List<OptionalDouble> numbers = new ArrayList<>();
        line.path(key).forEach(node -> numbers.add(number(key, node)));
        return numbers;
    }

    /** So many of them. */
    List<OptionalDouble> numbers(String key, int count) {
        count(key, count);
        return numbers(key);
    }

    List<String> texts(String key, int count) {
        count(key, count);
        List<String> texts = new ArrayList<>();
        for (JsonNode node : line.path(key)) {
            require(node.isTextual(), key, node, "text");
            texts.add(node.asText());
        }
        return texts;
    }

    /** Places in the unit cube, all of as many coordinates. */
    List<List<Double>> points(String key, int count) {
        count(key, count);
        List<List<Double>> points = new ArrayList<>();
        for (JsonNode node : line.path(key)) {
            List<Double> point = new ArrayList<>();
            for (JsonNode coordinate : node) {
                boolean isInside = isFinite(coordinate) && Math.abs(coordinate.asDouble() - 0.5) <= 0.5 + ROUNDING;
                require(isInside, key, coordinate, "from 0 to 1");
                point.add(coordinate.asDouble());
            }
            require(
                    points.isEmpty() || point.size() == points.get(0).size(),
                    key,
                    node,
                    "a list as long as the others");
            points.add(point);
        }
        return points;
    }

    private void count(String key, int count) {
        require(
                line.path(key).size() == count,
                key,
                line.path(key),
                "a list of " + count + ", one element for each of the values");
    }
}
