package dev.chiron.agent.start;

import dev.chiron.prompts.reply.Advice;

/**
 * What somebody says of a constant.
 *
 * @param author a model's name, or {@link #PERSON}
 */
public record Advised(Advice advice, String author) {

    /** The person at the terminal. */
    public static final String PERSON = "a person";
}
