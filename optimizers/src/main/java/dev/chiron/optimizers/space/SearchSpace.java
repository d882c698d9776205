package dev.chiron.optimizers.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The configs that may be tried: ordered parameters, and constraints between them. Maps configs to the unit cube and
 * back, one coordinate a parameter; {@code decode(encode(config))} is {@code config}.
 */
public final class SearchSpace {

    private final List<Parameter> parameters;
    private final List<Constraint> constraints;
    private final List<String> names;

    /**
     * A space of these parameters whose configs keep these constraints.
     *
     * @throws IllegalArgumentException if there is no parameter, a name is used twice, or a constraint names an unknown
     *     parameter or one that is no number
     */
    public SearchSpace(List<Parameter> parameters, List<Constraint> constraints) {
        this.parameters = List.copyOf(parameters);
        this.constraints = List.copyOf(constraints);
        this.names = List.copyOf(parameters.stream().map(Parameter::name).toList()); // copied once, not by each config
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a search space needs a parameter");
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("a parameter is given twice");
        }
        for (Constraint constraint : constraints) {
            for (String name : constraint.names()) {
                Parameter parameter = find(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "unknown parameter " + name + " in constraint " + constraint.text()));
                if (!isNumeric(parameter)) {
                    throw new IllegalArgumentException(
                            name + " is no number, so constraint " + constraint.text() + " cannot be checked");
                }
            }
        }
    }

    private static boolean isNumeric(Parameter parameter) {
        return !(parameter instanceof Parameter.Choice choice)
                || choice.options().stream()
                        .allMatch(option -> option.asNumber().isPresent());
    }

    /** A space without constraints. */
    public static SearchSpace of(Parameter... parameters) {
        return new SearchSpace(List.of(parameters), List.of());
    }

    /** The parameters, in order; immutable. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** What configs must keep; immutable. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /** The number of parameters. */
    public int size() {
        return parameters.size();
    }

    /** The parameter of that name, if there is one. */
    public Optional<Parameter> find(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** The config's point in the unit cube; fresh array of {@link #size()} coordinates. */
    public double[] encode(Config config) {
        double[] point = new double[parameters.size()];
        for (int i = 0; i < point.length; i++) {
            Parameter parameter = parameters.get(i);
            point[i] = parameter.encode(config.get(i, parameter.name()));
        }
        return point;
    }

    /** The config at a point; coordinates outside [0, 1] are taken as the nearer end. Constraints are not looked at. */
    public Config decode(double[] point) {
        if (point.length != parameters.size()) {
            throw new IllegalArgumentException(
                    "a point of " + point.length + " coordinates in a space of " + parameters.size() + " parameters");
        }
        List<Value> values = new ArrayList<>(point.length);
        for (int i = 0; i < point.length; i++) {
            values.add(parameters.get(i).decode(point[i]));
        }
        return config(values);
    }

    /** The config of one value for each parameter, in order. Neither ranges nor constraints are looked at. */
    public Config config(List<Value> values) {
        return Config.of(names, values);
    }

    /**
     * A config's value for each parameter, in order.
     *
     * @throws IllegalArgumentException if the config has none for one
     */
    public List<Value> values(Config config) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> config.get(i, names.get(i)))
                .toList();
    }

    /** Whether the config has a value for each parameter, none other, and each in its range. Constraints are not looked at. */
    public boolean contains(Config config) {
        return config.size() == parameters.size()
                && IntStream.range(0, names.size())
                        .allMatch(i -> config.find(i, names.get(i))
                                .filter(value ->
                                        parameters.get(i).problem(value).isEmpty())
                                .isPresent());
    }

    /** Everything that keeps the values from being a config of this space, constraints apart; empty if nothing does. */
    public List<String> problems(Map<String, Value> values) {
        List<String> problems = new ArrayList<>();
        for (Parameter parameter : parameters) {
            Value value = values.get(parameter.name());
            if (value == null) {
                problems.add(parameter.name() + " is missing");
            } else {
                parameter.problem(value).ifPresent(problems::add);
            }
        }
        for (String name : values.keySet()) {
            if (find(name).isEmpty()) {
                problems.add("unknown parameter " + name);
            }
        }
        return problems;
    }

    /**
     * The config of these values: in the space's order, numbers brought onto their grid. Constraints are not looked at.
     *
     * @throws IllegalArgumentException naming the first of {@link #problems}
     */
    public Config config(Map<String, Value> values) {
        List<String> problems = problems(values);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.get(0));
        }
        Config given = Config.of(values);
        return config(parameters.stream()
                .map(parameter -> parameter.nearest(given.get(parameter.name())))
                .toList());
    }

    /** The constraints that a config breaks. */
    public List<Constraint> broken(Config config) {
        return constraints.stream()
                .filter(constraint -> !constraint.holds(config))
                .toList();
    }

    /**
     * The config itself if it keeps the constraints; else one near it that does, by moving one parameter for each broken
     * constraint; empty if that does not succeed.
     */
    public Optional<Config> repair(Config config) {
        return repair(config, Set.of());
    }

    /** {@link #repair(Config)} that moves these parameters only if no other can be. */
    public Optional<Config> repair(Config config, Set<String> kept) {
        Config repaired = config;
        for (int round = 0; round <= constraints.size(); round++) {
            List<Constraint> broken = broken(repaired);
            if (broken.isEmpty()) {
                return Optional.of(repaired);
            }
            Optional<Config> moved = broken.get(0).repair(repaired, this, kept);
            if (moved.isEmpty()) {
                return moved;
            }
            repaired = moved.get();
        }
        return broken(repaired).isEmpty() ? Optional.of(repaired) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchSpace space
                && parameters.equals(space.parameters)
                && constraints.equals(space.constraints);
    }

    @Override
    public int hashCode() {
        return 31 * parameters.hashCode() + constraints.hashCode();
    }

    @Override
    public String toString() {
        return parameters + " " + constraints;
    }
}
