package dev.chiron.agent.view;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Effect;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import java.util.ArrayList;
import java.util.List;

/** The edits of a study's script, in lines for people: which were kept, and how many were not. */
final class EditsText {

    private EditsText() {}

    /** Nothing where no script was edited. */
    static List<String> lines(History history) {
        long tried = history.trials().stream()
                .filter(trial -> !trial.origin().isCheck())
                .map(Trial::change)
                .flatMap(change -> change.variant().stream())
                .map(Variant::id)
                .distinct()
                .count();
        if (tried == 0) {
            return List.of();
        }
        List<Effect.Step> kept = Effect.kept(history);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Edits of the script: " + tried + " tried, " + kept.size() + " kept"
                + (kept.isEmpty() ? "." : "; `chiron diff` shows what they come to."));
        lines.addAll(table(kept, Effect.of(history), history).lines("  "));
        history.incumbent()
                .filter(best -> best.origin() == Origin.LEAN)
                .ifPresent(best -> lines.add("  trial " + best.number() + " is the best one "
                        + best.change().variant().map(Variant::idea).orElse("") + "; it is no worse."));
        return lines;
    }

    private static Table table(List<Effect.Step> kept, List<Effect> effects, History history) {
        Table table = new Table();
        if (!effects.isEmpty()) {
            table.row("kept by", history.objective().metric(), "worth alone, 95 %", "idea");
        }
        for (Effect.Step step : kept) {
            Trial trial = step.kept();
            List<String> cells = new ArrayList<>(List.of(
                    "trial " + trial.number(),
                    Texts.value(step.before(), history) + " -> " + Texts.value(trial, history)));
            if (!effects.isEmpty()) {
                cells.add(effects.stream()
                        .filter(effect -> effect.kept().number() == trial.number())
                        .map(EditsText::worth)
                        .findFirst()
                        .orElse("not to be told alone"));
            }
            cells.add(PlainText.line(trial.change().variant().map(Variant::idea).orElse("")));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static String worth(Effect effect) {
        String gain = Numbers.text(effect.gain(), 3);
        return Double.isFinite(effect.margin())
                ? gain + " ± " + Numbers.text(effect.margin(), 2)
                        + (effect.isIdle() ? ", nothing" : effect.isDoubtful() ? ", perhaps nothing" : "")
                : gain;
    }
}
