package dev.chiron.prompts.describe;

import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks a model which training log it expects of a study's first config, before that is run, as AutoML-GPT (Zhang et al. 2023)
 * does; here it is scored against the real one.
 */
public final class PredictedLogPrompt {

    private PredictedLogPrompt() {}

    /**
     * The prompt.
     *
     * @param limit how long a run may take, in words
     * @param name of the script
     * @param script as it is; its constants may have other values than the config
     */
    public static Prompt render(Task task, String limit, String name, String script) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("goal", task.objective().goal().label());
        values.put("metric", Written.line(task.objective().metric()));
        values.put("description", TaskText.description(task, task.description().length()));
        values.put("config", Written.json(task.baseline()));
        values.put("limit", Written.line(limit));
        values.put("name", Written.line(name));
        values.put("script", ScriptText.fenced(script));
        return PromptTemplate.named("predicted-log").fill(values);
    }
}
