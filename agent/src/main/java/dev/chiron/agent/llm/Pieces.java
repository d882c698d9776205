package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.ProgressSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules in a prompt, read as the single parameters that they are of: a list of four values is four numbers. */
final class Pieces {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| [^|]* \\|$");
    private static final Pattern LIST =
            Pattern.compile("list of \\d+ by progress \\((?:steps|linear) at ([^)]*)\\), (each )?(.*)");

    private Pieces() {}

    /** The table of parameters: names and ranges, a schedule's pieces in its place. */
    static Map<String, String> rows(String prompt) {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(prompt);
        while (row.find()) {
            String name = row.group(1).strip();
            String range = row.group(2).strip();
            Matcher list = LIST.matcher(range);
            if (!list.matches()) {
                rows.put(name, range);
                continue;
            }
            String[] points = list.group(1).split(", ", -1);
            String[] ranges = list.group(3).split("; ", -1);
            for (int i = 0; i < points.length; i++) {
                rows.put(
                        name + ProgressSchedule.AT + points[i],
                        list.group(2) == null && i < ranges.length ? ranges[i] : ranges[0]);
            }
        }
        return rows;
    }

    /** A config whose lists are the values of pieces. */
    static ObjectNode apart(ObjectNode config, Map<String, String> rows) {
        ObjectNode apart = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : config.properties()) {
            if (!field.getValue().isArray()) {
                apart.set(field.getKey(), field.getValue());
                continue;
            }
            List<String> pieces = rows.keySet().stream()
                    .filter(name -> name.startsWith(field.getKey() + ProgressSchedule.AT))
                    .toList();
            for (int i = 0; i < pieces.size(); i++) {
                apart.set(pieces.get(i), field.getValue().path(i));
            }
        }
        return apart;
    }
}
