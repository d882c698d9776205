package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;

/**
 * The text of one setting and where it came from.
 *
 * @param key dotted, such as {@code llm.share}
 * @param origin {@code --llm-share}, {@code CHIRON_LLM_SHARE}, {@code chiron.yaml:12}, {@code default}
 */
public record Setting(String key, String text, String origin) {

    /**
     * What {@code --set} was given.
     *
     * @throws BadInput if it is not {@code KEY=VALUE}
     */
    public static Setting set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new BadInput("--set " + assignment + ": expected KEY=VALUE, for example --set llm.share=0.4");
        }
        String key = assignment.substring(0, equals).strip();
        return new Setting(key, assignment.substring(equals + 1).strip(), "--set " + key);
    }
}
