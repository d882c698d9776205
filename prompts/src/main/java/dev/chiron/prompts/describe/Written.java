package dev.chiron.prompts.describe;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How values, configs and foreign texts are written in a prompt: on one line, and never breaking out of their place. */
final class Written {

    private static final int DIGITS = 4;
    private static final int METRIC_DIGITS = 6;
    private static final Pattern UNSAFE = Pattern.compile("[|\\u007f-\\u009f\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern TICKS = Pattern.compile("`+");

    private Written() {}

    /** The config as a JSON object on one line; its numbers read back exactly. */
    static String json(Config config) {
        return object(config, Written::json);
    }

    /** The value as JSON; it reads back exactly. */
    static String json(Value value) {
        if (value instanceof Value.Text text) {
            return quoted(text.text());
        }
        if (value instanceof Value.Real real) {
            String number = Numbers.text(real.number());
            return number.matches("-?\\d+") ? number + ".0" : number; // 1 would read back as a whole number
        }
        return value.text();
    }

    /** The value as JSON, real numbers rounded to four digits. */
    static String rounded(Value value) {
        return value instanceof Value.Real real ? Numbers.text(real.number(), DIGITS) : json(value);
    }

    static String metric(double value) {
        return Numbers.text(value, METRIC_DIGITS);
    }

    static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    /** Type and range, options as JSON. */
    static String range(Parameter parameter) {
        if (parameter instanceof Parameter.Choice choice) {
            return choice.options().stream().map(Written::json).collect(Collectors.joining(", ", "one of ", ""))
                    + (choice.ordered() ? ", in this order" : "");
        }
        return parameter.describe();
    }

    /** The config as a JSON object on one line, real numbers rounded to four digits. */
    static String shortJson(Config config) {
        return object(config, Written::rounded);
    }

    private static String object(Config config, Function<Value, String> written) {
        return fields(config, written).entrySet().stream()
                .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** What stands behind each name in a config: a value, or those of a schedule as a list. */
    static Map<String, String> fields(Config config, Function<Value, String> written) {
        Map<String, String> fields = new LinkedHashMap<>();
        config.values()
                .forEach((name, value) -> fields.merge(
                        ProgressSchedule.inScript(name), written.apply(value), (some, more) -> some + "," + more));
        ProgressSchedule.in(config.values().keySet())
                .forEach(schedule -> fields.computeIfPresent(schedule.name(), (name, values) -> "[" + values + "]"));
        return fields;
    }

    /** So many characters of a text, whole ones. */
    static String beginning(String text, int characters) {
        return text.codePoints()
                .limit(characters)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** What became of a trial without a value: the class of its failure, or how far it came before it was stopped. */
    static String ended(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason().label();
        }
        if (outcome instanceof Outcome.Partial partial) {
            return metric(partial.measured().value()) + " after "
                    + line(partial.fidelity().toString());
        }
        return outcome instanceof Outcome.Pruned pruned && pruned.step() > 0
                ? "pruned at step " + metric(pruned.step()) + " with " + metric(pruned.value())
                : outcome.status();
    }

    /** The text on one line. */
    static String line(String text) {
        return PlainText.line(text);
    }

    /** A foreign text as data: nothing hidden in it, and between fences that are longer than any run of backticks in it. */
    static String fenced(String foreign) {
        String text = PlainText.lines(foreign);
        int longest = TICKS.matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        return fence + "\n" + text.strip() + "\n" + fence;
    }

    /** A JSON string that stays on its line and in its table cell. */
    private static String quoted(String text) {
        String json = "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
        return UNSAFE.matcher(json)
                .replaceAll(unsafe -> Matcher.quoteReplacement(unsafe.group()
                        .chars()
                        .mapToObj(c -> String.format(Locale.ROOT, "\\u%04x", c))
                        .collect(Collectors.joining())));
    }
}
