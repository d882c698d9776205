package dev.chiron.agent.earlier;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.ProgressSchedule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The columns of a source, found by the names that tools give them: as they are, then behind a prefix such as W&B's
 * {@code config.}, then without regard to case.
 *
 * @param source the source, for messages
 */
record Columns(String source, List<String> names) {

    private static final List<String> PARAMETERS = List.of(
            "config.",
            "config/",
            "params_",
            "params.",
            "params/",
            "param_",
            "param.",
            "parameters.",
            "hparams.",
            "hparams/",
            "hyperparameters.");
    private static final List<String> METRICS = List.of(
            "summary.",
            "summary/",
            "metrics.",
            "metrics/",
            "metric.",
            "metric_",
            "values_",
            "user_attrs_chiron:metric:");

    /** What Optuna calls the metric of a study in its tables. */
    private static final String OPTUNA_VALUE = "value";

    Columns {
        names = List.copyOf(names);
    }

    /** The column of a parameter; of a schedule there may be one for all pieces. */
    Optional<String> parameter(String name) {
        return find(name, PARAMETERS)
                .or(() -> ProgressSchedule.isPiece(name)
                        ? find(ProgressSchedule.inScript(name), PARAMETERS)
                        : Optional.empty());
    }

    /** The column of the metric. */
    Optional<String> metric(String name) {
        return find(name, METRICS).or(this::optunas);
    }

    /** The column of one of several objectives: named, or of a table of Optuna's with as many values the one of its place. */
    Optional<String> metric(String name, int place, int objectives) {
        if (objectives == 1) {
            return metric(name);
        }
        List<String> values =
                names.stream().filter(column -> column.matches("values_\\d+")).toList();
        return find(name, METRICS)
                .or(() -> Optional.of("values_" + place)
                        .filter(value -> values.size() == objectives && values.contains(value)));
    }

    private Optional<String> optunas() {
        boolean isOptunas = names.stream().anyMatch(name -> name.startsWith("params_"));
        return Optional.of(OPTUNA_VALUE).filter(value -> isOptunas && names.contains(value));
    }

    /** The first column of one of these names, whatever its case. */
    Optional<String> any(List<String> known) {
        return known.stream()
                .flatMap(wanted -> names.stream().filter(name -> name.equalsIgnoreCase(wanted)))
                .findFirst();
    }

    private Optional<String> find(String wanted, List<String> prefixes) {
        return only(wanted, name -> name.equals(wanted))
                .or(() -> only(wanted, name -> stripped(name, prefixes).equals(wanted)))
                .or(() -> only(wanted, name -> stripped(name, prefixes).equalsIgnoreCase(wanted)));
    }

    private Optional<String> only(String wanted, Predicate<String> fits) {
        List<String> found = names.stream().filter(fits).toList();
        if (found.size() > 1) {
            throw new BadInput(source + ": more than one column could be " + wanted + ": " + String.join(", ", found)
                    + "; rename or remove all but one");
        }
        return found.stream().findFirst();
    }

    private static String stripped(String name, List<String> prefixes) {
        return prefixes.stream()
                .filter(prefix -> name.toLowerCase(Locale.ROOT).startsWith(prefix))
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }
}
