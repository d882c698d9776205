package dev.chiron.agent.llm;

import java.util.List;
import java.util.regex.Pattern;

/** The keys in use, kept together so that nothing they could slip into is shown uncleaned. */
final class Secrets {
    private static final String MASK = "***";
    // Servers repeat keys half masked (sk-proj-****abcd), so the literal key is not enough.
    private static final Pattern KEY_LIKE =
            Pattern.compile("(?i)\\b(sk-|Bearer\\s+|key-|AIza|AQ\\.|gsk_|hf_|xai-)[A-Za-z0-9_*.\\-]{4,}");
    private static final Pattern USER_INFO = Pattern.compile("(?i)(https?://)[^/\\s@]+@");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");

    private final List<String> values;

    Secrets(List<String> values) {
        this.values = values.stream().filter(value -> value.length() >= 8).toList();
    }

    /** The text without the keys in use; otherwise unchanged. */
    String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }

    /** One printable line without anything like a key, at most {@link Answer#LONGEST_REASON} characters. */
    String line(String text) {
        String masked = mask(text);
        masked = KEY_LIKE.matcher(masked).replaceAll(MASK);
        masked = USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
        masked = UNPRINTABLE.matcher(masked).replaceAll(" ").strip();
        return masked.length() <= Answer.LONGEST_REASON ? masked : masked.substring(0, Answer.LONGEST_REASON - 1) + "…";
    }

    @Override
    public String toString() {
        return values.size() + " secrets";
    }
}
