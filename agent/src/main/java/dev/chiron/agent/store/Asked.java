package dev.chiron.agent.store;

/**
 * What was asked on a model's turn, and of whom.
 *
 * @param key names the turn in the record, such as {@code 0012}
 * @param author who answered, or would have: the model's name, of a replayed study the name of who was recorded; empty in a
 *     journal from before models were named
 * @param template of the prompt, such as {@code centaur} or {@code centaur-small}; empty in a journal from before there was
 *     a choice
 * @param prompt SHA-256 of the last prompt sent, or not sent any more
 */
public record Asked(String key, String author, String template, String prompt) {}
