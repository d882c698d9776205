package dev.chiron.agent.web;

/** What was asked for cannot be said yet, or not of this study; the message says why, for people. */
final class Unready extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unready(String message) {
        super(message);
    }
}
