package dev.chiron.agent.store;

import dev.chiron.agent.llm.Usage;
import java.util.List;

/**
 * What happened on a model's turn.
 *
 * @param fallback why the optimizer had to take the turn; empty when the model's proposal was run
 * @param rejected the reasons for which replies were sent back, in order
 * @param repairs what had to be mended in the accepted reply
 * @param prompt SHA-256 of the last prompt sent, or not sent any more
 * @param overBudget whether the optimizer had to take the turn because the model's budget was spent
 */
public record ModelTurn(
        String fallback, List<String> rejected, List<String> repairs, Usage usage, String prompt, boolean overBudget) {
    public ModelTurn {
        rejected = List.copyOf(rejected);
        repairs = List.copyOf(repairs);
    }

    /** Within the model's budget. */
    public ModelTurn(String fallback, List<String> rejected, List<String> repairs, Usage usage, String prompt) {
        this(fallback, rejected, repairs, usage, prompt, false);
    }

    /** The same, taken by the optimizer because the model's budget was spent. */
    public ModelTurn whenOverBudget() {
        return new ModelTurn(fallback, rejected, repairs, usage, prompt, true);
    }

    /** Whether the optimizer had to take the turn. */
    public boolean isFallback() {
        return !fallback.isEmpty();
    }
}
