package dev.chiron.agent.start;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.reply.Advice;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Flag;
import dev.chiron.sandbox.source.Ranges;
import dev.chiron.sandbox.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A first chiron.yaml for a script, commented, for a person to look over. Constants are set in the script, values that it takes as flags are
 * given on its command line.
 */
public final class TaskDraft {

    private final String script;
    private final Source source;
    private final Map<String, Advised> advice;
    private final Map<Constant, Parameter> parameters = new LinkedHashMap<>();
    private final Map<Constant, Flag> flags = new LinkedHashMap<>();

    /** A draft from names and values alone. */
    public TaskDraft(String script, Source source) {
        this(script, source, new LinkedHashMap<>());
    }

    /**
     * A draft with advice.
     *
     * @param advice by the name of the constant
     */
    public TaskDraft(String script, Source source, Map<String, Advised> advice) {
        this.script = script;
        this.source = source;
        this.advice = advice;
        source.flags().forEach(flag -> flags.put(flag.constant(), flag));
        for (Constant constant : source.tunable()) {
            Optional<Parameter> searched = search(constant)
                    .map(Advice.Search::parameter)
                    .or(() -> options(constant).map(Parameter.class::cast))
                    .or(() -> schedule(constant).flatMap(schedule -> around(constant, schedule)))
                    .or(() -> Ranges.infer(constant));
            searched.ifPresent(parameter -> parameters.put(constant, parameter));
        }
    }

    /** What the script itself says that a flag may be; empty if it says nothing. */
    private Optional<Parameter.Choice> options(Constant constant) {
        return Optional.ofNullable(flags.get(constant))
                .map(Flag::options)
                .filter(options -> options.contains(constant.value()) && options.size() > 1)
                .map(options -> new Parameter.Choice(constant.name(), options, false));
    }

    /** The schedule that a text is, such as one that was found before. */
    private static Optional<ProgressSchedule> schedule(Constant constant) {
        return constant.value() instanceof Value.Text text
                ? ProgressSchedule.written(constant.name(), text.text())
                : Optional.empty();
    }

    /** A range for all values of a schedule: from what suits its least to what suits its largest. */
    private static Optional<Parameter> around(Constant constant, ProgressSchedule schedule) {
        double[] values = schedule.values(constant.value()).orElseThrow().stream()
                .mapToDouble(value -> value.asNumber().orElseThrow())
                .sorted()
                .toArray();
        Optional<Parameter> least = around(constant, values[0]);
        Optional<Parameter> largest = around(constant, values[values.length - 1]);
        return least.isPresent()
                        && largest.isPresent()
                        && least.get() instanceof Parameter.Real low
                        && largest.get() instanceof Parameter.Real high
                ? Optional.of(new Parameter.Real(
                        constant.name(), Math.min(low.low(), high.low()), high.high(), low.log() && high.log()))
                : Optional.empty();
    }

    private static Optional<Parameter> around(Constant constant, double number) {
        return Ranges.infer(new Constant(constant.name(), new Value.Real(number), constant.literal(), constant.line()));
    }

    private Optional<Advice> advice(Constant constant) {
        return Optional.ofNullable(advice.get(constant.name())).map(Advised::advice);
    }

    private Optional<Advice.Search> search(Constant constant) {
        return advice(constant)
                .flatMap(said -> said instanceof Advice.Search search ? Optional.of(search) : Optional.empty())
                .filter(search -> options(constant)
                        .filter(parameter -> search.parameter() instanceof Parameter.Choice chosen
                                && !parameter.options().containsAll(chosen.options()))
                        .isEmpty());
    }

    private Optional<Advice.Leave> leave(Constant constant) {
        return advice(constant)
                .flatMap(said -> said instanceof Advice.Leave leave ? Optional.of(leave) : Optional.empty());
    }

    /** Whether nothing would be tuned. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many parameters would be tuned. */
    public int size() {
        return (int) parameters.keySet().stream()
                .filter(constant -> leave(constant).isEmpty())
                .count();
    }

    /** The likeliest of the {@link PrintedMetrics}; empty if there are none. */
    public Optional<String> knownMetric() {
        return PrintedMetrics.of(source).names().stream().findFirst();
    }

    /** The same; {@code loss} if none. */
    public String guessedMetric() {
        return knownMetric().orElse("loss");
    }

    /**
     * A parameter as a person looks it over.
     *
     * @param now the script's own value
     * @param start where the search begins, if elsewhere
     * @param author who says so: a model's name, {@link Advised#PERSON}, or empty for the rules
     * @param why the author's reason; may be empty
     */
    public record Row(
            String name, String now, Optional<String> start, Parameter parameter, String author, String why) {}

    /** What would be tuned, in the script's order. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        parameters.forEach((constant, parameter) -> {
            if (leave(constant).isEmpty()) {
                Optional<Advice.Search> search = search(constant);
                rows.add(new Row(
                        constant.name(),
                        literal(constant),
                        search.flatMap(Advice.Search::start).map(Value::text),
                        parameter,
                        search.map(said -> author(constant)).orElse(""),
                        search.map(Advice.Search::why).orElse("")));
            }
        });
        return rows;
    }

    /** Where the search begins, by the name of the constant, if elsewhere than at the script's own value. */
    public Map<String, Value> starts() {
        Map<String, Value> starts = new LinkedHashMap<>();
        parameters
                .keySet()
                .forEach(constant -> search(constant)
                        .flatMap(Advice.Search::start)
                        .ifPresent(start -> starts.put(constant.name(), start)));
        return starts;
    }

    /** What somebody would leave alone and why, a line each, in the script's order. */
    public List<String> left() {
        return source.tunable().stream()
                .flatMap(constant -> leave(constant).stream()
                        .map(leave -> constant.name() + ": left alone by " + author(constant) + ": " + leave.why()))
                .toList();
    }

    private String author(Constant constant) {
        return Optional.ofNullable(advice.get(constant.name()))
                .map(Advised::author)
                .orElse("");
    }

    /** The file. An empty goal is guessed from the name of the metric. */
    public String text(String metric, String goal) {
        return text(TaskHead.usual(metric, goal));
    }

    /** The file under a head. */
    public String text(TaskHead head) {
        List<String> tuned = rows().stream().map(Row::name).toList();
        String given = flags.values().stream()
                .filter(flag -> tuned.contains(flag.constant().name()))
                .map(flag -> " " + flag.flag() + " {" + flag.constant().name() + "}")
                .collect(Collectors.joining());
        StringBuilder yaml = new StringBuilder(head.text(script, given));
        yaml.append(
                "# sandbox: { read: [/data], network: true }   # trials see no network and no file outside this folder but what is listed\n");
        yaml.append("space:                    # the script's own values are the baseline\n");
        yaml.append(
                "  # also: default: VALUE starts elsewhere; prior: around-default, none, or a width such as 0.1 of the range\n");
        parameters.forEach((constant, parameter) -> yaml.append(entry(constant, parameter)));
        yaml.append("# constraints: [ \"A >= B * 2\" ]\n");
        yaml.append("method: centaur\n");
        yaml.append(
                "llm: { model: none }       # e.g. ollama:qwen3:0.6b, openai:NAME, builtin; share: 0.3 of the trials are its own\n");
        yaml.append(
                "# facts: { params: 50e6, tokens: 1e9 }   # for the papers' rules that a model reads (chiron facts); facts: none leaves them out\n");
        yaml.append("budget: { trials: 100 }\n");
        return yaml.toString();
    }

    /** One line; commented out where somebody would leave the constant alone, so that it is easily taken back. */
    private String entry(Constant constant, Parameter parameter) {
        Optional<Advice.Search> search = search(constant);
        String note = literal(constant);
        if (search.isPresent()) {
            String why = search.get().why();
            note += "; range by " + author(constant) + (why.isEmpty() ? "" : ": " + why);
        } else if (leave(constant).isPresent()) {
            note += "; left alone by " + author(constant) + ": "
                    + leave(constant).get().why();
        } else if (!advice.isEmpty()) {
            note += "; range inferred";
        }
        return "  " + (leave(constant).isPresent() ? "# " : "") + parameter.name() + ": "
                + scheduled(
                        constant,
                        parameter,
                        ParameterLine.of(
                                parameter, search.flatMap(Advice.Search::start).or(() -> given(constant))))
                + "    # line " + constant.line()
                + ": " + ParameterLine.UNFIT.matcher(note).replaceAll(" ") + "\n";
    }

    /** What a flag's parameter starts at: the script has no constant that would say it. */
    private Optional<Value> given(Constant constant) {
        return Optional.ofNullable(flags.get(constant))
                .map(flag -> flag.constant().value());
    }

    /** The line of a parameter, with its schedule where it has one. */
    private static String scheduled(Constant constant, Parameter parameter, String line) {
        return schedule(constant)
                .filter(schedule -> parameter instanceof Parameter.Real)
                .map(schedule -> line.substring(0, line.length() - 1).strip() + ", schedule: { at: " + schedule.points()
                        + ", shape: " + schedule.shape().label() + " } }")
                .orElse(line);
    }

    private static String literal(Constant constant) {
        return constant.literal().lines().findFirst().orElse("");
    }
}
