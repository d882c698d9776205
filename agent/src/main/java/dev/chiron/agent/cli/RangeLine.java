package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.describe.Adviser;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.prompts.reply.Advice;
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
 * the script like a model's, but refused as a whole.
 *
 * @param starts where the search begins now, by constant; a range without a start keeps the one that it holds
 */
record RangeLine(Source source, Map<String, Value> starts) {

    /**
     * What a line comes to.
     *
     * @param advice for one constant; empty where the line is refused, or is no such line
     * @param problems why it is refused
     * @param dropped the earlier start that the new range does not hold, in a sentence
     */
    record Typed(Map<String, Advice> advice, List<String> problems, Optional<String> dropped) {

        private static Typed refused(List<String> problems) {
            return new Typed(new LinkedHashMap<>(), problems, Optional.empty());
        }
    }

    /** How a person is told what can be typed. */
    static final String FORMS = "NAME LOW..HIGH [log] [start VALUE], NAME a|b|c, or NAME off";

    private static final String NUMBER = "([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)";
    private static final Pattern NUMBERS = Pattern.compile(
            "(\\S+)\\s+" + NUMBER + "\\s*\\.\\.\\s*" + NUMBER + "(\\s+log)?(?:\\s+start\\s+" + NUMBER + ")?");
    private static final Pattern OPTIONS = Pattern.compile("(\\S+)\\s+(\\S.*\\|.*\\S)");
    private static final Pattern OFF = Pattern.compile("(\\S+)\\s+off");

    /** Advice for one constant, or problems; both empty where it is no such line. */
    Typed read(String line) {
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
        List<String> names = source.tunable().stream().map(Constant::name).toList();
        List<String> unknown = object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !names.contains(name))
                .map(name -> PlainText.line(name) + ": is no constant of the script that can be set; these are: "
                        + String.join(", ", names))
                .toList();
        if (object.isEmpty() || !unknown.isEmpty()) {
            return Typed.refused(unknown);
        }
        Ranges read = new RangesReader(Adviser.tunables(source)).read(object.toString());
        return read.problems().isEmpty() ? started(read.advice(), object) : Typed.refused(read.problems());
    }

    /** With the start that holds now, where the line names none. */
    private Typed started(Map<String, Advice> advice, ObjectNode typed) {
        Map<String, Advice> started = new LinkedHashMap<>(advice);
        Optional<String> dropped = Optional.empty();
        for (Map.Entry<String, Advice> said : advice.entrySet()) {
            Optional<Value> start = Optional.ofNullable(starts.get(said.getKey()))
                    .filter(value -> !typed.path(said.getKey()).has("start"));
            if (start.isPresent() && said.getValue() instanceof Advice.Search search) {
                Value earlier = start.get();
                if (search.parameter().problem(earlier).isEmpty()
                        && search.parameter().nearest(earlier).equals(earlier)) {
                    started.put(said.getKey(), new Advice.Search(search.parameter(), start, search.why()));
                } else {
                    dropped = Optional.of(
                            said.getKey() + ": the start " + PlainText.line(earlier.text())
                                    + " is dropped, as the range does not hold it; the search begins at the script's own value.");
                }
            }
        }
        return new Typed(started, List.of(), dropped);
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
