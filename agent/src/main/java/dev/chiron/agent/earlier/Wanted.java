package dev.chiron.agent.earlier;

import dev.chiron.agent.spec.Spec;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.study.Objective;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What earlier results are wanted for.
 *
 * @param environment of this process, for the program that tells a script's old versions
 */
record Wanted(Spec spec, Map<String, String> environment) {

    Objective objective() {
        return spec.objective();
    }

    /** What each objective is called in the earlier results, by its name here; in order. */
    Map<String, String> metrics() {
        List<Objective> all = objective().all();
        List<String> there = spec.from().metrics(all.size());
        Map<String, String> metrics = new LinkedHashMap<>();
        for (int k = 0; k < all.size(); k++) {
            metrics.put(all.get(k).metric(), there.isEmpty() ? all.get(k).metric() : there.get(k));
        }
        return metrics;
    }

    /** The names of {@link #metrics} in the earlier results, for messages: {@code loss, ms}. */
    String shown() {
        return String.join(", ", metrics().values());
    }

    /** The metrics that conditions name and that are no objectives. */
    Set<String> conditions() {
        return objective().feasible().stream()
                .map(Constraint::names)
                .flatMap(Set::stream)
                .filter(name -> !metrics().containsKey(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    List<String> parameters() {
        return spec.space().parameters().stream()
                .map(parameter -> parameter.name())
                .toList();
    }
}
