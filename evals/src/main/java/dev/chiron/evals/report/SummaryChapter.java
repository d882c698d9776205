package dev.chiron.evals.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/** What was compared, and what can be concluded from it. */
final class SummaryChapter {

    static final String ID = "summary";

    private SummaryChapter() {}

    static Section of(Field field) {
        Section section = new Section(ID, "What was compared");
        List<List<Cell>> rows = new ArrayList<>();
        for (TaskRuns task : field.tasks()) {
            long runs = task.entrants().stream()
                    .mapToLong(entrant -> entrant.runs().size())
                    .sum();
            rows.add(List.of(
                    Cell.text(task.task()),
                    Cell.text(task.objective().goal().label()),
                    Cell.count(task.entrants().size()),
                    Cell.count(runs),
                    Cell.count(TaskRuns.commonSeeds(task.entrants()).size()),
                    Cell.count(task.trials()),
                    Cell.text(task.yardstick())));
        }
        section.add(new Block.Grid(
                "summary",
                List.of("task", "goal", "methods", "runs", "seeds in common", "trials", "compared by"),
                rows));
        field.notes().forEach(section::say);
        field.tasks().forEach(task -> notes(section, task));
        section.heading("What can be concluded");
        field.tasks().forEach(task -> section.say(task.task() + ": " + conclusion(task)));
        return section;
    }

    private static void notes(Section section, TaskRuns task) {
        task.notes().forEach(note -> section.say(task.task() + ": " + note));
        String peers = task.entrants().stream()
                .filter(entrant ->
                        entrant.runs().stream().anyMatch(run -> run.ours().isEmpty()))
                .map(Entrant::method)
                .collect(Collectors.joining(", "));
        if (!peers.isEmpty()) {
            section.say(task.task() + ": of " + peers
                    + " only the measured values are known. So all methods of this task are compared by"
                    + " their best value as measured, which flatters whoever draws often; where their incumbents' values without"
                    + " noise are known, the table of finals has them.");
        }
        String old = task.entrants().stream()
                .filter(entrant -> entrant.runs().stream()
                        .anyMatch(run -> run.ours().isPresent()
                                && Entrant.attempts(run, task.trials()).isEmpty()))
                .map(Entrant::method)
                .collect(Collectors.joining(", "));
        if (!old.isEmpty() && task.trials() > 0) {
            section.say(task.task() + ": the lines of " + old
                    + " are without their trials (an older version wrote them, or there"
                    + " were none); the sections that need these leave them out.");
        }
    }

    private static String conclusion(TaskRuns task) {
        List<Entrant> ordered = new ArrayList<>(task.entrants());
        ordered.sort(Comparator.comparingDouble(entrant -> StatUtils.mean(task.finals(entrant))));
        Entrant best = ordered.get(0);
        double mean = StatUtils.mean(task.finals(best));
        if (task.trials() == 0) {
            return "a method has no trials, so nothing can be compared.";
        }
        if (!Double.isFinite(mean)) {
            return "in every method there is a run in which nothing was measured, so no mean can be given.";
        }
        String lead = best.method() + " has the best mean, " + Cell.digits(task.value(mean)) + " after " + task.trials()
                + " trials";
        if (ordered.size() == 1) {
            return lead + "; it is the only method, so it is compared with nothing.";
        }
        PairTests tests = PairTests.of(task);
        int seeds = tests.most();
        if (seeds < Field.ENOUGH) {
            return lead + ". Methods have " + seeds + (seeds == 1 ? " seed" : " seeds")
                    + " in common: with fewer than " + Field.ENOUGH
                    + " no difference is called significant here, whatever its size.";
        }
        List<String> beaten = tests.beatenBy(best.method());
        if (beaten.isEmpty()) {
            return lead
                    + ", but it is not significantly better than any other (paired one-sided Wilcoxon, Holm over all "
                    + tests.tests().size() + " pairs, .05)" + tests.reach("seeds") + ".";
        }
        List<String> rest = ordered.stream()
                .map(Entrant::method)
                .filter(method -> !method.equals(best.method()) && !beaten.contains(method))
                .toList();
        return lead + ". It is significantly better than " + String.join(", ", beaten)
                + (rest.isEmpty() ? "" : "; not than " + String.join(", ", rest))
                + " (paired one-sided Wilcoxon, Holm over all " + tests.tests().size() + " pairs, .05).";
    }
}
