package dev.chiron.prompts.reply;

import java.util.Locale;

/** What a description of a task is made of, in this order. */
public enum TaskPart {
    TRAINING,
    DATA,
    MODEL,
    HARDWARE,
    METRIC;

    /** Its key in a reply. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
