package dev.chiron.agent.llm;

import java.util.OptionalInt;

/** Somebody who answers a prompt: a language model, a program, a rule of thumb or a recording. */
public interface Model {

    /** The spec that opens this model again, such as {@code ollama:qwen3:0.6b}; holds no secret. */
    String name();

    /**
     * Whose words the answer to a question is: this model's own name, or where the answer is recorded the name of who was
     * recorded. Once a question was answered, the author of that answer.
     */
    default String author(Question question) {
        return name();
    }

    /** The longest reply that is asked for, in tokens, reasoning included; empty where that has no bound. */
    default OptionalInt longestReply() {
        return OptionalInt.empty();
    }

    /** Whether a budget would leave a call more after this question; true where nothing bounds them. */
    default boolean leavesAnother(Question question) {
        return true;
    }

    /**
     * Asks once and waits for the answer.
     *
     * @return the answer; every failure of the model or its server is a value, never an exception
     * @throws InterruptedException when this thread is interrupted; the running call is cancelled
     */
    Answer answer(Question question) throws InterruptedException;
}
