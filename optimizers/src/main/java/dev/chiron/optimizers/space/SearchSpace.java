package dev.chiron.optimizers.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The configs that may be tried: ordered parameters, and constraints between them. Maps configs to the unit cube and
 * back, one coordinate a parameter; {@code decode(encode(config))} is {@code config}.
 */
public record SearchSpace(List<Parameter> parameters, List<Constraint> constraints) {

    /**
     * @throws IllegalArgumentException if there is no parameter, a name is used twice, or a constraint names an unknown
     *     parameter or one that is no number
     */
    public SearchSpace {
        parameters = List.copyOf(parameters);
        constraints = List.copyOf(constraints);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a search space needs a parameter");
        }
        Set<String> names = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
        if (names.size() != parameters.size()) {
            throw new IllegalArgumentException("a parameter is given twice");
        }
        for (Constraint constraint : constraints) {
            for (String name : constraint.names()) {
                Parameter parameter = parameters.stream()
                        .filter(p -> p.name().equals(name))
                        .findFirst()
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
            point[i] = parameter.encode(config.get(parameter.name()));
        }
        return point;
    }

    /** The config at a point; coordinates outside [0, 1] are taken as the nearer end. Constraints are not looked at. */
    public Config decode(double[] point) {
        Map<String, Value> values = new LinkedHashMap<>();
        if (point.length != parameters.size()) {
            throw new IllegalArgumentException(
                    "a point of " + point.length + " coordinates in a space of " + parameters.size() + " parameters");
        }
        for (int i = 0; i < point.length; i++) {
            Parameter parameter = parameters.get(i);
            values.put(parameter.name(), parameter.decode(point[i]));
        }
        return Config.of(values);
    }

    /** Whether the config has a value for each parameter, none other, and each in its range. Constraints are not looked at. */
    public boolean contains(Config config) {
        return config.values().size() == parameters.size()
                && parameters.stream()
                        .allMatch(parameter -> config.find(parameter.name())
                                .filter(value -> parameter.problem(value).isEmpty())
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
        Map<String, Value> ordered = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Value value = values.get(parameter.name());
            if (value != null) {
                ordered.put(parameter.name(), parameter.nearest(value));
            }
        }
        return Config.of(ordered);
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
}
