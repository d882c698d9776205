package dev.chiron.evals.report;

import dev.chiron.evals.compare.Run;
import java.util.ArrayList;
import java.util.List;

/** What a call of each method's model takes and brings: tokens, replies of no use, and how far off what it foretells is. */
final class CallsTable {

    private CallsTable() {}

    /** Adds the table where a run counts its calls. */
    static Section add(Section section, Field field) {
        List<List<Cell>> table = new ArrayList<>();
        for (TaskRuns task : field.tasks()) {
            for (Entrant entrant : task.entrants()) {
                List<Run.Ours> ours = entrant.runs().stream()
                        .flatMap(run -> run.ours().stream())
                        .toList();
                if (ours.stream().anyMatch(its -> its.calls() > 0)) {
                    table.add(row(task, entrant, ours));
                }
            }
        }
        if (table.isEmpty()) {
            return section;
        }
        section.say(
                "By the call, rules of thumb in a model's place too: their tokens are what a model would have read and written. Tokens that no server counts are estimated, three characters each. A reply of no use could not be read, or was refused; a forecast is of the value"
                        + " of the config that was run, and the idle forecaster always says the best value so far.");
        section.add(new Block.Grid(
                "calls",
                List.of(
                        "task",
                        "method",
                        "calls a run",
                        "tokens a call",
                        "of no use",
                        "fallbacks a run",
                        "forecasts a run",
                        "root mean squared error",
                        "the idle forecaster's"),
                table));
        return section;
    }

    private static List<Cell> row(TaskRuns task, Entrant entrant, List<Run.Ours> ours) {
        double runs = ours.size();
        double calls = ours.stream().mapToInt(Run.Ours::calls).sum();
        Forecasts forecasts = Forecasts.of(task, entrant);
        return List.of(
                Cell.text(task.task()),
                Cell.text(entrant.method()),
                Cell.decimals(calls / runs),
                Cell.number(ours.stream().mapToLong(Run.Ours::tokens).sum() / calls),
                Cell.share(ours.stream().mapToInt(Run.Ours::rejected).sum() / calls),
                Cell.decimals(ours.stream().mapToInt(Run.Ours::fallbacks).sum() / runs),
                Cell.decimals(forecasts.values().size() / runs),
                Cell.rough(forecasts.error()),
                Cell.rough(forecasts.idleError()));
    }
}
