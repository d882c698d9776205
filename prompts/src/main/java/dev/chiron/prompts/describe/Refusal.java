package dev.chiron.prompts.describe;

import dev.chiron.optimizers.feasibility.FailureRule;
import dev.chiron.optimizers.feasibility.Flaw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Failed;
import dev.chiron.optimizers.study.Outcome.Infeasible;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Why a config that will almost surely fail or be infeasible is sent back, so that the next one is another. */
public final class Refusal {

    private final Task task;
    private final TrialTables tables;

    /** Refusals of one study. */
    public Refusal(Task task) {
        this.task = task;
        this.tables = new TrialTables(task, Detail.of(task.space().size()));
    }

    /**
     * The reason in words: how it will fail or what it will break, and where that is known, or else which trial it is most like.
     *
     * @param flaw what will most likely be wrong with it, as it was with at least one of the trials
     */
    public String text(Config config, Flaw flaw, List<Trial> trials) {
        return flaw.reason()
                        .map(reason -> "by what has failed so far this would almost surely fail, too: " + reason.label()
                                + where(config, reason, trials))
                        .orElseGet(() ->
                                "by what was measured so far this would almost surely be infeasible: it would break "
                                        + flaw.label() + like(config, trials, outcome -> breaks(outcome, flaw)))
                + "; stay where trials were measured" + (flaw.reason().isPresent() ? "" : " that keep it");
    }

    private String where(Config config, Reason reason, List<Trial> trials) {
        return FailureRule.learn(task.space(), trials).stream()
                .filter(rule -> rule.reason() == reason && rule.region().holds(config))
                .findFirst()
                .map(rule -> " in " + FailureText.where(rule))
                .orElseGet(() ->
                        like(config, trials, outcome -> outcome instanceof Failed failed && failed.reason() == reason));
    }

    private static boolean breaks(Outcome outcome, Flaw flaw) {
        return outcome instanceof Infeasible infeasible && infeasible.broken().contains(flaw.label());
    }

    private String like(Config config, List<Trial> trials, Predicate<Outcome> alike) {
        return trials.stream()
                .filter(trial -> alike.test(trial.outcome()))
                .min(Comparator.comparingDouble(trial -> tables.distance(trial.config(), config)))
                .map(nearest -> ", as trial " + nearest.number() + different(nearest.config(), config))
                .orElse("");
    }

    private String different(Config failed, Config config) {
        String moves = tables.moves(failed, config);
        return moves.isEmpty() ? "" : ", which had " + moves;
    }
}
