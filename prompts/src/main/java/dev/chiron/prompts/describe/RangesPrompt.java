package dev.chiron.prompts.describe;

import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks a model which ranges of a script's constants are worth searching. Shows the script, long ones without their middle,
 * and no text that could be a key.
 */
public final class RangesPrompt {

    private static final int HEAD = 14_000; // characters; constants stand near the top of training scripts
    private static final int TAIL = 4_000; // what is printed stands at the end

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)\\b\\w*(?:key|token|secret|passw|credential)\\w*\\b[^\\n\"']{0,40}([\"'])[^\\n]*?\\1");
    private static final Pattern SECRET_TEXT = Pattern.compile("\\b(?:sk-|AIza|gsk_|hf_|xai-|ghp_)[A-Za-z0-9_\\-]{8,}");

    private RangesPrompt() {}

    /** The prompt for a script of this name and text. */
    public static Prompt render(String name, String script, List<Tunable> constants) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("constants", constants.stream().map(RangesPrompt::row).collect(Collectors.joining("\n")));
        values.put("name", Written.line(name));
        values.put("script", Written.fenced(shortened(hidden(script))));
        return PromptTemplate.named("ranges").fill(values);
    }

    /** The prompt once more, after a reply that could not be used, with the reason in words. */
    public static Prompt again(Prompt previous, String reply, String reason) {
        return Again.ask(previous, reply, reason);
    }

    private static String row(Tunable constant) {
        return "| " + Written.line(constant.name()) + " | " + constant.line() + " | "
                + hidden(constant.name() + " = " + Written.json(constant.value()))
                        .substring(constant.name().length() + 3)
                + " | " + constant.proposed().map(Written::range).orElse("left alone") + " |";
    }

    private static String hidden(String text) {
        String named = SECRET_NAME.matcher(text).replaceAll(found -> {
            String all = found.group();
            String quote = found.group(1);
            return Matcher.quoteReplacement(all.substring(0, all.indexOf(quote)) + quote + "(hidden)" + quote);
        });
        return SECRET_TEXT.matcher(named).replaceAll("(hidden)");
    }

    private static String shortened(String script) {
        if (script.length() <= HEAD + TAIL) {
            return script;
        }
        int head = script.lastIndexOf('\n', HEAD) + 1;
        int tail = script.indexOf('\n', script.length() - TAIL) + 1;
        long left = script.substring(head, tail).lines().count();
        return script.substring(0, head) + "[" + left + " lines are left out here]\n" + script.substring(tail);
    }
}
