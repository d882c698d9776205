package dev.chiron.agent.store;

/** A study that cannot be used as it is: another process writes it, or its files were changed. */
public final class UnusableStudy extends RuntimeException {

    UnusableStudy(String message) {
        super(message);
    }

    UnusableStudy(String message, Throwable cause) {
        super(message, cause);
    }
}
