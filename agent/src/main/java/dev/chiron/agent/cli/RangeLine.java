package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.describe.Adviser;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.prompts.reply.RangesReader;
import dev.chiron.prompts.reply.RangesReader.Ranges;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A parameter's range as a person types it: {@code LR 1e-5..0.1 log start 3e-4}, {@code ACT relu|gelu}, {@code SEED off}. It is held against
 * the script like a model's.
 */
record RangeLine(Source source) {

    /** How a person is told what can be typed. */
    static final String FORMS = "NAME LOW..HIGH [log] [start VALUE], NAME a|b|c, or NAME off";

    private static final String NUMBER = "([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)";
    private static final Pattern NUMBERS = Pattern.compile(
            "(\\S+)\\s+" + NUMBER + "\\s*\\.\\.\\s*" + NUMBER + "(\\s+log)?(?:\\s+start\\s+" + NUMBER + ")?");
    private static final Pattern OPTIONS = Pattern.compile("(\\S+)\\s+(\\S.*\\|.*\\S)");
    private static final Pattern OFF = Pattern.compile("(\\S+)\\s+off");

    /** What the line comes to: advice for one constant, or problems; both empty where it is no such line. */
    Ranges read(String line) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Matcher numbers = NUMBERS.matcher(line);
        Matcher options = OPTIONS.matcher(line);
        Matcher off = OFF.matcher(line);
        if (off.matches()) {
            object.putObject(off.group(1)).put("leave", "at the terminal");
        } else if (numbers.matches() && areNumbers(numbers)) {
            ObjectNode range = object.putObject(numbers.group(1));
            range.set("low", number(numbers.group(2)));
            range.set("high", number(numbers.group(3)));
            range.put("log", numbers.group(4) != null);
            Optional.ofNullable(numbers.group(5)).ifPresent(start -> range.set("start", number(start)));
        } else if (options.matches()) {
            ObjectNode choice = object.putObject(options.group(1));
            Stream.of(options.group(2).split("\\|")).map(String::strip).forEach(choice.putArray("options")::add);
        }
        List<String> unknown = object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> source.find(name).isEmpty())
                .map(name -> PlainText.line(name) + ": is no constant of the script that can be set; these are: "
                        + String.join(
                                ", ",
                                source.constants().stream().map(Constant::name).toList()))
                .toList();
        return object.isEmpty() || !unknown.isEmpty()
                ? new Ranges(new LinkedHashMap<>(), unknown)
                : new RangesReader(Adviser.tunables(source)).read(object.toString());
    }

    private static boolean areNumbers(Matcher numbers) {
        return Stream.of(
                        numbers.group(2),
                        numbers.group(3),
                        Optional.ofNullable(numbers.group(5)).orElse("0"))
                .noneMatch(text -> Double.isNaN(parsed(text)));
    }

    /** Not a number where it only looks like one. */
    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static JsonNode number(String text) {
        double number = parsed(text);
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? JsonNodeFactory.instance.numberNode((long) number)
                : JsonNodeFactory.instance.numberNode(number);
    }
}
