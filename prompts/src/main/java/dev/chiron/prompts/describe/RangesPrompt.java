package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.facts.Known;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a model which ranges of a script's constants are worth searching. Shows the script, long ones without their middle,
 * and no text that could be a key.
 */
public final class RangesPrompt {

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
        values.put("constants", ScriptText.rows(constants));
        values.put("name", Written.line(name));
        values.put("script", ScriptText.fenced(script));
        return PromptTemplate.named("ranges").fill(values);
    }

    /** The prompt once more, after a reply that could not be used, with the reason in words. */
    public static Prompt again(Prompt previous, String reply, String reason) {
        return Again.ask(previous, reply, reason);
    }
}
