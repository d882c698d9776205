package dev.chiron.prompts.describe;

import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a model to answer a person about a study, by commands whose output it reads. */
public final class TalkPrompt {

    /** What is kept of a dialogue, in characters: the end of it. */
    private static final int LONGEST = 12_000;

    private TalkPrompt() {}

    /**
     * The prompt.
     *
     * @param study a few lines on the study
     * @param commands a line for each that may be used
     * @param dialogue what was said and shown so far, the person's last words at its end
     * @param most how many commands may be asked for at once
     */
    public static Prompt render(List<String> study, List<String> commands, List<String> dialogue, int most) {
        String said = String.join("\n", dialogue);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("study", Redaction.of(Written.fenced(String.join("\n", study))));
        values.put("most", Integer.toString(most));
        values.put("commands", String.join("\n", commands));
        values.put(
                "dialogue",
                Redaction.of(said.length() <= LONGEST ? said : "[…]\n" + said.substring(said.length() - LONGEST)));
        return PromptTemplate.named("talk").fill(values);
    }

    /** The prompt once more, after a reply that could not be used, with the reason in words. */
    public static Prompt again(Prompt previous, String reply, String reason) {
        return Again.ask(previous, reply, reason);
    }
}
