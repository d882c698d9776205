package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.facts.Known;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks a model which ranges of a script's constants are worth searching. Shows the script, long ones without their middle,
 * and no text that could be a key.
 */
public final class RangesPrompt {

    private static final int HEAD = 14_000; // characters; constants stand near the top of training scripts
    private static final int TAIL = 4_000; // what is printed stands at the end

    private static final int LONGEST_LINE = 400;
    private static final int LONGEST_VALUE = 120;

    private RangesPrompt() {}

    /** The prompt for a script of this name and text, without facts. */
    public static Prompt render(String name, String script, List<Tunable> constants) {
        return render(name, script, constants, Facts.NONE);
    }

    /**
     * The prompt for a script of this name and text.
     *
     * @param facts what models are told of the papers' rules
     */
    public static Prompt render(String name, String script, List<Tunable> constants, Facts facts) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Value> named = new LinkedHashMap<>();
        constants.forEach(constant -> named.put(constant.name(), constant.value()));
        values.put("facts", facts.section(Known.of(script, named), "script's own values"));
        values.put("constants", constants.stream().map(RangesPrompt::row).collect(Collectors.joining("\n")));
        values.put("name", Written.line(name));
        values.put("script", Written.fenced(shortened(Redaction.of(script))));
        return PromptTemplate.named("ranges").fill(values);
    }

    /** The prompt once more, after a reply that could not be used, with the reason in words. */
    public static Prompt again(Prompt previous, String reply, String reason) {
        return Again.ask(previous, reply, reason);
    }

    private static String row(Tunable constant) {
        String assigned = constant.name() + " = ";
        String value = Redaction.of(assigned + Written.json(constant.value())).substring(assigned.length());
        return "| " + Written.line(constant.name()) + " | " + constant.line() + " | " + cut(value, LONGEST_VALUE)
                + " | " + constant.proposed().map(Written::range).orElse("left alone") + " |";
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest)) + "...";
    }

    /** Long lines are cut first: a line of data is no code, and where to cut is found by the ends of lines. */
    private static String shortened(String text) {
        String script = text.lines().map(line -> cut(line, LONGEST_LINE)).collect(Collectors.joining("\n"));
        if (script.length() <= HEAD + TAIL) {
            return script;
        }
        int head = script.lastIndexOf('\n', HEAD) + 1;
        int tail = script.indexOf('\n', script.length() - TAIL) + 1;
        long left = script.substring(head, tail).lines().count();
        return script.substring(0, head) + "[" + left + " lines are left out here]\n" + script.substring(tail);
    }
}
