package dev.chiron.agent.earlier;

import dev.chiron.optimizers.study.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source has, before it is held against a search space.
 *
 * @param kind what it is, in words
 * @param goals which way is better there, by objective of the task; without those of which it does not say
 * @param columns the names of its columns, parameters among them
 * @param rows what can be used
 * @param leftOut why rows cannot be used, and how many
 * @param notes what else the user should know
 */
record Found(
        String kind,
        Map<String, Objective.Goal> goals,
        List<String> columns,
        List<Row> rows,
        Map<String, Integer> leftOut,
        List<String> notes) {

    Found {
        goals = new LinkedHashMap<>(goals);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        leftOut = new LinkedHashMap<>(leftOut);
        notes = List.copyOf(notes);
    }

    /** The number of rows, used or not. */
    int size() {
        return rows.size()
                + leftOut.values().stream().mapToInt(Integer::intValue).sum();
    }
}
