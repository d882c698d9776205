package dev.chiron.prompts.describe;

import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A prompt once more, with the beginning of the reply that could not be used. */
final class Again {

    private static final int REPLY_SHOWN = 500;

    private Again() {}

    static Prompt ask(Prompt previous, String reply, String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("previous", previous.text());
        values.put(
                "reply",
                Written.fenced(reply.codePoints()
                        .limit(REPLY_SHOWN)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()));
        values.put("reason", Written.line(reason));
        return PromptTemplate.named("again").fill(values);
    }
}
