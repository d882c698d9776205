package dev.chiron.agent.start;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.reply.Advice;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Ranges;
import dev.chiron.sandbox.source.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A first chiron.yaml for a script, commented, for a person to look over. */
public final class TaskDraft {

    /** Metrics that training scripts print, the likelier one first; with those that are better when larger. */
    private static final List<String> KNOWN_METRICS = List.of(
            "val_bpb",
            "val_loss",
            "val_accuracy",
            "val_acc",
            "val_error",
            "test_loss",
            "test_accuracy",
            "accuracy",
            "perplexity",
            "mse",
            "rmse",
            "mae",
            "f1",
            "auc",
            "reward",
            "score",
            "loss");

    private static final List<String> LARGER_IS_BETTER = List.of("acc", "accuracy", "f1", "auc", "reward", "score");

    /** What ends a line, hides text, or may not stand in YAML as it is. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private final String script;
    private final Source source;
    private final String adviser;
    private final Map<String, Advice> advice;
    private final Map<Constant, Parameter> parameters = new LinkedHashMap<>();

    /** A draft from names and values alone. */
    public TaskDraft(String script, Source source) {
        this(script, source, "", new LinkedHashMap<>());
    }

    /**
     * A draft with a model's advice.
     *
     * @param adviser the model's name
     * @param advice by the name of the constant
     */
    public TaskDraft(String script, Source source, String adviser, Map<String, Advice> advice) {
        this.script = script;
        this.source = source;
        this.adviser = adviser;
        this.advice = advice;
        for (Constant constant : source.constants()) {
            Optional<Parameter> searched = advice.get(constant.name()) instanceof Advice.Search search
                    ? Optional.of(search.parameter())
                    : Ranges.infer(constant);
            searched.ifPresent(parameter -> parameters.put(constant, parameter));
        }
    }

    /** Whether nothing would be tuned. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many parameters would be tuned. */
    public int size() {
        return (int) parameters.keySet().stream()
                .filter(constant -> !(advice.get(constant.name()) instanceof Advice.Leave))
                .count();
    }

    /** The first known metric that the script names before a colon or an equals sign; {@code loss} if none. */
    public String guessedMetric() {
        return KNOWN_METRICS.stream()
                .filter(name ->
                        source.text().contains(name + ":") || source.text().contains(name + "="))
                .findFirst()
                .orElse("loss");
    }

    /** The file. An empty goal is guessed from the name of the metric. */
    public String text(String metric, String goal) {
        boolean larger = LARGER_IS_BETTER.stream()
                .anyMatch(word -> metric.toLowerCase(Locale.ROOT).endsWith(word));
        String direction = !goal.isEmpty() ? goal : larger ? "maximize" : "minimize";
        String command = script.endsWith(".java") ? "java {script}" : "python3 {script}";
        StringBuilder yaml = new StringBuilder();
        yaml.append("# Written by `chiron init`. Look over the metric and the ranges, then: chiron run\n");
        yaml.append("task: ''                  # what is trained, on what, for how long: a model reads this\n");
        yaml.append("script: ").append(script).append("\n");
        yaml.append("run: ").append(command).append("\n");
        yaml.append("metric: { name: ")
                .append(metric)
                .append(", goal: ")
                .append(direction)
                .append(", from: stdout }    # the last line `")
                .append(metric)
                .append(": VALUE` counts\n");
        yaml.append("limits: { time: 1h }      # of one run; also memory, processes, output, disk\n");
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

    /** One line; commented out where the model would leave the constant alone, so that it is easily taken back. */
    private String entry(Constant constant, Parameter parameter) {
        Advice advised = advice.get(constant.name());
        String note = constant.literal().lines().findFirst().orElse("");
        if (advised instanceof Advice.Search) {
            note += "; range by " + adviser;
        } else if (advised instanceof Advice.Leave leave) {
            note += "; left alone by " + adviser + ": " + leave.why();
        } else if (!advice.isEmpty()) {
            note += "; range inferred";
        }
        return "  " + (advised instanceof Advice.Leave ? "# " : "") + parameter.name() + ": " + line(parameter)
                + "    # line " + constant.line() + ": "
                + UNFIT.matcher(note).replaceAll(" ") + "\n";
    }

    private static String line(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return "{ type: float, low: " + Numbers.text(real.low()) + ", high: " + Numbers.text(real.high())
                    + (real.log() ? ", log: true }" : " }");
        }
        if (parameter instanceof Parameter.Whole whole) {
            String scale = whole.powersOfTwo() ? ", powers_of_two: true" : whole.log() ? ", log: true" : "";
            String step = whole.step() > 1 ? ", step: " + whole.step() : "";
            return "{ type: int, low: " + whole.low() + ", high: " + whole.high() + scale + step + " }";
        }
        if (parameter instanceof Parameter.Choice choice) {
            String options = choice.options().stream().map(TaskDraft::option).collect(Collectors.joining(", "));
            return "{ type: choice, options: [" + options + "] }";
        }
        throw new AssertionError(parameter);
    }

    private static String option(Value option) {
        return option instanceof Value.Text text ? quoted(text.text()) : option.text();
    }

    private static String quoted(String text) {
        return "\""
                + UNFIT.matcher(text.replace("\\", "\\\\").replace("\"", "\\\""))
                        .replaceAll(unfit -> Matcher.quoteReplacement(String.format(
                                Locale.ROOT, "\\U%08x", unfit.group().codePointAt(0))))
                + "\"";
    }
}
