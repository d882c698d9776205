package dev.chiron.agent.web;

/** What was asked for is not there; the message says what, for people. */
final class Absent extends RuntimeException {

    private static final long serialVersionUID = 1;

    Absent(String message) {
        super(message);
    }
}
