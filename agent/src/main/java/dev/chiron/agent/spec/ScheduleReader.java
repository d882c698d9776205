package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.ProgressSchedule.Shape;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads at which points of a run a parameter has a value of its own: {@code schedule: { pieces: 4, shape: steps }} or
 * {@code schedule: { at: [0, 0.05, 1], shape: linear }}; a number alone is that of the pieces, in steps.
 */
final class ScheduleReader {

    static final String SCHEDULE = "schedule";

    private static final String EXAMPLE = "{ pieces: 4, shape: steps }";
    private static final String POINTS = "[0, 0.1, 1]";
    private static final String PIECES = "pieces";
    static final String AT = "at";
    static final String SHAPE = "shape";
    private static final int MOST = 20; // each is a dimension of the search

    private final String name;
    private final Section parameter;

    /** @param parameter all that is written of it */
    ScheduleReader(String name, Section parameter) {
        this.name = name;
        this.parameter = parameter;
    }

    /** The parameter's schedule; empty for one that keeps its value. */
    Optional<ProgressSchedule> read() {
        return parameter.find(SCHEDULE).map(entry -> {
            if (entry.isScalar()) {
                return ProgressSchedule.even(name, pieces(entry), Shape.STEPS);
            }
            Section section = entry.section(EXAMPLE).only(List.of(PIECES, AT, SHAPE));
            Shape shape = section.find(SHAPE).map(this::shape).orElse(Shape.STEPS);
            Optional<Entry> at = section.find(AT);
            if (at.isEmpty()) {
                return ProgressSchedule.even(name, pieces(section.need(PIECES, SCHEDULE + ": " + EXAMPLE)), shape);
            }
            section.find(PIECES).ifPresent(pieces -> {
                throw pieces.place().bad("does not go with at, which says how many there are; remove one of them");
            });
            return points(at.get(), shape);
        });
    }

    private static int pieces(Entry entry) {
        return entry.scalar().count(2, MOST);
    }

    private Shape shape(Entry entry) {
        String word =
                entry.scalar().oneOf(Stream.of(Shape.values()).map(Shape::label).toList());
        boolean isLinear = word.equals(Shape.LINEAR.label());
        boolean isWhole = parameter
                .find("type")
                .filter(type -> type.isScalar() && type.scalar().text().equals("int"))
                .isPresent();
        if (isLinear && isWhole) {
            throw entry.place().bad("on the line between two whole numbers lie fractions; write shape: steps");
        }
        return isLinear ? Shape.LINEAR : Shape.STEPS;
    }

    private ProgressSchedule points(Entry at, Shape shape) {
        List<Entry> entries = at.list(POINTS);
        if (entries.size() > MOST) {
            throw at.place().bad("a schedule has at most " + MOST + " points, each of which is searched");
        }
        entries.forEach(entry -> entry.scalar().number(0, 1));
        ProgressSchedule schedule;
        try {
            schedule = new ProgressSchedule(
                    name,
                    entries.stream()
                            .map(entry -> Double.toString(entry.scalar().number()))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw at.place().bad(e.getMessage() + "; for example " + POINTS);
        }
        if (schedule.shape() != shape) {
            throw at.place()
                    .bad(
                            shape == Shape.STEPS
                                    ? "a step at 1, where the run ends, would never count; remove it, or write shape: linear"
                                    : "the last point of a line is 1, where the run ends; add it, or write shape: steps");
        }
        return schedule;
    }

    /**
     * The value that is written for one piece: one number is for all, a list has one for each, and a text is as a script gets it.
     *
     * @param piece the parameter's name
     */
    static Map.Entry<Place, Value> piece(ProgressSchedule schedule, String piece, Entry written) {
        int index = schedule.pieces().indexOf(piece);
        if (written.isList()) {
            List<Entry> list = written.list("[0.1, 0.01]");
            if (list.size() != schedule.points().size()) {
                throw written.place()
                        .bad("has " + list.size() + " values for the "
                                + schedule.points().size()
                                + " points of the schedule; give one for each, or one number for all");
            }
            Entry own = list.get(index);
            return Map.entry(own.place(), own.scalar().value());
        }
        Scalar scalar = written.scalar();
        return Map.entry(
                scalar.place(),
                schedule.values(scalar.value())
                        .orElseThrow(() -> scalar.bad(scalar.shown() + " is no value for the points "
                                + String.join(", ", schedule.points()) + " in "
                                + schedule.shape().label()
                                + "; write a number, or a list of "
                                + schedule.points().size()))
                        .get(index));
    }
}
