package dev.chiron.agent;

/**
 * Something that a person gave is wrong: a file, a flag, a variable. The message is for that person, in one line where
 * it can be: where (file, line and key), what, and what to do. Ends the program with exit code 2.
 */
public final class BadInput extends RuntimeException {

    /** The message as it will be printed. */
    public BadInput(String message) {
        super(message);
    }

    /** The message as it will be printed; the cause is for developers. */
    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
