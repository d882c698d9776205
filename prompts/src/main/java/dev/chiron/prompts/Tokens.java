package dev.chiron.prompts;

/**
 * Tokens by rule of thumb, where no server has counted them: three characters are one. Prose has four to five, but our
 * prompts are half numbers, of which many tokenizers make a token a digit.
 */
public final class Tokens {

    private static final int CHARACTERS = 3;

    private Tokens() {}

    /** At least as many as the text has characters in threes. */
    public static long of(String text) {
        return (text.length() + CHARACTERS - 1L) / CHARACTERS;
    }
}
