package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.prompts.describe.Request;
import dev.chiron.prompts.describe.Tunable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what a model makes of a plain request. Each thing is held against the script and the request by itself, and a bad one takes
 * none with it: a number or a machine that stands nowhere, a metric that the script does not name, a time that nobody asked for.
 */
public final class DescriptionReader {

    private static final int LONGEST_PART = 600;
    private static final int LONGEST_SHOWN = 60;
    private static final double LONGEST_MINUTES = 60.0 * 24 * 30;
    private static final double SECONDS = 60;
    private static final List<String> FIELDS = List.of("task", "space", "metric", "minutes");
    private static final Pattern METRIC = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]{0,59}");

    private static final Pattern MACHINE = Pattern.compile(
            "(?i)\\b(?:gpus?|cpus?|tpus?|npus?|cuda|mps|cores?|[vx]?ram"
                    + "|memory|laptop|desktop|machine|node|server|cluster|cloud|device|accelerator|[0-9]+ ?gi?b|[ahblv][0-9]{2,3}|rtx|gtx|m[1-9])\\b");

    private static final Pattern NAME_WITH_NUMBER = Pattern.compile("\\b[A-Za-z]+-?[0-9]+[A-Za-z0-9]*\\b");

    private final RangesReader ranges;
    private final String script;
    private final String asked;
    private final Figures inAll;
    private final Figures inRequest;

    /** For a request and a script with these constants. */
    public DescriptionReader(Request request, String script, List<Tunable> constants) {
        this.ranges = new RangesReader(constants);
        this.script = script;
        this.asked = String.join("\n", request.texts());
        this.inRequest = new Figures(request.texts());
        this.inAll = new Figures(
                Stream.concat(request.texts().stream(), Stream.of(script)).toList());
        constants.forEach(constant -> constant.value().asNumber().ifPresent(inAll::add)); // 2**19 is a number, too
    }

    /** The last object with any of the wanted fields; a reply without one has nothing, and says so among the problems. */
    public Described read(String reply) {
        JsonObjects.Found found = JsonObjects.in(Reasoning.removed(reply));
        Optional<JsonNode> last = Stream.of(JsonObjects.in(reply), found)
                .flatMap(all -> all.objects().stream())
                .filter(object -> FIELDS.stream().anyMatch(object::has))
                .reduce((earlier, later) -> later);
        if (last.isEmpty()) {
            return none(
                    found.tooLong()
                            ? "the JSON object in it is too long to be read"
                            : found.cutOff()
                                    ? "no JSON object in it is complete: it was cut off before its end"
                                    : "there is no JSON object in it with the fields \"task\", \"metric\", \"minutes\" and \"space\"");
        }
        List<String> problems = new ArrayList<>();
        Map<TaskPart, String> parts = parts(last.get().path("task"), problems);
        Optional<Objective> objective = objective(last.get().path("metric"), problems);
        if (objective.isEmpty() && parts.remove(TaskPart.METRIC) != null) {
            problems.add("task.metric: no metric with a goal was taken, so it may speak of another");
        }
        Optional<Double> minutes = minutes(last.get().path("minutes"), problems);
        RangesReader.Ranges read = ranges.read(last.get().path("space"));
        problems.addAll(read.problems());
        Described described = new Described(parts, objective, minutes, read.advice(), problems);
        return described.isEmpty() && problems.isEmpty() ? none("it says nothing") : described;
    }

    private static Described none(String problem) {
        return new Described(
                new LinkedHashMap<>(), Optional.empty(), Optional.empty(), new LinkedHashMap<>(), List.of(problem));
    }

    private Map<TaskPart, String> parts(JsonNode task, List<String> problems) {
        Map<TaskPart, String> parts = new LinkedHashMap<>();
        for (TaskPart part : TaskPart.values()) {
            String text = Excerpt.of(task.path(part.key()).asText(""), LONGEST_PART);
            Optional<String> problem = text.isBlank() ? Optional.empty() : problem(part, text);
            problem.ifPresent(why -> problems.add("task." + part.key() + ": " + why));
            if (!text.isBlank() && problem.isEmpty()) {
                parts.put(part, text);
            }
        }
        return parts;
    }

    private Optional<String> problem(TaskPart part, String text) {
        if (part == TaskPart.HARDWARE) {
            if (!MACHINE.matcher(asked).find()) {
                return Optional.of("neither the request nor a card says what it runs on");
            }
            Optional<String> name = NAME_WITH_NUMBER
                    .matcher(text)
                    .results()
                    .map(found -> found.group())
                    .filter(word -> !asked.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)))
                    .findFirst();
            if (name.isPresent()) {
                return name.map(word -> "it names " + word + ", which stands nowhere in request and cards");
            }
        }
        return inAll.unfounded(text)
                .map(number -> "it says " + number + ", which stands nowhere in request, cards and script");
    }

    private Optional<Objective> objective(JsonNode metric, List<String> problems) {
        String name = metric.path("name").asText("").strip();
        String goal = metric.path("goal").asText("").strip().toUpperCase(Locale.ROOT);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String shown = Excerpt.of(name, LONGEST_SHOWN);
        if (!METRIC.matcher(name).matches()) {
            problems.add("metric: " + shown + " is no name that stands before a value on a line");
        } else if (!Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(name) + "(?![A-Za-z0-9_])")
                .matcher(script)
                .find()) {
            problems.add("metric: the script never names " + shown);
        } else if (!goal.equals(Goal.MINIMIZE.name()) && !goal.equals(Goal.MAXIMIZE.name())) {
            problems.add("metric: the goal is neither minimize nor maximize: "
                    + Excerpt.of(metric.path("goal").asText(""), LONGEST_SHOWN));
        } else {
            return Optional.of(new Objective(name, Goal.valueOf(goal)));
        }
        return Optional.empty();
    }

    private Optional<Double> minutes(JsonNode node, List<String> problems) {
        double minutes = node.asDouble(0);
        if (minutes == 0) {
            return Optional.empty();
        }
        if (!(minutes > 0 && minutes <= LONGEST_MINUTES)) {
            problems.add("minutes: " + Excerpt.of(node.asText(), LONGEST_SHOWN) + " is no time for a run");
        } else if (!inRequest.has(minutes) && !inRequest.has(minutes / SECONDS) && !inRequest.has(minutes * SECONDS)) {
            problems.add(
                    "minutes: neither the request nor a card speaks of " + Excerpt.of(node.asText(), LONGEST_SHOWN));
        } else {
            return Optional.of(minutes);
        }
        return Optional.empty();
    }

    /** The JSON schema of a reply, for models that support one. */
    public String schema() {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        for (TaskPart part : TaskPart.values()) {
            task.putObject(part.key()).put("type", "string");
        }
        ObjectNode metric = JsonNodeFactory.instance.objectNode();
        metric.putObject("name").put("type", "string");
        ArrayNode goals = metric.putObject("goal").put("type", "string").putArray("enum");
        Stream.of(Goal.values()).map(Goal::label).forEach(goals::add);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("task", ReplySchema.object(task));
        all.set("metric", ReplySchema.object(metric));
        all.set("minutes", ReplySchema.number());
        all.set("space", ranges.reasonedSchema());
        return ReplySchema.object(all).toString();
    }
}
