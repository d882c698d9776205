package dev.chiron.prompts.describe;

import java.util.Optional;

/** The forms in which a model may write an edit down: a ladder, for models that cannot keep to a form are asked for the next one. */
public enum EditForm {
    BLOCKS("search/replace blocks"),
    DEFINITIONS("whole definitions"),
    WHOLE_FILE("the whole file");

    private final String label;

    EditForm(String label) {
        this.label = label;
    }

    /** What to ask for if a model cannot keep to this form; nothing after the last. */
    public Optional<EditForm> next() {
        return switch (this) {
            case BLOCKS -> Optional.of(DEFINITIONS);
            case DEFINITIONS -> Optional.of(WHOLE_FILE);
            case WHOLE_FILE -> Optional.empty();
        };
    }

    /** The form in words, such as "search/replace blocks". */
    public String label() {
        return label;
    }
}
