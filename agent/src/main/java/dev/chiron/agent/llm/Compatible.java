package dev.chiron.agent.llm;

/**
 * A server that speaks like OpenAI, as {@code openai-compatible:NAME@URL} names it.
 *
 * @param url without a slash at its end
 */
record Compatible(String model, String url) {

    /** Reads what stands after {@code openai-compatible:}; the URL may come from {@code llm.url} instead. */
    static Compatible of(String rest, LlmOptions options) {
        int at = Math.max(rest.lastIndexOf("@http://"), rest.lastIndexOf("@https://"));
        if (at <= 0 && options.url().isBlank()) {
            throw new IllegalArgumentException(
                    "want openai-compatible:NAME@URL with URL like http://HOST:PORT/v1, not \"openai-compatible:"
                            + modelOnly(rest) + "\"");
        }
        String url = at <= 0 ? options.url() : rest.substring(at + 1);
        return new Compatible(
                at <= 0 ? rest : rest.substring(0, at), Provider.address(url, "the URL of openai-compatible"));
    }

    /** What comes after the first @ may hold a password. */
    private static String modelOnly(String rest) {
        int at = rest.indexOf('@');
        return at < 0 ? rest : rest.substring(0, at) + "@…";
    }

    /** The spec that opens it again. */
    String name() {
        return "openai-compatible:" + model + "@" + url;
    }
}
