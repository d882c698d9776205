package dev.chiron.evals.fit;

import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Optional;

/**
 * What a table's columns are.
 *
 * @param objective its metric is the column of the values
 * @param parameters the columns that were tuned; none for all that are nothing else
 * @param ignored columns that are not parameters
 * @param seconds the column of the wall time; empty for the first of {@code wall_seconds, seconds, duration, runtime}
 * @param run the columns that say which runs belong together; none for those of {@code method, study, run, seed}
 */
public record CsvOptions(
        Objective objective,
        List<String> parameters,
        List<String> ignored,
        Optional<String> seconds,
        List<String> run) {

    static final List<String> SECONDS = List.of("wall_seconds", "seconds", "duration", "runtime");
    static final List<String> RUN = List.of("method", "study", "run", "seed");

    /** Columns that tables of trials have beside the parameters. */
    static final List<String> OTHERS = List.of("id", "number", "trial", "trial_id", "status", "state", "date", "time");

    public CsvOptions {
        parameters = List.copyOf(parameters);
        ignored = List.copyOf(ignored);
        run = List.copyOf(run);
    }
}
