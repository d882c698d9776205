package dev.chiron.agent.code;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Ranges;
import dev.chiron.sandbox.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be tuned of a version of the script: the study's parameters that it still has, and the constants that its edits
 * brought in, with ranges inferred from their names and values.
 *
 * @param space as far as the version goes: a constraint or a condition on what it no longer has is gone
 * @param start the values in the script
 */
record Numbers(SearchSpace space, Config start) {

    /**
     * Finds them; empty if nothing is left to tune.
     *
     * @param study the study's own space
     * @param root the script as the study began with it
     * @param holes the parameters that come in through the command line or the environment, and so stay whatever becomes of the script
     * @param before the values of what was edited, by which those are known
     */
    static Optional<Numbers> of(SearchSpace study, Source root, Set<String> holes, Source edited, Config before) {
        List<ProgressSchedule> schedules = study.schedules();
        Set<String> known = new LinkedHashSet<>();
        List<Parameter> parameters = new ArrayList<>();
        Map<String, Value> start = new LinkedHashMap<>();
        for (Parameter parameter : study.parameters()) {
            String name = parameter.name();
            known.add(ProgressSchedule.inScript(name));
            if (holes.contains(ProgressSchedule.inScript(name))) {
                parameters.add(parameter);
                before.find(name).ifPresent(value -> start.put(name, value));
            } else {
                Optional<Value> own = ProgressSchedule.ofScript(
                        name, schedules, constant -> edited.find(constant).map(Constant::value));
                own.flatMap(value -> fitting(parameter, value, edited)).ifPresent(fit -> {
                    parameters.add(fit);
                    start.put(name, own.get());
                });
            }
        }
        for (Constant constant : edited.constants()) {
            if (root.find(constant.name()).isEmpty() && !known.contains(constant.name())) {
                Ranges.infer(constant).ifPresent(parameter -> {
                    parameters.add(parameter);
                    start.put(constant.name(), constant.value());
                });
            }
        }
        return parameters.isEmpty() ? Optional.empty() : Optional.of(in(study, parameters, start));
    }

    /** The parameter, or where an edit has set what it does not hold, a range around that. */
    private static Optional<Parameter> fitting(Parameter parameter, Value value, Source edited) {
        return parameter.problem(value).isEmpty()
                ? Optional.of(parameter)
                : edited.find(parameter.name()).flatMap(Ranges::infer);
    }

    private static Numbers in(SearchSpace study, List<Parameter> parameters, Map<String, Value> start) {
        Set<String> names =
                new LinkedHashSet<>(parameters.stream().map(Parameter::name).toList());
        List<Constraint> constraints = study.constraints().stream()
                .filter(constraint -> names.containsAll(constraint.names()))
                .toList();
        List<Condition> conditions = study.conditions().stream()
                .filter(condition -> names.contains(condition.parameter()) && names.contains(condition.parent()))
                .filter(condition -> condition.values().stream()
                        .allMatch(value -> parameters.stream()
                                .filter(parameter -> parameter.name().equals(condition.parent()))
                                .allMatch(parent -> parent.problem(value).isEmpty())))
                .toList();
        SearchSpace space = new SearchSpace(parameters, constraints, conditions).restingAt(start);
        return new Numbers(space, space.config(start));
    }
}
