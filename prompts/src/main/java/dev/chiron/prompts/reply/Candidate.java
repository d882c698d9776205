package dev.chiron.prompts.reply;

import dev.chiron.optimizers.space.Config;
import java.util.List;

/**
 * One config that a model proposes: of the space, keeping its constraints, and never run.
 *
 * @param repairs what had to be mended, in a line each; empty if nothing had to
 */
public record Candidate(Config config, List<String> repairs, Forecast forecast) {
    public Candidate {
        repairs = List.copyOf(repairs);
    }
}
