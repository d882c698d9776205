package dev.chiron.agent.earlier;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.study.Objective;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** An Optuna storage in SQLite, {@code optuna.db}: its tables since Optuna 3, read and never written. */
final class OptunaDatabase {

    private static final int PATIENCE_MS = 5000;

    private final Path file;
    private final String name;
    private final Optional<String> asked;
    private final Wanted wanted;

    /** @param asked the study that is meant; empty for the only one */
    OptunaDatabase(Path file, String name, Optional<String> asked, Wanted wanted) {
        this.file = file;
        this.name = name;
        this.asked = asked;
        this.wanted = wanted;
    }

    Found read() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(PATIENCE_MS);
        try (Connection database = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath())) {
            return read(database);
        } catch (SQLException | IllegalArgumentException e) {
            throw new BadInput(
                    name + " cannot be read as an Optuna storage: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + ". If it was written by an Optuna before 3, or is damaged, export the trials as CSV",
                    e);
        } catch (LinkageError | Exception e) {
            if (e instanceof BadInput bad) {
                throw bad;
            }
            throw new BadInput(
                    name + ": the library for SQLite does not work on this machine (" + e.getMessage()
                            + "); export the trials as CSV: study.trials_dataframe().to_csv(\"trials.csv\")",
                    e);
        }
    }

    private Found read(Connection database) throws SQLException {
        Map<String, Long> studies = new LinkedHashMap<>();
        each(
                database,
                "select study_id, study_name from studies order by study_id",
                List.of(),
                row -> studies.put(row.getString(2), row.getLong(1)));
        String study = OptunaTrials.study(name, List.copyOf(studies.keySet()), asked);
        List<Long> id = List.of(studies.getOrDefault(study, 0L));
        List<Objective.Goal> directions = new ArrayList<>();
        each(
                database,
                "select direction from study_directions where study_id = ? order by objective",
                id,
                row -> directions.add(goal(row.getString(1))));
        List<String> names = new ArrayList<>();
        each(
                database,
                "select value_json from study_system_attributes where key = 'study:metric_names' and study_id = ?",
                id,
                row -> names.addAll(OptunaTrials.names(row.getString(1))));
        Map<String, Integer> places = OptunaTrials.places(name, study, directions, names, wanted);
        Map<Long, OptunaTrials.Trial> trials = new LinkedHashMap<>();
        each(database, "select trial_id, number, state from trials where study_id = ? order by number", id, row -> {
            OptunaTrials.Trial trial = new OptunaTrials.Trial(row.getInt(2));
            trial.state = row.getString(3);
            trials.put(row.getLong(1), trial);
        });
        String part = " t join trials using (trial_id) where study_id = ? order by trial_id";
        each(
                database,
                "select trial_id, param_name, param_value, distribution_json from trial_params" + part,
                id,
                row -> trial(trials, row)
                        .params
                        .put(row.getString(2), OptunaTrials.text(row.getString(4), row.getDouble(3))));
        each(
                database,
                "select trial_id, value, value_type, objective from trial_values" + part,
                id,
                row -> trial(trials, row).values.put(row.getInt(4), number(row)));
        each(
                database,
                "select trial_id, intermediate_value, intermediate_value_type from trial_intermediate_values" + part
                        + ", step",
                id,
                row -> trial(trials, row).last = Optional.of(number(row)));
        each(
                database,
                "select trial_id, value_json from trial_system_attributes"
                        + part.replace("where", "where key = 'constraints' and"),
                id,
                row -> trial(trials, row).violation = OptunaTrials.violation(row.getString(2)));
        each(
                database,
                "select trial_id, value_json from trial_user_attributes"
                        + part.replace("where", "where key = 'chiron:reason' and"),
                id,
                row -> trial(trials, row).reason = row.getString(2).replace("\"", ""));
        return OptunaTrials.found(name, directions, places, List.copyOf(trials.values()));
    }

    private static OptunaTrials.Trial trial(Map<Long, OptunaTrials.Trial> trials, ResultSet row) throws SQLException {
        return Optional.ofNullable(trials.get(row.getLong(1)))
                .orElseThrow(() -> new IllegalArgumentException("it has a value of no trial"));
    }

    private static Objective.Goal goal(String direction) {
        return "MAXIMIZE".equals(direction) ? Objective.Goal.MAXIMIZE : Objective.Goal.MINIMIZE;
    }

    /** A value of the second column, of the kind that the third names. */
    private static double number(ResultSet row) throws SQLException {
        String type = String.valueOf(row.getString(3)).toUpperCase(Locale.ROOT);
        return switch (type) {
            case "INF_POS" -> Double.POSITIVE_INFINITY;
            case "INF_NEG" -> Double.NEGATIVE_INFINITY;
            case "NAN" -> Double.NaN;
            default -> row.getDouble(2);
        };
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection database, String query, List<Long> values, RowReader reader)
            throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(query)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setLong(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}
