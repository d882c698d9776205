package dev.chiron.sandbox.source;

/** An expression whose value cannot be told from its text alone; the message is a clause after "its value". */
final class NotALiteral extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotALiteral(String why) {
        super(why, null, false, false);
    }

    /** The clause to show. */
    String why() {
        return String.valueOf(getMessage());
    }
}
