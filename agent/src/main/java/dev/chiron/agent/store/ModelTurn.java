package dev.chiron.agent.store;

import dev.chiron.agent.llm.Usage;
import java.util.List;

/**
 * What happened on a model's turn.
 *
 * @param fallback why the optimizer had to take the turn; empty when the model's proposal was run
 * @param rejected the reasons for which replies were sent back, in order
 * @param repairs what had to be mended in the accepted reply
 * @param prompt SHA-256 of the last prompt sent
 */
public record ModelTurn(String fallback, List<String> rejected, List<String> repairs, Usage usage, String prompt) {
    public ModelTurn {
        rejected = List.copyOf(rejected);
        repairs = List.copyOf(repairs);
    }

    /** Whether the optimizer had to take the turn. */
    public boolean isFallback() {
        return !fallback.isEmpty();
    }
}
