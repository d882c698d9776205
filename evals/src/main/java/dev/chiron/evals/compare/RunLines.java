package dev.chiron.evals.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Runs as JSON lines: what a peer's program prints for a seed, with the task, its goal and the method. */
public final class RunLines {

    /** How each line begins. */
    public static final String START = "{\"v\":";

    private static final String LOSSES = "losses";

    /** What some programs begin a text in UTF-8 with. */
    private static final String MARK = "\uFEFF";

    private final ObjectMapper json = JsonMapper.builder()
            .enable(
                    StreamReadFeature
                            .USE_FAST_DOUBLE_PARSER) // a run's line is numbers, and thousands of lines are read
            .build();

    /** A run as a line, without a line feed. */
    public String write(Run run) {
        ObjectNode line = json.createObjectNode();
        line.put("v", run.ours().isPresent() ? 2 : 1);
        line.put("task", run.task());
        line.put("goal", run.goal().label());
        line.put("method", run.method());
        line.put("seed", run.seed());
        ArrayNode values = line.putArray("values");
        for (OptionalDouble value : run.values()) {
            if (value.isPresent()) {
                values.add(value.getAsDouble());
            } else {
                values.addNull();
            }
        }
        line.put("ask_tell_seconds", run.askTellSeconds());
        run.ours().ifPresent(ours -> OursJson.write(ours, line, run.failures()));
        return line.toString();
    }

    /**
     * The runs of lines that {@link #write} gave; empty lines are passed over.
     *
     * @param source what to call the lines in a message
     * @throws BadInput naming the first line that is no run
     */
    public List<Run> read(String source, List<String> lines) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            readLine(source, i + 1, lines.get(i)).ifPresent(runs::add);
        }
        return runs;
    }

    /**
     * The run of a line; none of an empty one.
     *
     * @param source what to call the lines in a message
     * @param number of the line among them, from 1
     * @throws BadInput if the line is no run
     */
    public Optional<Run> readLine(String source, int number, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String where = source + ", line " + number;
        JsonNode line = parse(where, number == 1 && text.startsWith(MARK) ? text.substring(1) : text);
        return Optional.of(run(where, text(where, line, "task"), goal(where, line), text(where, line, "method"), line));
    }

    /**
     * The run of a line that Optuna's program printed.
     *
     * @throws BadInput if it is none
     */
    public Run readOptuna(EvalTask task, String line) {
        JsonNode node = parse("Optuna's program", task.reference().isEmpty() ? line : volumes(task, line));
        String sampler = text("Optuna's program", node, "sampler");
        return run("Optuna's program", task.name(), task.goal(), "optuna:" + sampler, node);
    }

    /** A line whose values are the volumes of what a program for several objectives printed, its losses; any other as it is. */
    private String volumes(EvalTask task, String line) {
        try {
            JsonNode read = json.readTree(line);
            if (!(read instanceof ObjectNode run) || !run.path(LOSSES).isArray()) {
                return line;
            }
            Growth growth = new Growth(task);
            ArrayNode values = run.putArray("values");
            for (JsonNode losses : run.path(LOSSES)) {
                double[] point = new double[task.reference().size()];
                for (int k = 0; k < point.length; k++) {
                    point[k] = losses.path(k).asDouble(Double.POSITIVE_INFINITY);
                }
                values.add(growth.after(point));
            }
            run.remove(LOSSES);
            return run.toString();
        } catch (JsonProcessingException e) {
            return line; // said where it is read
        }
    }

    private JsonNode parse(String where, String line) {
        try {
            JsonNode node = json.readTree(line);
            if (node.path("values").isArray()
                    && node.path("seed").isIntegralNumber()
                    && node.path("seed").canConvertToLong()) {
                return node;
            }
            throw new BadInput(where + " is not a run, which has a whole number under seed and a list under values: "
                    + start(line));
        } catch (JsonProcessingException e) {
            throw new BadInput(where + " is not JSON: " + start(line), e);
        }
    }

    private static String start(String line) {
        String readable = line.replaceAll("\\p{Cntrl}", "?");
        return readable.length() <= 60 ? readable : readable.substring(0, 60) + "...";
    }

    private static Objective.Goal goal(String where, JsonNode line) {
        String goal = text(where, line, "goal");
        return Stream.of(Objective.Goal.values())
                .filter(known -> known.label().equals(goal))
                .findFirst()
                .orElseThrow(() -> new BadInput(where + " has the goal " + goal + ": minimize or maximize"));
    }

    private static String text(String where, JsonNode line, String key) {
        if (line.path(key).asText().isBlank() || !line.path(key).isTextual()) {
            throw new BadInput(where + " has no " + key);
        }
        return line.path(key).asText();
    }

    private static Run run(String where, String task, Objective.Goal goal, String method, JsonNode line) {
        Columns columns = new Columns(where, line);
        List<OptionalDouble> values = columns.numbers("values");
        return new Run(
                task,
                method,
                goal,
                line.path("seed").asLong(),
                values,
                line.path("ask_tell_seconds").asDouble(),
                OursJson.read(line, columns, values.size()));
    }
}
