package dev.chiron.optimizers.space;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the configs of a space must keep. Immutable. */
final class Constraints {

    private final List<Constraint> list;

    /** @throws IllegalArgumentException if one names an unknown parameter, or one that is no number */
    Constraints(List<Parameter> parameters, List<Constraint> constraints) {
        this.list = List.copyOf(constraints);
        for (Constraint constraint : list) {
            for (String name : constraint.names()) {
                Parameter parameter = parameters.stream()
                        .filter(candidate -> candidate.name().equals(name))
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

    List<Constraint> list() {
        return list;
    }

    List<Constraint> broken(Config config) {
        return list.stream().filter(constraint -> !constraint.holds(config)).toList();
    }

    /** {@link SearchSpace#repair(Config, Set)} in that space. */
    Optional<Config> repair(Config config, SearchSpace space, Set<String> kept) {
        Config repaired = config;
        for (int round = 0; round <= list.size(); round++) {
            List<Constraint> broken = broken(repaired);
            if (broken.isEmpty()) {
                return Optional.of(repaired);
            }
            Optional<Config> moved = broken.get(0).repair(repaired, space, kept);
            if (moved.isEmpty()) {
                return moved;
            }
            repaired = moved.get();
        }
        return broken(repaired).isEmpty() ? Optional.of(repaired) : Optional.empty();
    }
}
