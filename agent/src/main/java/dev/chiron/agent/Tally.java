package dev.chiron.agent;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Advice;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A study counted: its trials by origin, its failures by reason, and what the model did.
 *
 * @param modelTurns the trials on which it was the model's turn, fallbacks included
 * @param fallbacks the model's turns that the optimizer had to take because the model was away or of no use
 * @param overBudget the model's turns that the optimizer had to take because the model's budget was spent
 * @param echoed the model's turns on which it proposed just what the optimizer did
 * @param repaired the model's proposals that needed mending
 * @param rejected the replies that were sent back
 * @param unused what of the usage went for turns that are in none of the trials
 * @param checks what of it went for asking, before the start, whether a model answers
 * @param forecasts what the model expected of its trials, and what came of them
 */
public record Tally(
        Map<Origin, Integer> byOrigin,
        Map<Outcome.Reason, Integer> byReason,
        int modelTurns,
        int fallbacks,
        int overBudget,
        int echoed,
        int repaired,
        int rejected,
        Usage usage,
        Usage unused,
        Usage checks,
        Forecasts forecasts) {

    public Tally {
        byOrigin = Collections.unmodifiableMap(new EnumMap<>(byOrigin));
        byReason = Collections.unmodifiableMap(new EnumMap<>(byReason));
    }

    /** Counts. */
    public static Tally of(List<Entry> entries, List<Unused> answers) {
        Map<Origin, Integer> byOrigin = new EnumMap<>(Origin.class);
        Map<Outcome.Reason, Integer> byReason = new EnumMap<>(Outcome.Reason.class);
        int turns = 0;
        int fallbacks = 0;
        int overBudget = 0;
        int echoed = 0;
        int repaired = 0;
        int rejected = 0;
        Usage usage = Usage.NONE;
        for (Entry entry : entries) {
            byOrigin.merge(entry.trial().origin(), 1, Integer::sum);
            if (entry.trial().outcome() instanceof Outcome.Failed failed) {
                byReason.merge(failed.reason(), 1, Integer::sum);
            }
            for (Advice advice : entry.advice()) {
                usage = usage.plus(advice.usage());
            }
            if (entry.turn().isPresent()) {
                ModelTurn turn = entry.turn().get();
                turns++;
                overBudget += turn.overBudget() ? 1 : 0;
                fallbacks += turn.isFallback() && !turn.overBudget() ? 1 : 0;
                echoed += turn.pick().isPresent() && !entry.trial().origin().isModel() ? 1 : 0;
                repaired += isRepaired(entry.trial().origin(), turn) ? 1 : 0;
                rejected += turn.invalid();
                usage = usage.plus(turn.usage());
            }
        }
        Usage unused = sum(answers.stream().filter(answer -> !answer.isCheck()));
        Usage checks = sum(answers.stream().filter(Unused::isCheck));
        return new Tally(
                byOrigin,
                byReason,
                turns,
                fallbacks,
                overBudget,
                echoed,
                repaired,
                rejected,
                usage.plus(unused).plus(checks),
                unused,
                checks,
                Forecasts.of(entries));
    }

    private static Usage sum(Stream<Unused> answers) {
        return answers.map(Unused::usage).reduce(Usage.NONE, Usage::plus);
    }

    private static boolean isRepaired(Origin origin, ModelTurn turn) {
        return origin == Origin.LLM_REPAIRED
                || (origin == Origin.WARM_START && !turn.repairs().isEmpty());
    }
}
