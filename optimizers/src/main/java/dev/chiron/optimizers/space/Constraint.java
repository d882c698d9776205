package dev.chiron.optimizers.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A comparison that a config must keep, such as {@code TOTAL_BATCH_SIZE >= DEVICE_BATCH_SIZE * 2048}. Compares two sums,
 * products and so on of numeric parameters and numbers with one of {@code < <= > >= == !=}. Equal by text.
 */
public final class Constraint {

    /** How finely a continuous parameter is searched for a repair. */
    private static final int SEARCH_POINTS = 1024;

    private final String text;
    private final Expression left;
    private final Comparison comparison;
    private final Expression right;
    private final List<String> names;

    private Constraint(String text, Expression left, Comparison comparison, Expression right) {
        this.text = text;
        this.left = left;
        this.comparison = comparison;
        this.right = right;
        this.names = Stream.concat(left.names().stream(), right.names().stream())
                .distinct()
                .toList();
    }

    private enum Comparison {
        // the longer symbols first: "<=" starts with "<"
        AT_MOST("<="),
        AT_LEAST(">="),
        EQUAL("=="),
        DIFFERENT("!="),
        BELOW("<"),
        ABOVE(">");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        /** What holds where this does not; of numbers that are finite. */
        Comparison opposite() {
            return switch (this) {
                case AT_MOST -> ABOVE;
                case AT_LEAST -> BELOW;
                case EQUAL -> DIFFERENT;
                case DIFFERENT -> EQUAL;
                case BELOW -> AT_LEAST;
                case ABOVE -> AT_MOST;
            };
        }

        boolean holds(double left, double right) {
            return switch (this) {
                case AT_MOST -> left <= right;
                case AT_LEAST -> left >= right;
                case EQUAL -> left == right;
                case DIFFERENT -> left != right;
                case BELOW -> left < right;
                case ABOVE -> left > right;
            };
        }
    }

    /**
     * Reads a constraint.
     *
     * @throws IllegalArgumentException saying what is wrong and where
     */
    public static Constraint parse(String text) {
        for (int at = 0; at < text.length(); at++) {
            for (Comparison comparison : Comparison.values()) {
                if (text.startsWith(comparison.symbol, at)) {
                    Expression left = Expression.parse(text.substring(0, at));
                    Expression right = Expression.parse(text.substring(at + comparison.symbol.length()));
                    return new Constraint(text.strip(), left, comparison, right);
                }
            }
        }
        throw new IllegalArgumentException("no comparison (< <= > >= == !=) in \"" + text + "\"");
    }

    /** The constraint that is kept by what breaks this one. */
    public Constraint opposite() {
        Comparison other = comparison.opposite();
        int at = text.indexOf(comparison.symbol);
        String opposed = text.substring(0, at).strip() + " " + other.symbol + " "
                + text.substring(at + comparison.symbol.length()).strip();
        return new Constraint(opposed, left, other, right);
    }

    /** The constraint as it was written. */
    public String text() {
        return text;
    }

    /** The parameters that it names, in order. */
    public Set<String> names() {
        return new LinkedHashSet<>(names);
    }

    /** Whether the config keeps it; one in which a parameter that it names is not active does. */
    public boolean holds(Config config) {
        for (String name : names) {
            if (config.find(name).isEmpty()) {
                return true;
            }
        }
        return comparison.holds(left.value(config), right.value(config));
    }

    /**
     * By how much the config breaks it, relative to the size of the right side; 0 if it keeps it.
     *
     * @param config has a number under each of its names
     */
    public double violation(Config config) {
        if (holds(config)) {
            return 0;
        }
        double bound = right.value(config);
        double apart = Math.abs(left.value(config) - bound) / (bound == 0 ? 1 : Math.abs(bound));
        return apart > 0
                ? Math.min(apart, Double.MAX_VALUE)
                : Double.MIN_VALUE; // NaN breaks all but !=, by how much is not known
    }

    /**
     * The config with one of the named parameters moved so that this constraint holds: the first named one that can do
     * it, as little as it can; one of those to be kept only if no other can. Empty if none can.
     */
    Optional<Config> repair(Config config, SearchSpace space, Set<String> kept) {
        List<String> order = new ArrayList<>(names);
        order.sort(Comparator.comparing(kept::contains));
        for (String name : order) {
            Optional<Parameter> parameter = space.find(name);
            Optional<Config> repaired = parameter.flatMap(p -> repair(config, p, space));
            if (repaired.isPresent()) {
                return repaired;
            }
        }
        return Optional.empty();
    }

    private Optional<Config> repair(Config config, Parameter parameter, SearchSpace space) {
        double here = parameter.encode(config.get(parameter.name()));
        Optional<Config> best = Optional.empty();
        double nearest = Double.POSITIVE_INFINITY;
        for (double u : candidates(parameter)) {
            double distance = Math.abs(u - here);
            Config candidate = space.with(config, parameter.name(), parameter.decode(u));
            if (distance < nearest && holds(candidate)) {
                nearest = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    private static List<Double> candidates(Parameter parameter) {
        if (!parameter.grid().isEmpty()) {
            return parameter.grid();
        }
        Double[] points = new Double[SEARCH_POINTS + 1];
        for (int i = 0; i <= SEARCH_POINTS; i++) {
            points[i] = i / (double) SEARCH_POINTS;
        }
        return List.of(points);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Constraint constraint && text.equals(constraint.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
