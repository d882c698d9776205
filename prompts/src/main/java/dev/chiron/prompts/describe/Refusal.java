package dev.chiron.prompts.describe;

import dev.chiron.optimizers.feasibility.FailureRule;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Outcome.Failed;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import java.util.Comparator;
import java.util.List;

/** Why a config that will almost surely fail is sent back, so that the next one is another. */
public final class Refusal {

    private final Task task;
    private final TrialTables tables;

    /** Refusals of one study. */
    public Refusal(Task task) {
        this.task = task;
        this.tables = new TrialTables(task, Detail.of(task.space().size()));
    }

    /**
     * The reason in words: how it will fail, and where that is known, or else which trial it is most like.
     *
     * @param reason in which way it will most likely fail, as at least one of the trials did
     */
    public String text(Config config, Reason reason, List<Trial> trials) {
        return "by what has failed so far this would almost surely fail, too: " + reason.label()
                + FailureRule.learn(task.space(), trials).stream()
                        .filter(rule -> rule.reason() == reason && rule.region().holds(config))
                        .findFirst()
                        .map(rule -> " in " + FailureText.where(rule))
                        .orElseGet(() -> like(config, reason, trials))
                + "; stay where trials were measured";
    }

    private String like(Config config, Reason reason, List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.outcome() instanceof Failed failed && failed.reason() == reason)
                .min(Comparator.comparingDouble(trial -> tables.distance(trial.config(), config)))
                .map(nearest -> ", as trial " + nearest.number() + different(nearest.config(), config))
                .orElse("");
    }

    private String different(Config failed, Config config) {
        String moves = tables.moves(failed, config);
        return moves.isEmpty() ? "" : ", which had " + moves;
    }
}
