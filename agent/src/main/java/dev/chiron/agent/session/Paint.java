package dev.chiron.agent.session;

/** Colours by ANSI's codes, or none. */
public record Paint(boolean colours) {

    String good(String text) {
        return code("32", text);
    }

    String bad(String text) {
        return code("31", text);
    }

    String faint(String text) {
        return code("2", text);
    }

    String strong(String text) {
        return code("1", text);
    }

    private String code(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
