package dev.chiron.evals.report;

import dev.chiron.evals.bayesmark.LlamboRuns;
import dev.chiron.evals.bayesmark.Regrets;
import dev.chiron.evals.report.stats.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/** How far methods are from LLAMBO's published runs on its own tasks. */
final class PublishedChapter {

    static final String ID = "published";

    private static final List<Integer> COUNTS = List.of(5, 10, 15, 20, 25, 30);

    private PublishedChapter() {}

    /** Whether the published runs are among those of the report. */
    static boolean isOf(Field field) {
        return field.methods().contains(LlamboRuns.METHOD);
    }

    static Section of(Field field) {
        Section section = new Section(ID, "Beside LLAMBO as published");
        Optional<Regrets> regrets = Regrets.of(field.tasks().stream()
                .flatMap(task -> task.entrants().stream())
                .flatMap(entrant -> entrant.runs().stream())
                .toList());
        if (!isOf(field) || regrets.isEmpty()) {
            return section.say(
                    "There are no published runs here, or none of a task and seed that every method ran. --published adds them, where runs are of bayesmark's tasks and of the seeds 0 to 2.");
        }
        List<Integer> counts = COUNTS.stream()
                .filter(count -> count <= regrets.get().shortest())
                .toList();
        section.say("Normalised regret on the " + regrets.get().tasks().size()
                + " tasks of bayesmark that every method ran, " + regrets.get().runs()
                + " runs a method: 1 is the worst of LLAMBO's runs, 0 the best known of a task; by the best as measured."
                + " Away is how much larger a method's regret is than that of LLAMBO's published runs after as many trials, with its 95 % interval over the tasks:"
                + " below 0 it is ahead.");
        return section.add(new Block.Grid(
                "published",
                Stream.concat(
                                Stream.of("method"),
                                counts.stream().flatMap(count -> Stream.of("@" + count, "away", "95 % interval")))
                        .toList(),
                regrets.get().methods().stream()
                        .map(method -> row(field, regrets.get(), method, counts))
                        .toList()));
    }

    private static List<Cell> row(Field field, Regrets regrets, String method, List<Integer> counts) {
        List<Cell> row = new ArrayList<>(List.of(Cell.text(method)));
        for (int count : counts) {
            row.add(Cell.rough(StatUtils.mean(regrets.of(method, count))));
            double[] away = regrets.away(method, LlamboRuns.METHOD, count);
            boolean itself = method.equals(LlamboRuns.METHOD);
            Optional<Bootstrap.Interval> interval = itself ? Optional.empty() : field.interval(away);
            row.add(itself ? Cell.none() : Cell.rough(StatUtils.mean(away)));
            row.add(interval.map(its -> Cell.text(Cell.digits(its.low()) + " to " + Cell.digits(its.high())))
                    .orElse(Cell.none()));
        }
        return row;
    }
}
