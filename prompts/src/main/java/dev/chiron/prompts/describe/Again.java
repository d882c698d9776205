package dev.chiron.prompts.describe;

import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A prompt once more, with the beginning of the reply that could not be used. */
public final class Again {

    private static final int REPLY_SHOWN = 500;

    private Again() {}

    /**
     * Asks again.
     *
     * @param reply what could not be used
     * @param reason why, in words that the model can act on
     */
    public static Prompt ask(Prompt previous, String reply, String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("previous", previous.text());
        values.put("reply", Written.fenced(Written.beginning(reply, REPLY_SHOWN)));
        values.put("reason", Written.line(reason));
        return PromptTemplate.named("again").fill(values);
    }
}
