package dev.chiron.agent.mcp;

/** Arguments that many tools have. */
final class Given {

    private Given() {}

    /** Which study. */
    static Field study() {
        return Field.text(
                "study",
                "The study's folder, as `list_studies` names it. May be left out while only one study is open.");
    }

    /** A trial's number. */
    static Field trial(String name, String description) {
        return Field.whole(name, 0, Integer.MAX_VALUE, description);
    }

    /** Values of parameters. */
    static Field config() {
        return Field.object(
                "config",
                "Values by parameter name, for example {\"LEARNING_RATE\": 0.003, \"DEPTH\": 8}. Parameters that are left "
                        + "out keep their value in the best config so far. `describe_study` lists names and ranges.");
    }

    /** Why a config is tried. */
    static Field why() {
        return Field.text("why", "Why, in a sentence: it is kept with the trial and shown to your user.");
    }
}
