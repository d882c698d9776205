package dev.chiron.agent.llm;

import java.util.Locale;

/** How much a model may reason before it answers, for models that can be told. */
public enum Thinking {
    /** Not at all, or as little as the model can. */
    OFF,
    /** As much as the model finds right. */
    ON,
    LOW,
    MEDIUM,
    HIGH;

    /**
     * Reads what a spec says.
     *
     * @param word {@code false}, {@code true}, {@code low}, {@code medium} or {@code high}
     */
    public static Thinking of(String word) {
        return switch (word) {
            case "false" -> OFF;
            case "true" -> ON;
            default -> valueOf(word.toUpperCase(Locale.ROOT));
        };
    }

    /** Whether it is a step of its own, and not just on or off. */
    boolean isStep() {
        return this != OFF && this != ON;
    }

    /** The name of a step, as servers call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
