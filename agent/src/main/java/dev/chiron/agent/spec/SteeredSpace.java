package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The search space of a running study: the one that it began with, and what a person has made of it since. Immutable; each change gives
 * another, or a {@link BadInput} that says what is wrong and what to do.
 *
 * <p>A parameter that is pinned or dropped stays in the configs, with one value. So trials from before and after say the same things,
 * and what came of the earlier ones is known as far as they lie in the space as it is now.
 */
public final class SteeredSpace {

    private static final int LONGEST_COMPARISON = 500;

    private final Map<String, Parameter> parameters; // as they are tuned when nothing pins them
    private final Map<String, Value> starts; // of each, the value with which the search began
    private final Map<String, Optional<Double>> priors;
    private final List<Condition> conditions;
    private final List<Constraint> constraints;
    private final Map<String, Value> pins;
    private final Map<String, Integer> added; // how many trials there were before each that was added
    private final SearchSpace space;
    private final Config start;

    private SteeredSpace(
            Map<String, Parameter> parameters,
            Map<String, Value> starts,
            Map<String, Optional<Double>> priors,
            List<Condition> conditions,
            List<Constraint> constraints,
            Map<String, Value> pins,
            Map<String, Integer> added,
            SearchSpace space,
            Config start) {
        this.parameters = parameters;
        this.starts = starts;
        this.priors = priors;
        this.conditions = conditions;
        this.constraints = constraints;
        this.pins = pins;
        this.added = added;
        this.space = space;
        this.start = start;
    }

    /** The space of a task as its study began. */
    public static SteeredSpace of(Spec spec) {
        return of(spec.space(), spec.baseline(), spec.priors());
    }

    /**
     * A space that was never steered.
     *
     * @param baseline where its search begins
     * @param priors the written widths of beliefs, by parameter
     */
    public static SteeredSpace of(SearchSpace space, Config baseline, Map<String, Optional<Double>> priors) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        space.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
        return new SteeredSpace(
                parameters,
                space.filled(baseline),
                priors,
                space.conditions(),
                space.constraints(),
                Map.of(),
                Map.of(),
                space,
                baseline);
    }

    /** The space that is searched now. */
    public SearchSpace space() {
        return space;
    }

    /** Where a search begins in it: at the study's baseline, or as near to it as may be. */
    public Config start() {
        return start;
    }

    /** The written widths of beliefs, by parameter. */
    public Map<String, Optional<Double>> priors() {
        return priors;
    }

    /** The values of what is pinned or dropped, by parameter. */
    public Map<String, Value> pins() {
        return pins;
    }

    /** A parameter keeps a value. */
    public SteeredSpace pin(String name, Value value) {
        String where = "pin " + name + "=" + value.text() + ": ";
        List<Parameter> meant = meant(where, name);
        List<Value> values = values(where, name, value);
        Map<String, Value> pinned = new LinkedHashMap<>(pins);
        for (int i = 0; i < meant.size(); i++) {
            GivenValue given = new GivenValue(where, meant.get(i));
            pinned.put(
                    given.parameter().name(),
                    given.usable(given.option(values.get(i)), "; widen it with range first, or take another value"));
        }
        return with(where, parameters, constraints, pinned);
    }

    /** What was pinned or dropped is tuned again. */
    public SteeredSpace unpin(String name) {
        String where = "unpin " + name + ": ";
        List<String> meant = meant(where, name).stream().map(Parameter::name).toList();
        if (Collections.disjoint(pins.keySet(), meant)) {
            throw new BadInput(where + "it is not pinned"
                    + (pins.isEmpty() ? "" : "; these are: " + String.join(", ", pins.keySet())));
        }
        Map<String, Value> pinned = new LinkedHashMap<>(pins);
        pinned.keySet().removeAll(meant);
        return with(where, parameters, constraints, pinned);
    }

    /** A parameter keeps the value with which the search began. */
    public SteeredSpace drop(String name) {
        String where = "drop " + name + ": ";
        Map<String, Value> begun = new LinkedHashMap<>();
        meant(where, name)
                .forEach(
                        parameter -> begun.put(parameter.name(), Objects.requireNonNull(starts.get(parameter.name()))));
        if (pins.entrySet().containsAll(begun.entrySet())) {
            throw new BadInput(where + "it is not tuned as it is: it keeps "
                    + begun.values().stream().map(Value::text).distinct().collect(Collectors.joining(", ")));
        }
        Map<String, Value> pinned = new LinkedHashMap<>(pins);
        pinned.putAll(begun);
        return with(where, parameters, constraints, pinned);
    }

    /** A number has another range. */
    public SteeredSpace range(String name, Value low, Value high) {
        String where = "range " + name + " " + low.text() + " to " + high.text() + ": ";
        return with(
                where,
                meant(where, name).stream()
                        .map(parameter -> new GivenValue(where, parameter).range(low, high))
                        .toList());
    }

    /** A choice has other options. */
    public SteeredSpace options(String name, List<Value> options) {
        String where = "range " + name + ": ";
        Parameter parameter = meant(where, name).get(0); // a schedule's pieces are numbers
        if (!(parameter instanceof Parameter.Choice choice)) {
            throw new BadInput(where + name + " is a number: give it a low and a high end");
        }
        try {
            return with(
                    where,
                    List.of(new Parameter.Choice(
                            name,
                            options.stream()
                                    .map(option -> choice.nearest(new GivenValue(where, choice).option(option)))
                                    .toList(),
                            choice.ordered())));
        } catch (IllegalArgumentException e) {
            throw new BadInput(where + e.getMessage(), e);
        }
    }

    /** Configs for which a comparison holds are not tried any more. */
    public SteeredSpace ban(String comparison) {
        String where = "ban " + comparison + ": ";
        if (comparison.length() > LONGEST_COMPARISON) {
            throw new BadInput("ban: a comparison longer than " + LONGEST_COMPARISON + " characters; split it");
        }
        Constraint banned;
        try {
            banned = Constraint.parse(comparison);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    where + e.getMessage() + "; write it as a constraint of chiron.yaml that is to break", e);
        }
        for (String name : banned.names()) {
            if (parameter(where, name) instanceof Parameter.Choice choice
                    && choice.options().stream()
                            .anyMatch(option -> option.asNumber().isEmpty())) {
                throw new BadInput(
                        where + name + " is no number, so it cannot be compared; take the option out with range");
            }
        }
        if (constraints.contains(banned.opposite())) {
            throw new BadInput(where + "this is banned already");
        }
        List<Constraint> all = new ArrayList<>(constraints);
        all.add(banned.opposite());
        return with(where, parameters, all, pins);
    }

    /**
     * A constant of the script is tuned as well, or one that was dropped is tuned again in another way.
     *
     * @param definition as in chiron.yaml, with {@code when} if it is active under conditions alone
     * @param trials how many there were before
     */
    public SteeredSpace add(String name, String definition, int trials, Constants script) {
        String where = "add " + name;
        List<String> before = parameters.keySet().stream()
                .filter(known ->
                        known.equals(name) || ProgressSchedule.inScript(known).equals(name))
                .toList();
        boolean dropped = !before.isEmpty() && pins.keySet().containsAll(before);
        if (!before.isEmpty() && !dropped) {
            throw new BadInput(where + ": it is tuned already; change it with range");
        }
        List<NewParameter> read = NewParameter.read(where, name, definition);
        List<Parameter> parts = read.stream().map(NewParameter::parameter).toList();
        if (dropped && !before.equals(parts.stream().map(Parameter::name).toList())) {
            throw new BadInput(where + ": it was tuned as " + String.join(", ", before)
                    + ", and the trials before have those; add it with the same schedule, or none where it had none");
        }
        Map<String, Value> values = new LinkedHashMap<>(starts);
        Map<String, Parameter> tuned = new LinkedHashMap<>(parameters);
        Map<String, Optional<Double>> beliefs = new LinkedHashMap<>(priors);
        Map<String, Integer> since = new LinkedHashMap<>(added);
        Map<String, Value> pinned = new LinkedHashMap<>(pins);
        for (NewParameter part : read) {
            String piece = part.parameter().name();
            if (!dropped) {
                values.put(piece, script.start(where, part.parameter(), parts));
                since.put(piece, trials);
            }
            tuned.put(piece, part.parameter());
            beliefs.remove(piece);
            part.prior().ifPresent(prior -> beliefs.put(piece, prior.width()));
            pinned.remove(piece);
        }
        List<Condition> when = dropped ? sameConditions(where, read) : withConditions(read, tuned);
        SteeredSpace grown = build(where + ": ", tuned, values, beliefs, when, constraints, pinned, since);
        return dropped ? grown : grown.requireReachable(where, parts);
    }

    private SteeredSpace requireReachable(String where, List<Parameter> parts) {
        if (parts.stream().noneMatch(part -> space.find(part.name()).isPresent())) {
            throw new BadInput(where + ": it would never be active, for what its conditions ask for is pinned at"
                    + " another value; unpin that first");
        }
        return this;
    }

    /** What is tuned again stays active when it was, since the trials before have it then and not otherwise. */
    private List<Condition> sameConditions(String where, List<NewParameter> read) {
        for (NewParameter part : read) {
            List<Condition> before = conditions.stream()
                    .filter(condition ->
                            condition.parameter().equals(part.parameter().name()))
                    .toList();
            if (part.when().isPresent()
                    && !new LinkedHashSet<>(before).equals(new LinkedHashSet<>(conditions(part, parameters)))) {
                throw new BadInput(where + ": the trials before have it under other conditions; leave `when` out,"
                        + " and it is active where it was");
            }
        }
        return conditions;
    }

    private List<Condition> withConditions(List<NewParameter> read, Map<String, Parameter> tuned) {
        List<Condition> all = new ArrayList<>(conditions);
        read.forEach(part -> all.addAll(conditions(part, tuned)));
        return all;
    }

    private static List<Condition> conditions(NewParameter part, Map<String, Parameter> tuned) {
        ConditionReader reader = new ConditionReader(new SearchSpace(List.copyOf(tuned.values()), List.of()));
        return part.when()
                .map(when -> reader.read(part.parameter().name(), when))
                .orElse(List.of());
    }

    private Parameter parameter(String where, String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new BadInput(where
                    + schedule(name)
                            .map(pieces -> name + " is a schedule; name its pieces, which are "
                                    + String.join(", ", pieces.pieces()))
                            .orElseGet(() -> "no parameter `" + name + "`" + Nearest.hint(name, parameters.keySet())));
        }
        return parameter;
    }

    private Optional<ProgressSchedule> schedule(String name) {
        return ProgressSchedule.in(parameters.keySet()).stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst();
    }

    /** What a name means: the parameter, or all pieces of the schedule. */
    private List<Parameter> meant(String where, String name) {
        return schedule(name)
                .map(schedule -> schedule.pieces().stream()
                        .map(piece -> parameter(where, piece))
                        .toList())
                .orElseGet(() -> List.of(parameter(where, name)));
    }

    /** A value for each of what a name means. */
    private List<Value> values(String where, String name, Value value) {
        return schedule(name)
                .map(schedule -> schedule.values(value)
                        .orElseThrow(() -> new BadInput(where + "give a number, or as " + schedule.example())))
                .orElse(List.of(value));
    }

    private SteeredSpace with(String where, List<? extends Parameter> changed) {
        Map<String, Parameter> tuned = new LinkedHashMap<>(parameters);
        for (Parameter parameter : changed) {
            Value pinned = pins.get(parameter.name());
            if (pinned != null) {
                new GivenValue(where, parameter)
                        .usable(pinned, ", where " + parameter.name() + " is pinned; unpin it first");
            }
            tuned.put(parameter.name(), parameter);
        }
        return with(where, tuned, constraints, pins);
    }

    private SteeredSpace with(
            String where, Map<String, Parameter> tuned, List<Constraint> kept, Map<String, Value> pinned) {
        return build(where, tuned, starts, priors, conditions, kept, pinned, added);
    }

    private SteeredSpace build(
            String where,
            Map<String, Parameter> tuned,
            Map<String, Value> values,
            Map<String, Optional<Double>> beliefs,
            List<Condition> when,
            List<Constraint> kept,
            Map<String, Value> pinned,
            Map<String, Integer> since) {
        LiveSpace live = LiveSpace.of(tuned, when, pinned);
        Map<String, Parameter> all = live.parameters();
        List<Constraint> known = kept.stream()
                .filter(constraint -> all.keySet().containsAll(constraint.names()))
                .toList();
        Map<String, Value> near = new LinkedHashMap<>();
        all.forEach((name, parameter) -> near.put(name, nearest(parameter, Objects.requireNonNull(values.get(name)))));
        try {
            SearchSpace now = new SearchSpace(List.copyOf(all.values()), known, live.conditions()).restingAt(near);
            Config begins = now.repair(now.config(near))
                    .filter(config -> RandomSearch.draw(now, new SplitMix(0)).isPresent())
                    .orElseThrow(() -> new BadInput(where + "next to no config would keep the constraints ("
                            + known.stream().map(Constraint::text).collect(Collectors.joining("; "))
                            + "); leave more room"));
            return new SteeredSpace(tuned, values, beliefs, when, kept, pinned, since, now, begins);
        } catch (IllegalArgumentException e) {
            throw new BadInput(where + e.getMessage(), e);
        }
    }

    private static Value nearest(Parameter parameter, Value value) {
        if (parameter.problem(value).isEmpty()) {
            return parameter.nearest(value);
        }
        return value.asNumber().isPresent() && !(parameter instanceof Parameter.Choice)
                ? parameter.decode(value.asNumber().getAsDouble() < lowest(parameter) ? 0 : 1)
                : parameter.decode(0);
    }

    private static double lowest(Parameter parameter) {
        return parameter.decode(0).asNumber().orElseThrow();
    }

    /**
     * A trial of the study as one of this space: what it did not set is as the script has it. Empty if it does not lie in the space;
     * it may break its constraints.
     */
    public Optional<Trial> seen(Trial trial) {
        Map<String, Value> values = new LinkedHashMap<>(trial.config().values());
        Set<String> unset = added.keySet().stream()
                .filter(name -> trial.number() < Objects.requireNonNull(added.get(name)) && !values.containsKey(name))
                .filter(name -> space.find(name).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        unset.forEach(name -> values.put(name, Objects.requireNonNull(starts.get(name))));
        boolean[] active = space.active(values);
        for (int i = 0; i < active.length; i++) {
            String name = space.parameters().get(i).name();
            if (!active[i] && unset.contains(name)) {
                values.remove(name);
            }
        }
        for (int i = 0; i < active.length; i++) {
            Parameter parameter = space.parameters().get(i);
            Value value = values.get(parameter.name());
            if (active[i] != (value != null) || (value != null && !isOf(parameter, value))) {
                return Optional.empty();
            }
        }
        if (values.keySet().stream().anyMatch(name -> space.find(name).isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Trial(
                trial.number(),
                new Change.Settings(space.config(values)),
                trial.origin(),
                trial.outcome(),
                trial.took()));
    }

    /** Rounding a number to its ten digits is no change, a step is. */
    private static boolean isOf(Parameter parameter, Value value) {
        return parameter.problem(value).isEmpty()
                && (parameter instanceof Parameter.Real
                        || parameter.nearest(value).equals(value));
    }

    /** Each parameter with what is known of it, for people: its range, or the value that it keeps. */
    public List<String> lines() {
        return space.parameters().stream()
                .map(parameter -> parameter.name() + ": "
                        + Optional.ofNullable(pins.get(parameter.name()))
                                .map(value -> "pinned at " + shown(value))
                                .orElseGet(parameter::describe))
                .toList();
    }

    private static String shown(Value value) {
        return value instanceof Value.Real real ? Numbers.text(real.number()) : value.text();
    }
}
