package dev.chiron.prompts.reply;

import dev.chiron.optimizers.space.Config;
import java.util.List;

/** What a model's reply comes to. */
public sealed interface Reply {

    /**
     * A config of the space that keeps its constraints and was never run.
     *
     * @param repairs what had to be mended, in a line each; empty if nothing had to
     */
    record Settings(Config config, List<String> repairs) implements Reply {
        public Settings {
            repairs = List.copyOf(repairs);
        }
    }

    /** The reply cannot be used, for a reason that the model can act on; one line. */
    record Rejected(String reason) implements Reply {}
}
