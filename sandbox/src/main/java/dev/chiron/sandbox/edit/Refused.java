package dev.chiron.sandbox.edit;

/** An edit cannot be had, for a reason that its author can act on, in one line. It never leaves the package. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
