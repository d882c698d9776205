package dev.chiron.prompts.reply;

/** Part of a reply cannot be used; the message says what is wrong and what is wanted. It never leaves the package. */
final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
