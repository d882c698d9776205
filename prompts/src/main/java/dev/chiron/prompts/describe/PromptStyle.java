package dev.chiron.prompts.describe;

/** How much a model is told and asked for on its turn. */
public enum PromptStyle {
    /** The optimizer's whole state and the last trials; a few candidates with forecasts are asked for. */
    FULL("full", "centaur"),
    /** The best trials as examples; one config is asked for. For models that lose themselves in more. */
    SMALL("small", "centaur-small");

    private final String label;
    private final String template;

    PromptStyle(String label, String template) {
        this.label = label;
        this.template = template;
    }

    /** The name of the template. */
    public String template() {
        return template;
    }

    /** The name that users write. */
    public String label() {
        return label;
    }
}
