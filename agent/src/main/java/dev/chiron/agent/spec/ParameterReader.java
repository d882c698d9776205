package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one parameter: {@code { type: float, low: 0.005, high: 0.2, log: true, default: 0.04 }}. */
final class ParameterReader {

    static final String WHEN = "when";
    private static final String SCHEDULE = ScheduleReader.SCHEDULE;

    static final Map<String, List<String>> KEYS = keys();
    private static final List<String> ALL = List.of(
            "type",
            "low",
            "high",
            "log",
            "step",
            "powers_of_two",
            "options",
            "ordered",
            "default",
            "prior",
            WHEN,
            SCHEDULE);

    private static final String AROUND = "around-default";
    private static final double NARROWEST = 0.001; // narrower is a fixed value

    private final String name;
    private final Section section;
    private final Optional<ProgressSchedule> schedule;

    private ParameterReader(String name, Section section, Optional<ProgressSchedule> schedule) {
        this.name = name;
        this.section = section;
        this.schedule = schedule;
    }

    /** One for what is tuned of that name: the parameter itself, or each piece of its schedule. */
    static List<ParameterReader> of(String name, Entry entry) {
        Section section = entry.section("{ type: float, low: 0.001, high: 0.1, log: true }")
                .only(ALL);
        Optional<ProgressSchedule> schedule = new ScheduleReader(name, section).read();
        return schedule.map(ProgressSchedule::pieces).orElse(List.of(name)).stream()
                .map(piece -> new ParameterReader(piece, section, schedule))
                .toList();
    }

    private static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("int", List.of("low", "high", "log", "step", "powers_of_two", "default", "prior", WHEN, SCHEDULE));
        keys.put("float", List.of("low", "high", "log", "default", "prior", WHEN, SCHEDULE));
        keys.put("choice", List.of("options", "ordered", "default", "prior", WHEN));
        keys.put("bool", List.of("default", "prior", WHEN));
        return keys;
    }

    Parameter read() {
        String type = section.need("type", "type: float").scalar().oneOf(List.copyOf(KEYS.keySet()));
        List<String> known = KEYS.getOrDefault(type, List.of());
        for (String key : section.keys()) {
            if (!key.equals("type") && !known.contains(key)) {
                throw get(key).bad("does not go with type " + type + ", which takes " + String.join(", ", known));
            }
        }
        return switch (type) {
            case "int" -> whole();
            case "float" -> real();
            case "choice" -> choice();
            default -> new Parameter.Choice(name, List.of(new Value.Flag(false), new Value.Flag(true)), false);
        };
    }

    /** The parameter's value where the search starts, if it is written. */
    Optional<Value> start(Parameter parameter) {
        return section.find("default").map(this::given).map(given -> {
            Value value = given.getValue();
            parameter.problem(value).ifPresent(problem -> {
                throw given.getKey().bad(problem + "; change the default or the range");
            });
            offGrid(parameter, value).ifPresent(problem -> {
                throw given.getKey().bad(problem);
            });
            return parameter.nearest(value);
        });
    }

    private Map.Entry<Place, Value> given(Entry entry) {
        return schedule.map(pieces -> ScheduleReader.piece(pieces, name, entry)).orElseGet(() -> {
            Scalar scalar = entry.scalar();
            return Map.entry(scalar.place(), scalar.value());
        });
    }

    /** Under which conditions the parameter is active, if any are written; other parameters are needed to read them. */
    Optional<Entry> when() {
        return section.find(WHEN);
    }

    /** What is written about where the best value lies: within some width of the start, or anywhere. */
    record WrittenPrior(Optional<Double> width) {}

    /** The parameter's prior, if it is written. */
    Optional<WrittenPrior> prior(Parameter parameter) {
        return section.find("prior").map(Entry::scalar).map(text -> {
            if (text.isNone()) {
                return new WrittenPrior(Optional.empty());
            }
            boolean around = !text.quoted() && text.text().equals(AROUND);
            boolean onLine = !(parameter instanceof Parameter.Choice choice) || choice.ordered();
            if (!around && (!onLine || text.value().asNumber().isEmpty())) {
                throw text.bad(text.shown() + " is no prior; write " + AROUND + " or none"
                        + (onLine ? ", or a width as a share of the range, such as 0.1" : ""));
            }
            return new WrittenPrior(Optional.of(around ? Prior.AROUND : text.number(NARROWEST, 1)));
        });
    }

    /** A prior's width as it is written; an unordered choice has none. */
    static String text(Parameter parameter, double width) {
        boolean onLine = !(parameter instanceof Parameter.Choice choice) || choice.ordered();
        return onLine ? Double.toString(width) : AROUND;
    }

    /** Says so if a whole number is not one of the parameter's. */
    static Optional<String> offGrid(Parameter parameter, Value value) {
        Value nearest = parameter.nearest(value);
        boolean off =
                parameter instanceof Parameter.Whole && !nearest.asNumber().equals(value.asNumber());
        return off
                ? Optional.of(value.text() + " is none of the values (" + parameter.describe() + "); the nearest is "
                        + nearest.text())
                : Optional.empty();
    }

    private Parameter real() {
        Scalar low = need("low");
        Scalar high = need("high");
        boolean log = flag("log");
        if (!(low.number() <= high.number())) {
            throw above(low, high);
        }
        if (log && low.number() <= 0) {
            throw low.bad(low.shown() + " cannot be on a log scale; raise it above 0, or remove log");
        }
        if (Double.isInfinite(high.number() - low.number())) {
            throw high.bad("the range is too wide");
        }
        return new Parameter.Real(name, low.number(), high.number(), log);
    }

    private Parameter whole() {
        Scalar low = need("low");
        Scalar high = need("high");
        boolean log = flag("log");
        boolean powers = flag("powers_of_two");
        long step = section.find("step").map(Entry::scalar).map(Scalar::whole).orElse(1L);
        if (low.whole() > high.whole()) {
            throw above(low, high);
        }
        if ((log || powers) && low.whole() < 1) {
            throw low.bad(low.shown() + " cannot be on a log scale; raise it above 0, or remove "
                    + (log ? "log" : "powers_of_two"));
        }
        if (step < 1) {
            throw get("step").bad(get("step").shown() + " is not 1 or more");
        }
        if (powers && step != 1) {
            throw get("step").bad("does not go with powers_of_two; remove one of them");
        }
        for (Scalar end : powers ? List.of(low, high) : List.<Scalar>of()) {
            if (Long.bitCount(end.whole()) != 1) {
                throw end.bad(end.shown() + " is not a power of two; " + Long.highestOneBit(end.whole()) + " is");
            }
        }
        if (high.whole() - low.whole() < 0) {
            throw high.bad("the range is too wide");
        }
        if (step > high.whole() - low.whole() && low.whole() < high.whole()) {
            throw get("step").bad(get("step").shown() + " leaves only one value; lower it, or widen the range");
        }
        try {
            return new Parameter.Whole(name, low.whole(), high.whole(), log, step, powers);
        } catch (IllegalArgumentException e) {
            throw high.bad(String.valueOf(e.getMessage()));
        }
    }

    private Parameter choice() {
        Entry entry = section.need("options", "options: [small, large]");
        List<Value> options = new ArrayList<>();
        for (Entry item : entry.list("[small, large]")) {
            Value option = item.scalar().value();
            boolean twice = options.stream()
                    .anyMatch(other -> other.equals(option)
                            || (option.asNumber().isPresent()
                                    && other.asNumber().equals(option.asNumber())));
            if (twice) {
                throw item.scalar().bad(item.scalar().shown() + " is given twice; keep one of them");
            }
            options.add(option);
        }
        if (options.isEmpty()) {
            throw entry.place().bad("a choice needs an option");
        }
        return new Parameter.Choice(name, options, flag("ordered"));
    }

    private static RuntimeException above(Scalar low, Scalar high) {
        return low.bad(low.text() + " is above high " + high.text() + "; swap them, or widen the range");
    }

    private Scalar need(String key) {
        return section.need(key, key + ": 1").scalar();
    }

    private Scalar get(String key) {
        return section.need(key, "").scalar();
    }

    private boolean flag(String key) {
        return section.find(key).map(Entry::scalar).map(Scalar::flag).orElse(false);
    }
}
