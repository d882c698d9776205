package dev.chiron.agent.view;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import java.util.Locale;

/** A trial on one line. */
public final class TrialLine {

    /** What fits of an edit's idea. */
    private static final int IDEA = 60;

    /** Characters of an outcome and its time together. */
    private static final int RESULT = 23;

    private TrialLine() {}

    /** One trial's line: number, origin, value, and whether it is the new best. */
    public static String of(Entry entry, History history) {
        Trial trial = entry.trial();
        return String.format(
                        Locale.ROOT,
                        "%5d  %-12s  %s  %s",
                        trial.number(),
                        trial.origin().label(),
                        apart(outcome(trial, history), Texts.time(trial.took())),
                        note(trial, history))
                .stripTrailing();
    }

    /** The time ends in the same column below another, also where an outcome needs more room than most. */
    private static String apart(String outcome, String time) {
        return outcome + " ".repeat(Math.max(1, RESULT - outcome.length() - time.length())) + time;
    }

    private static String outcome(Trial trial, History history) {
        return Texts.outcome(trial.outcome(), history.objective());
    }

    private static String note(Trial trial, History history) {
        String part = Texts.part(trial);
        String standing = standing(trial, history);
        return part.isEmpty() || standing.isEmpty() ? part + standing : part + ", " + standing;
    }

    private static String standing(Trial trial, History history) {
        if (trial.outcome() instanceof Outcome.Pruned pruned) {
            return Texts.stopped(pruned);
        }
        if (history.objective().isSeveral()) {
            return several(trial, history);
        }
        if (trial.outcome() instanceof Outcome.Infeasible) {
            return broken(trial);
        }
        boolean best = history.crowned() == trial.number() && trial.number() > 0;
        if (trial.origin() == Origin.REPEAT) {
            String of = history.find(trial.change())
                    .map(first -> "of trial " + first.number())
                    .orElse("");
            return best
                    ? of + ", * best so far is trial "
                            + history.incumbent().orElseThrow().number()
                    : of;
        }
        boolean challenges = history.challenger()
                .filter(challenger -> challenger.number() == trial.number())
                .isPresent();
        String rank = best ? "* best so far" : challenges ? "better, to be run again" : "";
        return trial.origin().isModel() || trial.origin() == Origin.ABLATION || trial.origin() == Origin.LEAN
                ? (rank + "  " + idea(trial)).strip()
                : rank;
    }

    private static String several(Trial trial, History history) {
        Trial first = history.find(trial.change()).orElse(trial);
        String of = trial.origin() == Origin.REPEAT ? "of trial " + first.number() : "";
        String standing = trial.outcome() instanceof Outcome.Infeasible
                ? broken(trial)
                : history.front().contains(of.isEmpty() ? trial : first)
                        ? "* on the front"
                        : history.unconfirmed().contains(trial) ? "to be run again" : "";
        return of.isEmpty() || standing.isEmpty() ? of + standing : of + ", " + standing;
    }

    private static String broken(Trial trial) {
        return trial.outcome() instanceof Outcome.Infeasible infeasible
                ? "breaks " + String.join(", ", infeasible.broken())
                : "";
    }

    /** What an edit of the script is meant to do, as far as it fits on a line. */
    private static String idea(Trial trial) {
        String idea = PlainText.line(trial.change().variant().map(Variant::idea).orElse(""));
        return idea.codePointCount(0, idea.length()) <= IDEA
                ? idea
                : idea.substring(0, idea.offsetByCodePoints(0, IDEA)).strip() + "…";
    }
}
