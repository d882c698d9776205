package dev.chiron.prompts.facts;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * What is known of a study: which quantities it tunes, their values in one config, numbers that a person has given, and the
 * words of the task. Immutable.
 */
public final class Known {

    private static final String OTHER = "[^a-z0-9]+";

    private final Map<Quantity, List<Tuned>> tuned;
    private final Map<Quantity, Double> given;
    private final String words;

    /** A parameter whose name says what it is, with the ends of its range, and whether it could have another value. */
    private record Tuned(String name, OptionalDouble value, List<Double> ends, DoublePredicate allowed) {
        Optional<Step> to(double other) {
            double from = value.orElse(0);
            return from > 0 && other > 0 && other != from && allowed.test(other)
                    ? Optional.of(new Step(PlainText.line(name), from, other))
                    : Optional.empty();
        }
    }

    /**
     * A move of one parameter.
     *
     * @param name the parameter's
     * @param from its value
     * @param to another value that it could have
     */
    record Step(String name, double from, double to) {
        double ratio() {
            return to / from;
        }
    }

    private Known(Map<Quantity, List<Tuned>> tuned, Map<Quantity, Double> given, String words) {
        this.tuned = tuned;
        this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        this.words = words;
    }

    /**
     * Of a study.
     *
     * @param text what is said of the task
     * @param config whose values count: the incumbent's or the baseline's
     * @param given numbers above 0 that a person has given; what the study tunes counts for more
     */
    public static Known of(String text, SearchSpace space, Config config, Map<Quantity, Double> given) {
        Map<Quantity, List<Tuned>> tuned = new EnumMap<>(Quantity.class);
        StringBuilder said = new StringBuilder(text);
        for (Parameter parameter : space.parameters()) {
            boolean isSgds = parameter.name().toLowerCase(Locale.ROOT).equals("momentum"); // Adam's is called beta1
            said.append(' ').append(parameter.name()).append(isSgds ? " sgd" : "");
            if (parameter instanceof Parameter.Choice choice) {
                choice.options().forEach(option -> said.append(' ').append(option.text()));
            }
            OptionalDouble value =
                    config.find(parameter.name()).map(Value::asNumber).orElse(OptionalDouble.empty());
            add(tuned, new Tuned(parameter.name(), value, ends(parameter), to -> allows(parameter, to)));
        }
        return new Known(tuned, given, normal(said.toString()));
    }

    /** Of the constants of a script, whose ranges are not known yet. */
    public static Known of(String script, Map<String, Value> constants) {
        Map<Quantity, List<Tuned>> tuned = new EnumMap<>(Quantity.class);
        new LinkedHashMap<>(constants)
                .forEach((name, value) -> add(tuned, new Tuned(name, value.asNumber(), List.of(), to -> true)));
        return new Known(tuned, new EnumMap<>(Quantity.class), normal(script));
    }

    private static void add(Map<Quantity, List<Tuned>> all, Tuned one) {
        Quantity.of(one.name())
                .ifPresent(quantity ->
                        all.computeIfAbsent(quantity, none -> new ArrayList<>()).add(one));
    }

    private static List<Double> ends(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return List.of(real.low(), real.high());
        }
        return parameter instanceof Parameter.Whole whole
                ? List.of((double) whole.low(), (double) whole.high())
                : List.of();
    }

    private static boolean allows(Parameter parameter, double to) {
        boolean whole = to == Math.rint(to);
        return (whole && parameter.problem(new Value.Whole((long) to)).isEmpty())
                || parameter.problem(new Value.Real(to)).isEmpty();
    }

    /** In lower case, everything but letters and digits a single space, one at each end. */
    private static String normal(String text) {
        return (" " + text.toLowerCase(Locale.ROOT) + " ").replaceAll(OTHER, " ");
    }

    /** Whether a word or several in a row stand in the text of the task or in the names of its parameters. */
    boolean says(String phrase) {
        return words.contains(" " + phrase + " ");
    }

    boolean tunes(Quantity quantity) {
        return tuned.containsKey(quantity);
    }

    /** The names of the parameters that are this. */
    List<String> names(Quantity quantity) {
        return tuned.getOrDefault(quantity, List.of()).stream()
                .map(one -> PlainText.line(one.name()))
                .toList();
    }

    /** The name of the first parameter that is this, else what it is called. */
    String name(Quantity quantity) {
        return names(quantity).stream().findFirst().orElse(quantity.words());
    }

    /**
     * The value in the config, else the number that was given, else what follows from others; never 0 or less. Of the weights what follows counts for
     * more where the study tunes their depth or width.
     */
    OptionalDouble value(Quantity quantity) {
        OptionalDouble own = tuned.getOrDefault(quantity, List.of()).stream()
                .map(Tuned::value)
                .findFirst()
                .orElse(OptionalDouble.empty());
        boolean follows = quantity == Quantity.PARAMS
                && (tunes(Quantity.DEPTH) || tunes(Quantity.WIDTH) || tunes(Quantity.ASPECT));
        OptionalDouble derived = derived(quantity);
        if (own.isEmpty() && follows && derived.isPresent()) {
            return derived; // a number that was given holds for one config of many
        }
        double number = own.orElse(given.getOrDefault(quantity, 0.0));
        return number > 0 ? OptionalDouble.of(number) : derived;
    }

    private OptionalDouble derived(Quantity quantity) {
        return switch (quantity) {
            case WIDTH -> {
                OptionalDouble byShape = product(Quantity.ASPECT, Quantity.DEPTH);
                yield byShape.isPresent() ? byShape : product(Quantity.HEADS, Quantity.HEAD_WIDTH);
            }
            case PARAMS -> {
                OptionalDouble depth = value(Quantity.DEPTH);
                OptionalDouble width = value(Quantity.WIDTH);
                yield depth.isPresent() && width.isPresent()
                        ? OptionalDouble.of(Laws.params(depth.getAsDouble(), width.getAsDouble()))
                        : OptionalDouble.empty();
            }
            default -> OptionalDouble.empty();
        };
    }

    private OptionalDouble product(Quantity one, Quantity other) {
        OptionalDouble first = value(one);
        OptionalDouble second = value(other);
        return first.isPresent() && second.isPresent()
                ? OptionalDouble.of(first.getAsDouble() * second.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * A move of the first parameter that is this: to twice its value, or half of it where that is out of its range, or else
     * to the end of its range that is further away; empty where its value is not known or it cannot move.
     */
    Optional<Step> step(Quantity quantity) {
        return step(quantity, 2).or(() -> step(quantity, 0.5)).or(() -> toEnd(quantity));
    }

    /** The first parameter that is this, so many times as large; empty where that is out of its range. */
    Optional<Step> step(Quantity quantity, double times) {
        return first(quantity).flatMap(one -> one.to(one.value().orElse(0) * times));
    }

    private Optional<Step> toEnd(Quantity quantity) {
        return first(quantity)
                .flatMap(one -> one.ends().stream()
                        .flatMap(end -> one.to(end).stream())
                        .max(Comparator.comparingDouble(step -> Math.abs(Math.log(step.ratio())))));
    }

    private Optional<Tuned> first(Quantity quantity) {
        return tuned.getOrDefault(quantity, List.of()).stream().findFirst();
    }

    /** The names of all parameters that are one of these, with {@code and} between them. */
    String listed(List<Quantity> quantities) {
        return quantities.stream().flatMap(quantity -> names(quantity).stream()).collect(Collectors.joining(" and "));
    }

    /** The quantities among these that the study tunes. */
    List<Quantity> tuned(Quantity... quantities) {
        return Arrays.stream(quantities).filter(this::tunes).toList();
    }
}
