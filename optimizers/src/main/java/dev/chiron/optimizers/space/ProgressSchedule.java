package dev.chiron.optimizers.space;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A number of a script that changes while it runs: a value at each of some points of its progress. Each of them, a piece, is a
 * parameter of its own, which optimizers see as any other: {@code LR@0}, {@code LR@0.5}. So the names of the pieces say all that
 * there is to know of a schedule, wherever they stand: its name, its points and its shape.
 *
 * @param name the name in the script
 * @param points in [0, 1], at least two, ascending, the first {@code 0}; as texts without needless digits
 */
public record ProgressSchedule(String name, List<String> points) {

    /** What stands between the name and a point in a piece's name, and in no other parameter's. */
    public static final String AT = "@";

    private static final String END = "1";
    private static final Pattern WRITTEN = Pattern.compile("(steps|linear)\\((.*)\\)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final String NOT_ASCENDING = "the points of a schedule begin at 0, ascend, and do not go beyond 1: ";

    /** What holds between two points. */
    public enum Shape {
        /** The value of the point before, until the next; so there is none at the end. */
        STEPS("steps"),
        /** The line between both; so there is a point at the end. */
        LINEAR("linear");

        private final String label;

        Shape(String label) {
            this.label = label;
        }

        /** The word for it in files and in a script. */
        public String label() {
            return label;
        }
    }

    /** @throws IllegalArgumentException if the points are none of a schedule */
    public ProgressSchedule {
        points = points.stream().map(ProgressSchedule::point).toList();
        if (points.size() < 2) {
            throw new IllegalArgumentException("a schedule has at least two points: " + points);
        }
        List<BigDecimal> places = points.stream().map(BigDecimal::new).toList();
        boolean ascends = IntStream.range(1, places.size())
                .allMatch(i -> places.get(i - 1).compareTo(places.get(i)) < 0);
        if (!ascends
                || places.get(0).signum() != 0
                || places.get(places.size() - 1).compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(NOT_ASCENDING + points);
        }
    }

    /** A point without needless digits. */
    private static String point(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Points with the same way between them: of four pieces 0, 0.25, 0.5, 0.75 in steps, and 0, 0.333, 0.667, 1 for lines. */
    public static ProgressSchedule even(String name, int pieces, Shape shape) {
        int ways = shape == Shape.LINEAR ? pieces - 1 : pieces;
        return new ProgressSchedule(
                name,
                IntStream.range(0, pieces)
                        .mapToObj(i -> Numbers.text((double) i / ways, 3))
                        .toList());
    }

    /** The schedule that a text of a script writes out; empty for any other text, and for a number. */
    public static Optional<ProgressSchedule> written(String name, String text) {
        Matcher written = WRITTEN.matcher(text.replaceAll("\\s", ""));
        if (!written.matches()) {
            return Optional.empty();
        }
        List<String> points = Stream.of(written.group(2).split(",", -1))
                .map(pair -> pair.split(":", -1)[0])
                .toList();
        if (!points.stream().allMatch(point -> NUMBER.matcher(point).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProgressSchedule(name, points))
                    .filter(schedule -> schedule.values(text).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // points that none has
        }
    }

    /** Whether a parameter is a piece of a schedule. */
    public static boolean isPiece(String parameter) {
        return parameter.contains(AT);
    }

    /** What the script calls a parameter: for a piece the name of its schedule. */
    public static String inScript(String parameter) {
        return isPiece(parameter) ? parameter.substring(0, parameter.indexOf(AT)) : parameter;
    }

    /** The schedules of which these parameters are the pieces, in their order. */
    public static List<ProgressSchedule> in(Collection<String> parameters) {
        Map<String, List<String>> points = new LinkedHashMap<>();
        parameters.stream()
                .filter(ProgressSchedule::isPiece)
                .forEach(piece -> points.computeIfAbsent(inScript(piece), name -> new ArrayList<>())
                        .add(piece.substring(piece.indexOf(AT) + 1)));
        return points.entrySet().stream()
                .map(schedule -> new ProgressSchedule(schedule.getKey(), schedule.getValue()))
                .toList();
    }

    /** The names of its pieces, in order. */
    public List<String> pieces() {
        return points.stream().map(point -> name + AT + point).toList();
    }

    /** Its pieces with these values, one for each, in order. */
    public Map<String, Value> assigned(List<Value> values) {
        Map<String, Value> assigned = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            assigned.put(name + AT + points.get(i), values.get(i));
        }
        return assigned;
    }

    /** What holds between its points, as the last of them tells. */
    public Shape shape() {
        return points.get(points.size() - 1).equals(END) ? Shape.LINEAR : Shape.STEPS;
    }

    /**
     * Its values in one text, as a script gets them: {@code steps(0:0.1,0.5:0.01)}, or {@code 0.1} where they are all the same.
     *
     * @param values a number for each point
     */
    public String text(List<Value> values) {
        return text(values, ProgressSchedule::number);
    }

    private String text(List<Value> values, Function<Value, String> number) {
        return values.stream().distinct().count() == 1
                ? number.apply(values.get(0))
                : IntStream.range(0, points.size())
                        .mapToObj(i -> points.get(i) + ":" + number.apply(values.get(i)))
                        .collect(Collectors.joining(",", shape().label() + "(", ")"));
    }

    /** As short as exact. */
    private static String number(Value value) {
        return value instanceof Value.Real real ? Numbers.text(real.number()) : value.text();
    }

    /** How {@link #text} may look, for messages. */
    public String example() {
        return points.stream()
                .map(point -> point + ":" + (point.equals(points.get(0)) ? "0.1" : "0.01"))
                .collect(Collectors.joining(",", shape().label() + "(", ")"));
    }

    /**
     * The values that a text gives to the points: one number for all of them, or what {@link #text} writes. Empty for any other text, and
     * for a schedule of other points.
     */
    public Optional<List<Value>> values(String text) {
        String stripped = text.replaceAll("\\s", "");
        if (NUMBER.matcher(stripped).matches()) {
            return finite(points.stream().map(point -> stripped).toList());
        }
        Matcher written = WRITTEN.matcher(stripped);
        if (!written.matches() || !written.group(1).equals(shape().label())) {
            return Optional.empty();
        }
        String[] pairs = written.group(2).split(",", -1);
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < pairs.length; i++) {
            String[] pair = pairs[i].split(":", -1);
            boolean isNext = i < points.size()
                    && pair.length == 2
                    && NUMBER.matcher(pair[0]).matches()
                    && NUMBER.matcher(pair[1]).matches()
                    && point(pair[0]).equals(points.get(i));
            if (!isNext) {
                return Optional.empty();
            }
            numbers.add(pair[1]);
        }
        return numbers.size() == points.size() ? finite(numbers) : Optional.empty();
    }

    /** The same of a value: a number is for all of the points. */
    public Optional<List<Value>> values(Value value) {
        if (value instanceof Value.Text text) {
            return values(text.text());
        }
        return value.asNumber().isPresent()
                ? Optional.of(points.stream().map(point -> value).toList())
                : Optional.empty();
    }

    private static Optional<List<Value>> finite(List<String> numbers) {
        return numbers.stream().allMatch(number -> Double.isFinite(Double.parseDouble(number)))
                ? Optional.of(numbers.stream().map(ProgressSchedule::value).toList())
                : Optional.empty();
    }

    private static Value value(String number) {
        return number.matches("[+-]?\\d{1,18}")
                ? new Value.Whole(Long.parseLong(number))
                : new Value.Real(Double.parseDouble(number));
    }

    /**
     * The value that a script has for a parameter: its constant of that name, or of a schedule's constant what it gives to this piece.
     * Empty where there is none, and where a schedule's holds something else.
     *
     * @param schedules those of the space
     * @param constants the script's, by name
     */
    public static Optional<Value> ofScript(
            String parameter, List<ProgressSchedule> schedules, Function<String, Optional<Value>> constants) {
        Optional<Value> constant = constants.apply(inScript(parameter));
        if (!isPiece(parameter)) {
            return constant;
        }
        return schedules.stream()
                .filter(schedule -> schedule.pieces().contains(parameter))
                .findFirst()
                .flatMap(schedule -> constant.flatMap(schedule::values)
                        .map(values -> values.get(schedule.pieces().indexOf(parameter))));
    }

    /** A config as its script gets it: in place of its pieces each schedule, as a text. */
    public static Config inScript(Config config) {
        return joined(config, ProgressSchedule::number);
    }

    /** The same for people: real numbers rounded to so many significant digits, in schedules as elsewhere. */
    public static Map<String, String> shown(Config config, int digits) {
        UnaryOperator<Value> rounded =
                value -> value instanceof Value.Real real ? new Value.Text(Numbers.text(real.number(), digits)) : value;
        Map<String, String> shown = new LinkedHashMap<>();
        joined(config, value -> rounded.apply(value).text())
                .values()
                .forEach((name, value) -> shown.put(name, rounded.apply(value).text()));
        return shown;
    }

    private static Config joined(Config config, Function<Value, String> number) {
        Map<String, Value> values = config.values();
        List<ProgressSchedule> schedules = in(values.keySet());
        if (schedules.isEmpty()) {
            return config;
        }
        Map<String, Value> joined = new LinkedHashMap<>();
        values.forEach((name, value) -> joined.put(inScript(name), value)); // each at the place of its first piece
        for (ProgressSchedule schedule : schedules) {
            List<Value> all = schedule.pieces().stream().map(config::get).toList();
            joined.put(schedule.name(), new Value.Text(schedule.text(all, number)));
        }
        return Config.of(joined);
    }
}
