package dev.chiron.agent.session;

import dev.chiron.agent.Event;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What happens in the loop, as lines above the prompt. Keeps nothing of it. */
final class Feed {

    private final Consumer<List<String>> out;
    private final Paint paint;
    private boolean overBudget;
    private boolean waits; // which is said once

    Feed(Consumer<List<String>> out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    void on(Event event) {
        show(event);
        waits = event instanceof Event.Waiting || (waits && !(event instanceof Event.Running));
    }

    private void show(Event event) {
        if (event instanceof Event.Finished finished) {
            trial(finished.entry(), finished.history());
            finished.entry().turn().filter(ModelTurn::isFallback).ifPresent(this::fallback);
        } else if (event instanceof Event.Steered steered) {
            line(paint.good("  steering " + steered.taken().number() + ": "
                    + steered.taken().steering().text()
                    + (steered.taken().steering() instanceof Steering.Undo ? "" : " (/undo takes it back)")));
        } else if (event instanceof Event.Unsteered unsteered) {
            line(paint.bad("  not taken: " + unsteered.why()));
        } else if (event instanceof Event.Waiting waiting && !waits) {
            line(paint.faint("  waiting (" + waiting.why() + "): "
                    + (waiting.why().equals("paused")
                            ? "/resume, /step or /quit"
                            : "/budget trials=N, /try or /quit")));
        } else if (event instanceof Event.Retrying retrying) {
            line(String.format(
                    Locale.ROOT,
                    "%5d  run again, the machine failed: %s",
                    retrying.number(),
                    retrying.failure().detail()));
        } else if (event instanceof Event.Mending mending) {
            line(String.format(
                    Locale.ROOT,
                    "%5d  run again as its author has mended it: %s",
                    mending.number(),
                    mending.failure().detail()));
        } else if (event instanceof Event.BaselineFailed failed) {
            line(paint.bad(
                    "    0  baseline      failed (" + failed.failure().reason().label() + "): "
                            + failed.failure().detail()));
        } else if (event instanceof Event.Worked worked) {
            line("  workers: " + Texts.workers(worked.utilisation()));
        } else if (event instanceof Event.Ended ended) {
            line("  the loop has ended: " + ended.why() + best(ended.history()));
        }
    }

    /** A trial's line, coloured by what came of it. */
    void trial(Entry entry, History history) {
        String line = TrialLine.of(entry, history);
        boolean isBest = history.crowned() == entry.trial().number()
                && history.incumbent().isPresent();
        boolean failed = entry.trial().outcome() instanceof Outcome.Failed;
        line(isBest ? paint.good(line) : failed ? paint.faint(line) : line);
    }

    private static String best(History history) {
        return history.incumbent()
                .map(best -> "; best " + Texts.value(best, history) + ", trial " + best.number())
                .orElse("");
    }

    /** That the budget is spent stays true, and is said once. */
    private void fallback(ModelTurn turn) {
        if (!turn.overBudget()) {
            line(paint.faint("      the model's turn fell to the optimizer: " + turn.fallback()));
        } else if (!overBudget) {
            overBudget = true;
            line(paint.faint("      the model's budget is spent, the optimizer takes its turns: " + turn.fallback()));
        }
    }

    private void line(String text) {
        out.accept(text.lines().toList());
    }
}
