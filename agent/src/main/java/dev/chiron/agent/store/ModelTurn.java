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
 * @param prompt SHA-256 of the last prompt sent, or not sent any more
 * @param overBudget whether the optimizer had to take the turn because the model's budget was spent
 * @param pick which of the model's candidates was run; empty when none was
 * @param template of the prompt, such as {@code centaur} or {@code centaur-small}; empty in a journal from before there was
 *     a choice
 */
public record ModelTurn(
        String fallback,
        List<String> rejected,
        List<String> repairs,
        Usage usage,
        String prompt,
        boolean overBudget,
        Optional<Pick> pick,
        String template) {
    public ModelTurn {
        rejected = List.copyOf(rejected);
        repairs = List.copyOf(repairs);
    }

    /** Within the model's budget. */
    public ModelTurn(String fallback, List<String> rejected, List<String> repairs, Usage usage, String prompt) {
        this(fallback, rejected, repairs, usage, prompt, false, Optional.empty(), "");
    }

    /** The same, taken by the optimizer because the model's budget was spent. */
    public ModelTurn whenOverBudget() {
        return new ModelTurn(fallback, rejected, repairs, usage, prompt, true, pick, template);
    }

    /** The same, of which this candidate was run. */
    public ModelTurn whenPicked(Pick chosen, List<String> mended) {
        return new ModelTurn(fallback, rejected, mended, usage, prompt, overBudget, Optional.of(chosen), template);
    }

    /** The same, of which something can be run. */
    public ModelTurn whenProposed() {
        return new ModelTurn("", rejected, repairs, usage, prompt, false, pick, template);
    }

    /** The same without what was counted already: another trial of one and the same reply. */
    public ModelTurn whenCounted() {
        return new ModelTurn(fallback, List.of(), repairs, Usage.NONE, prompt, overBudget, pick, template);
    }

    /** The same, taken by the optimizer after all. */
    public ModelTurn whenFallenBack(String why) {
        return new ModelTurn(why, rejected, List.of(), usage, prompt, overBudget, Optional.empty(), template);
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
