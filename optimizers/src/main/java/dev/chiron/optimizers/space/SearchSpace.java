package dev.chiron.optimizers.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The configs that may be tried: ordered parameters, constraints between them, and conditions under which some are active. Maps
 * configs to the unit cube and back, one coordinate a parameter; {@code decode(encode(config))} is {@code config}.
 *
 * <p>A config has a value for each active parameter and none for the others. Where one is needed of a parameter that is not
 * active, as for its coordinate, it is the value at which it rests: one and the same for all configs, so that what is not
 * active sets no two of them apart.
 */
public final class SearchSpace {

    private final List<Parameter> parameters;
    private final Constraints constraints;
    private final Conditions conditions;
    private final Resting resting;
    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>(); // by name

    /**
     * A space of these parameters, all of them active, whose configs keep these constraints.
     *
     * @throws IllegalArgumentException if there is no parameter, a name is used twice, or a constraint names an unknown
     *     parameter or one that is no number
     */
    public SearchSpace(List<Parameter> parameters, List<Constraint> constraints) {
        this(parameters, constraints, List.of());
    }

    /**
     * A space of these parameters whose configs keep these constraints, some of them active under conditions alone. What is not
     * active rests in the middle of its range.
     *
     * @throws IllegalArgumentException if there is no parameter, a name is used twice, a constraint names an unknown
     *     parameter or one that is no number, or a condition an unknown one, itself, or a value that the parent never has
     */
    public SearchSpace(List<Parameter> parameters, List<Constraint> constraints, List<Condition> conditions) {
        this(parameters, constraints, conditions, Map.of());
    }

    private SearchSpace(
            List<Parameter> parameters,
            List<Constraint> constraints,
            List<Condition> conditions,
            Map<String, Value> resting) {
        this.parameters = List.copyOf(parameters);
        this.names = List.copyOf(parameters.stream().map(Parameter::name).toList()); // copied once, not by each config
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a search space needs a parameter");
        }
        for (String name : names) {
            if (places.put(name, places.size()) != null) {
                throw new IllegalArgumentException("a parameter is given twice");
            }
        }
        this.constraints = new Constraints(this.parameters, constraints);
        this.conditions = new Conditions(this.parameters, conditions);
        this.resting = new Resting(this.parameters, resting);
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
        return constraints.list();
    }

    /** The schedules of which some of the parameters are the pieces. */
    public List<ProgressSchedule> schedules() {
        return ProgressSchedule.in(names);
    }

    /** The schedule of that name, if there is one. */
    public Optional<ProgressSchedule> schedule(String name) {
        return schedules().stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst();
    }

    /** Under which parameters are active; immutable. */
    public List<Condition> conditions() {
        return conditions.list();
    }

    /** The conditions of one parameter, all of which have to hold; none for one that is always active. */
    public List<Condition> conditions(Parameter parameter) {
        return conditions.list().stream()
                .filter(condition -> condition.parameter().equals(parameter.name()))
                .toList();
    }

    /**
     * The indices of the parameters on whose values conditions depend, each after those on which it depends itself: who draws them in this
     * order knows of each whether it is active.
     */
    public List<Integer> parents() {
        return conditions.parents();
    }

    /**
     * The same space, in which parameters that are not active rest at these values, such as a script's own.
     *
     * @param values by name, each without {@link Parameter#problem}; one that is not named rests in the middle
     */
    public SearchSpace restingAt(Map<String, Value> values) {
        return new SearchSpace(parameters, constraints.list(), conditions.list(), values);
    }

    /** The number of parameters. */
    public int size() {
        return parameters.size();
    }

    /** The parameter of that name, if there is one. */
    public Optional<Parameter> find(String name) {
        return Optional.ofNullable(places.get(name)).map(parameters::get);
    }

    /** Whether each parameter is active in a config; fresh array. */
    public boolean[] active(Config config) {
        return conditions.active(given(config)::get);
    }

    /** Whether each parameter is active given values, some of which may be missing or unusable; fresh array. */
    public boolean[] active(Map<String, Value> values) {
        return conditions.active(i -> usable(i, values));
    }

    /** Whether each parameter is active at a point of the unit cube; fresh array. */
    public boolean[] active(double[] point) {
        return conditions.active(i -> Optional.of(parameters.get(i).decode(point[i])));
    }

    /** The point, with what is not active there at rest; the same array if everything is active. */
    public double[] settled(double[] point) {
        return conditions.isEmpty() ? point : resting.settled(point, active(point));
    }

    /** The config's point in the unit cube, what is not active at rest; fresh array of {@link #size()} coordinates. */
    public double[] encode(Config config) {
        List<Value> values = values(config);
        double[] point = new double[parameters.size()];
        for (int i = 0; i < point.length; i++) {
            point[i] = parameters.get(i).encode(values.get(i));
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

    /**
     * The config of one value for each parameter, in order; that of one which is not active is left out. Neither ranges nor
     * constraints are looked at.
     */
    public Config config(List<Value> values) {
        if (conditions.isEmpty()) {
            return Config.of(names, values);
        }
        boolean[] active = conditions.active(i -> Optional.of(values.get(i)));
        int[] kept = IntStream.range(0, names.size()).filter(i -> active[i]).toArray();
        return Config.of(
                Arrays.stream(kept).mapToObj(names::get).toList(),
                Arrays.stream(kept).mapToObj(values::get).toList());
    }

    /**
     * A value for each parameter, in order: the config's, or that at which one rests that is not active.
     *
     * @throws IllegalArgumentException if the config has none for one that is always active
     */
    public List<Value> values(Config config) {
        List<Value> values = new ArrayList<>(names.size());
        List<Optional<Value>> given = given(config);
        for (int i = 0; i < names.size(); i++) {
            int place = i;
            values.add(given.get(i)
                    .orElseGet(() -> conditions.isOn(place) ? resting.value(place) : config.get(names.get(place))));
        }
        return values;
    }

    /** The config's value of each parameter, where it has one. */
    private List<Optional<Value>> given(Config config) {
        List<Optional<Value>> given = new ArrayList<>(names.size());
        if (config.size() == names.size()) { // most probably these very names
            for (int i = 0; i < names.size(); i++) {
                given.add(config.find(i, names.get(i)));
            }
            return given;
        }
        given.addAll(Collections.nCopies(names.size(), Optional.empty()));
        config.forEach((name, value) ->
                Optional.ofNullable(places.get(name)).ifPresent(place -> given.set(place, Optional.of(value))));
        return given;
    }

    /** A value for each parameter by name, in order: those of {@link #values(Config)}. */
    public Map<String, Value> filled(Config config) {
        Map<String, Value> filled = new LinkedHashMap<>();
        List<Value> values = values(config);
        for (int i = 0; i < names.size(); i++) {
            filled.put(names.get(i), values.get(i));
        }
        return filled;
    }

    /** The config with one value set: what is active only by that is at rest, and what is active no more is left out. */
    public Config with(Config config, String name, Value value) {
        if (conditions.isEmpty()) {
            return config.with(name, value);
        }
        List<Value> values = new ArrayList<>(values(config));
        values.set(Objects.requireNonNull(places.get(name)), value);
        return config(values);
    }

    /**
     * Whether the config has a value for each active parameter, none other, and each in its range. Constraints are not looked at.
     */
    public boolean contains(Config config) {
        List<Optional<Value>> given = given(config);
        boolean[] active = conditions.active(given::get);
        int needed = 0;
        for (int i = 0; i < active.length; i++) {
            Parameter parameter = parameters.get(i);
            if (active[i]
                    && given.get(i)
                            .filter(value -> parameter.problem(value).isEmpty())
                            .isEmpty()) {
                return false;
            }
            needed += active[i] ? 1 : 0;
        }
        return config.size() == needed;
    }

    /**
     * Everything that keeps the values from being a config of this space, constraints apart; empty if nothing does. Of what is not
     * active there may be any value or none.
     */
    public List<String> problems(Map<String, Value> values) {
        List<String> problems = new ArrayList<>();
        boolean[] active = active(values);
        for (int i = 0; i < active.length; i++) {
            Value value = values.get(names.get(i));
            if (value == null) {
                problems.addAll(active[i] ? List.of(names.get(i) + " is missing") : List.of());
            } else if (active[i]) {
                parameters.get(i).problem(value).ifPresent(problems::add);
            }
        }
        for (String name : values.keySet()) {
            if (find(name).isEmpty()) {
                problems.add("unknown parameter " + name);
            }
        }
        return problems;
    }

    private Optional<Value> usable(int i, Map<String, Value> values) {
        Parameter parameter = parameters.get(i);
        return Optional.ofNullable(values.get(parameter.name()))
                .filter(value -> parameter.problem(value).isEmpty())
                .map(parameter::nearest);
    }

    /**
     * The config of these values: in the space's order, numbers brought onto their grid, what is not active left out. Constraints
     * are not looked at.
     *
     * @throws IllegalArgumentException naming the first of {@link #problems}
     */
    public Config config(Map<String, Value> values) {
        List<String> problems = problems(values);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.get(0));
        }
        return config(IntStream.range(0, names.size())
                .mapToObj(i -> usable(i, values).orElse(resting.value(i))) // of what is not active any will do
                .toList());
    }

    /** The constraints that a config breaks. */
    public List<Constraint> broken(Config config) {
        return constraints.broken(config);
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
        return constraints.repair(config, this, kept);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchSpace space
                && parameters.equals(space.parameters)
                && constraints.list().equals(space.constraints.list())
                && conditions.list().equals(space.conditions.list());
    }

    @Override
    public int hashCode() {
        return Objects.hash(parameters, constraints.list(), conditions.list());
    }

    @Override
    public String toString() {
        return parameters + " " + constraints.list() + (conditions.isEmpty() ? "" : " " + conditions.list());
    }
}
