package dev.chiron.agent.spec;

import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the search starts: every parameter must be reachable (by a constant of the script, or a hole in the
 * command or the environment), have a value there, and the values must keep the constraints.
 */
record Start(WrittenSpace written, Set<String> holes, String script, Optional<Told> fidelity) {

    /** By what name the script is told how long a trial trains, and where that is written. */
    record Told(Place place, String name) {}

    /**
     * Each parameter's value at the start, active there or not.
     *
     * @param constants the script's settable constants
     * @param unsettable those that cannot be set, and why
     * @throws dev.chiron.agent.BadInput naming the first parameter or constraint that is wrong
     */
    Map<String, Value> values(Map<String, Value> constants, Map<String, String> unsettable) {
        fidelity.ifPresent(told -> requireReachable(told.place(), told.name(), constants, unsettable));
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : written.space().parameters()) {
            String name = parameter.name();
            requireReachable(place(name), ProgressSchedule.inScript(name), constants, unsettable);
            requireText(name, constants);
            if (parameter instanceof Parameter.Real && !holes.contains(name) && isJavaWhole(constants.get(name))) {
                throw place(name)
                        .bad(name + " in " + script + " is a whole number, which no float fits into: make it a double "
                                + "there, or give it type int here");
            }
            Optional<Value> explicit = Optional.ofNullable(written.starts().get(name));
            values.put(name, explicit.orElseGet(() -> usable(parameter, own(name, constants))));
        }
        return checked(values);
    }

    /** In Python a name takes any number. */
    private boolean isJavaWhole(@Nullable Value constant) {
        return script.endsWith(".java") && constant instanceof Value.Whole;
    }

    /** Those of the written defaults alone; for a spec that was complete when it was written. */
    Map<String, Value> values() {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : written.space().parameters()) {
            values.put(
                    parameter.name(),
                    usable(parameter, Optional.ofNullable(written.starts().get(parameter.name()))));
        }
        return checked(values);
    }

    private void requireReachable(
            Place place, String name, Map<String, Value> constants, Map<String, String> unsettable) {
        if (!holes.contains(name) && !constants.containsKey(name)) {
            throw unreachable(place, name, constants, unsettable);
        }
    }

    private RuntimeException unreachable(
            Place place, String name, Map<String, Value> constants, Map<String, String> unsettable) {
        String hole = "put {" + name + "} into run or env";
        String why = unsettable.get(name);
        if (why != null) {
            return place.bad(name + " in " + script + " cannot be set: " + why + "; change the script, or " + hole);
        }
        String remedy = Nearest.to(name, constants.keySet())
                .map(near -> "did you mean `" + near + "`? Else add it, or ")
                .orElse("add it, or ");
        return place.bad("no constant " + name + " in " + script + "; " + remedy + hole);
    }

    /** A schedule is written into a constant as a text. */
    private void requireText(String piece, Map<String, Value> constants) {
        String name = ProgressSchedule.inScript(piece);
        Value constant = constants.get(name);
        if (ProgressSchedule.isPiece(piece) && !holes.contains(name) && !(constant instanceof Value.Text)) {
            String shown = Objects.requireNonNull(constant).text();
            throw place(piece).bad(Constants.noText(script, name, shown) + ", or put {" + name + "} into run or env");
        }
    }

    /** The script's own value of a parameter, if there is one. */
    private Optional<Value> own(String parameter, Map<String, Value> constants) {
        String name = ProgressSchedule.inScript(parameter);
        Optional<Value> constant = Optional.ofNullable(constants.get(name));
        if (constant.isEmpty() || name.equals(parameter)) {
            return constant;
        }
        ProgressSchedule schedule = written.space().schedule(name).orElseThrow();
        List<Value> values = schedule.values(constant.get())
                .orElseThrow(() -> place(parameter)
                        .bad(Constants.otherText(
                                        script, schedule, constant.get().text())
                                + ", or add `default:`"));
        return Optional.of(values.get(schedule.pieces().indexOf(parameter)));
    }

    private Value usable(Parameter parameter, Optional<Value> own) {
        Value value = own.orElseThrow(() -> place(parameter.name()).bad("has no value to start from; add `default:`"));
        Optional<String> problem = parameter.problem(value);
        if (problem.isEmpty()) {
            problem = ParameterReader.offGrid(parameter, value);
        }
        problem.ifPresent(why -> {
            throw place(parameter.name())
                    .bad(script + " has " + parameter.name() + " = " + value.text() + ", but " + why
                            + "; change the range, or add `default:`");
        });
        return parameter.nearest(value);
    }

    private Map<String, Value> checked(Map<String, Value> values) {
        SearchSpace space = written.space();
        Config baseline = space.config(values);
        for (int i = 0; i < space.constraints().size(); i++) {
            Constraint constraint = space.constraints().get(i);
            if (!constraint.holds(baseline)) {
                throw written.constraintPlaces().get(i).bad(broken(constraint, baseline));
            }
        }
        if (!space.constraints().isEmpty()
                && RandomSearch.draw(space, new SplitMix(0)).isEmpty()) {
            throw written.constraintPlaces()
                    .get(0)
                    .bad(
                            "next to no config keeps the constraints: an equation between floats holds almost nowhere; write "
                                    + "an inequality, or compute one of the parameters in the script");
        }
        return values;
    }

    private String broken(Constraint constraint, Config baseline) {
        String values = constraint.names().stream()
                .map(name -> name + " = " + baseline.get(name).text())
                .collect(Collectors.joining(", "));
        String remedy = written.space()
                .repair(baseline)
                .map(kept -> "; a default that keeps it: " + changes(baseline, kept))
                .orElse("; no value near keeps it: change the constraint or the ranges");
        return "the start (" + values + ") does not keep \"" + constraint.text() + "\"" + remedy;
    }

    private static String changes(Config from, Config to) {
        return to.values().entrySet().stream()
                .filter(entry -> !from.find(entry.getKey()).equals(Optional.of(entry.getValue())))
                .map(entry -> entry.getKey() + " = " + entry.getValue().text())
                .collect(Collectors.joining(", "));
    }

    private Place place(String name) {
        return Objects.requireNonNull(written.places().get(name));
    }
}
