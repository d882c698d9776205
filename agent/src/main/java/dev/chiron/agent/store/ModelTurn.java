package dev.chiron.agent.store;

import dev.chiron.agent.llm.Usage;
import dev.chiron.prompts.describe.Remark;
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
 * @param misformed whether the optimizer had to take the turn because no edit of the model's could even be applied
 * @param asked what was asked, and of whom
 * @param parts the kinds of questions of a turn that takes several, in order; none where every question asked the same
 * @param remarks what the model wrote down of trials on this turn, in order
 */
public record ModelTurn(
        String fallback,
        List<String> rejected,
        List<String> repairs,
        Usage usage,
        boolean overBudget,
        Optional<Pick> pick,
        boolean misformed,
        Asked asked,
        List<Part> parts,
        List<Remark> remarks) {
    public ModelTurn {
        rejected = List.copyOf(rejected);
        repairs = List.copyOf(repairs);
        parts = List.copyOf(parts);
        remarks = List.copyOf(remarks);
    }

    /** A turn of one kind of question. */
    public ModelTurn(
            String fallback,
            List<String> rejected,
            List<String> repairs,
            Usage usage,
            boolean overBudget,
            Optional<Pick> pick,
            boolean misformed,
            Asked asked) {
        this(fallback, rejected, repairs, usage, overBudget, pick, misformed, asked, List.of(), List.of());
    }

    /**
     * The questions of one kind in a turn.
     *
     * @param asked what for, such as {@code sampler}
     * @param questions how many were put
     * @param invalid how many replies could not be used
     * @param tokensIn of their prompts, 0 where nobody counts
     * @param tokensOut of the replies
     */
    public record Part(String asked, int questions, int invalid, long tokensIn, long tokensOut) {}

    /** Within the model's budget, before anything is chosen. */
    public ModelTurn(String fallback, List<String> rejected, List<String> repairs, Usage usage, Asked asked) {
        this(fallback, rejected, repairs, usage, false, Optional.empty(), false, asked);
    }

    /** The same, taken by the optimizer because the model's budget was spent. */
    public ModelTurn whenOverBudget() {
        return new ModelTurn(fallback, rejected, repairs, usage, true, pick, misformed, asked, parts, remarks);
    }

    /** The same, of which no edit could even be applied. */
    public ModelTurn whenMisformed() {
        return new ModelTurn(fallback, rejected, repairs, usage, overBudget, pick, true, asked, parts, remarks);
    }

    /** The same, of which this candidate was run. */
    public ModelTurn whenPicked(Pick chosen, List<String> mended) {
        return new ModelTurn(
                fallback, rejected, mended, usage, overBudget, Optional.of(chosen), misformed, asked, parts, remarks);
    }

    /** The same, of which something can be run. */
    public ModelTurn whenProposed() {
        return new ModelTurn("", rejected, repairs, usage, false, pick, misformed, asked, parts, remarks);
    }

    /** The same, whose edit crashed at once and was mended on this second turn. */
    public ModelTurn whenMended(ModelTurn second) {
        return new ModelTurn(
                fallback,
                rejected,
                List.of("it crashed at once and was mended"),
                usage.plus(second.usage()),
                overBudget,
                pick,
                misformed,
                asked,
                parts,
                remarks);
    }

    /** The same, whose edit crashed at once and was not mended, though the model was asked at this cost. */
    public ModelTurn whenNotMended(Usage asking) {
        return new ModelTurn(
                fallback, rejected, repairs, usage.plus(asking), overBudget, pick, misformed, asked, parts, remarks);
    }

    /** The same without what was counted already: another trial of one and the same reply. */
    public ModelTurn whenCounted() {
        return new ModelTurn(fallback, List.of(), repairs, Usage.NONE, overBudget, pick, misformed, asked);
    }

    /** The same, taken by the optimizer after all. */
    public ModelTurn whenFallenBack(String why) {
        return new ModelTurn(
                why, rejected, List.of(), usage, overBudget, Optional.empty(), misformed, asked, parts, remarks);
    }

    /** The same, which took these kinds of questions. */
    public ModelTurn whenMadeOf(List<Part> kinds) {
        return new ModelTurn(fallback, rejected, repairs, usage, overBudget, pick, misformed, asked, kinds, remarks);
    }

    /** The same, on which the model wrote this down. */
    public ModelTurn whenRemarked(List<Remark> written) {
        return new ModelTurn(fallback, rejected, repairs, usage, overBudget, pick, misformed, asked, parts, written);
    }

    /** How many replies could not be used. */
    public int invalid() {
        return parts.isEmpty()
                ? rejected.size()
                : parts.stream().mapToInt(Part::invalid).sum();
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
