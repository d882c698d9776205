package dev.chiron.optimizers.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which parameters of a space are active, given the values that they have. Immutable. */
final class Conditions {

    private final List<Parameter> parameters;
    private final List<Condition> written;
    private final List<Rule> rules; // those of a parent before those of its children
    private final boolean[] conditional;

    /**
     * @throws IllegalArgumentException if a condition names an unknown parameter, asks for a value that its parent never has, or
     *     depends on itself
     */
    Conditions(List<Parameter> parameters, List<Condition> conditions) {
        this.parameters = parameters;
        this.written = conditions.stream().map(this::checked).toList();
        this.rules = inOrder(written.stream().map(this::rule).toList());
        this.conditional = new boolean[parameters.size()];
        rules.forEach(rule -> conditional[rule.parameter] = true);
    }

    /** A condition by its parameters' indices. */
    private record Rule(int parameter, int parent, List<Value> values) {}

    /** As given, their values as the parents have them. */
    List<Condition> list() {
        return written;
    }

    /** The indices of the parameters on whose values conditions depend, each after those on which it depends itself. */
    List<Integer> parents() {
        return rules.stream().map(Rule::parent).distinct().toList();
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether there are conditions on the parameter of an index. */
    boolean isOn(int parameter) {
        return conditional[parameter];
    }

    /**
     * Whether each parameter is active; fresh array.
     *
     * @param values the value of the parameter of an index, if it has one
     */
    boolean[] active(IntFunction<Optional<Value>> values) {
        boolean[] active = new boolean[parameters.size()];
        Arrays.fill(active, true);
        Map<Integer, Optional<Value>> parents = new HashMap<>(); // each is looked up once, however many depend on it
        for (Rule rule : rules) {
            active[rule.parameter] &= active[rule.parent]
                    && parents.computeIfAbsent(rule.parent, values::apply)
                            .filter(rule.values::contains)
                            .isPresent();
        }
        return active;
    }

    private Condition checked(Condition condition) {
        find(condition.parameter());
        Parameter parent = parameters.get(find(condition.parent()));
        if (parent instanceof Parameter.Real) {
            throw new IllegalArgumentException(
                    parent.name() + " is a float, which a condition cannot ask for; use a choice or a whole number");
        }
        for (Value value : condition.values()) {
            Optional<String> problem = parent.problem(value);
            if (problem.isEmpty() && !sameNumber(parent.nearest(value), value)) {
                problem = Optional.of(parent.name() + " is never " + value.text() + " (" + parent.describe() + ")");
            }
            problem.ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
        }
        return new Condition(
                condition.parameter(),
                condition.parent(),
                condition.values().stream().map(parent::nearest).distinct().toList());
    }

    private static boolean sameNumber(Value nearest, Value value) {
        return nearest.asNumber().equals(value.asNumber());
    }

    private Rule rule(Condition condition) {
        return new Rule(find(condition.parameter()), find(condition.parent()), condition.values());
    }

    private int find(String name) {
        return IntStream.range(0, parameters.size())
                .filter(i -> parameters.get(i).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown parameter " + name + " in a condition"));
    }

    /** Those of a parent before those of its children. */
    private List<Rule> inOrder(List<Rule> given) {
        List<Rule> waiting = new ArrayList<>(given);
        List<Rule> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Rule next = waiting.stream()
                    .filter(rule -> waiting.stream().noneMatch(other -> other.parameter == rule.parent))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            parameters.get(inCircle(waiting)).name() + " depends on itself"));
            waiting.remove(next);
            ordered.add(next);
        }
        return List.copyOf(ordered);
    }

    /** A parameter that depends on itself, given rules whose parents all wait for one of them: that to which their parents lead. */
    private static int inCircle(List<Rule> waiting) {
        int here = waiting.get(0).parameter;
        for (int step = 0; step < waiting.size(); step++) {
            int parameter = here;
            here = waiting.stream()
                    .filter(rule -> rule.parameter == parameter)
                    .findFirst()
                    .orElseThrow()
                    .parent;
        }
        return here;
    }
}
