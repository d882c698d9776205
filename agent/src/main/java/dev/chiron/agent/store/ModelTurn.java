package dev.chiron.agent.store;

import dev.chiron.agent.llm.Usage;
import dev.chiron.prompts.reply.Forecast;
import java.util.List;
import java.util.Optional;

/**
 * What happened on a model's turn.
 *
 * @param fallback why the optimizer had to take the turn; empty when the model's proposal was run
 * @param rejected the reasons for which replies were sent back, in order
 * @param repairs what had to be mended in the accepted reply
 * @param overBudget whether the optimizer had to take the turn because the model's budget was spent
 * @param pick which of the model's candidates was run; empty when none was
 * @param asked what was asked, and of whom
 */
public record ModelTurn(
        String fallback,
        List<String> rejected,
        List<String> repairs,
        Usage usage,
        boolean overBudget,
        Optional<Pick> pick,
        Asked asked) {
    public ModelTurn {
        rejected = List.copyOf(rejected);
        repairs = List.copyOf(repairs);
    }

    /** Within the model's budget, before anything is chosen. */
    public ModelTurn(String fallback, List<String> rejected, List<String> repairs, Usage usage, Asked asked) {
        this(fallback, rejected, repairs, usage, false, Optional.empty(), asked);
    }

    /** The same, taken by the optimizer because the model's budget was spent. */
    public ModelTurn whenOverBudget() {
        return new ModelTurn(fallback, rejected, repairs, usage, true, pick, asked);
    }

    /** The same, of which this candidate was run. */
    public ModelTurn whenPicked(Pick chosen, List<String> mended) {
        return new ModelTurn(fallback, rejected, mended, usage, overBudget, Optional.of(chosen), asked);
    }

    /** The same, of which something can be run. */
    public ModelTurn whenProposed() {
        return new ModelTurn("", rejected, repairs, usage, false, pick, asked);
    }

    /** The same without what was counted already: another trial of one and the same reply. */
    public ModelTurn whenCounted() {
        return new ModelTurn(fallback, List.of(), repairs, Usage.NONE, overBudget, pick, asked);
    }

    /** The same, taken by the optimizer after all. */
    public ModelTurn whenFallenBack(String why) {
        return new ModelTurn(why, rejected, List.of(), usage, overBudget, Optional.empty(), asked);
    }

    /** What the model expected of the trial; nothing where it said nothing. */
    public Forecast forecast() {
        return pick.map(Pick::forecast).orElse(Forecast.NONE);
    }

    /** Whether the optimizer had to take the turn. */
    public boolean isFallback() {
        return !fallback.isEmpty();
    }
}
