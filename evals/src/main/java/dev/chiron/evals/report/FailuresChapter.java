package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.BarChart;
import dev.chiron.evals.compare.Attempt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How many trials fail, of what, and of whose. */
final class FailuresChapter {

    static final String ID = "failures";

    private static final String UNKNOWN = "unknown";

    private FailuresChapter() {}

    /** A trial's origin and failure, the latter empty if it was measured. */
    private record End(String origin, String failure) {}

    static Section of(Field field) {
        Section section = new Section(ID, "Failures");
        section.say(
                "Per cent of all trials (without the baseline of trial 0, it is the same for all) that failed, by class and by who proposed them.");
        for (TaskRuns task : field.tasks()) {
            section.heading(task.task());
            task(section, task);
        }
        return section;
    }

    private static void task(Section section, TaskRuns task) {
        List<List<End>> ends =
                task.entrants().stream().map(entrant -> ends(task, entrant)).toList();
        List<String> classes = ends.stream()
                .flatMap(List::stream)
                .map(End::failure)
                .filter(failure -> !failure.isEmpty())
                .distinct()
                .sorted()
                .toList();
        if (classes.isEmpty()) {
            section.say("No trial failed.");
            return;
        }
        if (ends.stream().flatMap(List::stream).noneMatch(end -> end.failure().isEmpty())) {
            section.say("Every trial failed: nothing can be said about the methods but that.");
        }
        List<List<Cell>> rows = new ArrayList<>();
        List<BarChart.Row> bars = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            String method = task.entrants().get(i).method();
            List<End> its = ends.get(i);
            List<Cell> row = new ArrayList<>(List.of(Cell.text(method), Cell.count(its.size())));
            List<Double> shares = new ArrayList<>();
            for (String failure : classes) {
                shares.add(share(its, failure));
            }
            row.add(Cell.share(shares.stream().mapToDouble(share -> share).sum()));
            shares.forEach(share -> row.add(Cell.share(share)));
            rows.add(row);
            bars.add(new BarChart.Row(
                    method,
                    shares.stream()
                            .map(share -> Double.isNaN(share) ? 0 : 100 * share)
                            .toList()));
        }
        List<String> header = new ArrayList<>(List.of("method", "trials", "failed"));
        header.addAll(classes);
        section.add(new Block.Figure(
                "failures-" + task.slug(),
                "Failed trials on " + task.task() + " by class.",
                new BarChart("Failed trials on " + task.task(), "trials that failed (%)", classes, bars)));
        section.add(new Block.Grid("failures-class-" + task.slug(), header, rows));
        origins(section, task, ends);
    }

    private static void origins(Section section, TaskRuns task, List<List<End>> ends) {
        List<String> origins = ends.stream()
                .flatMap(List::stream)
                .map(End::origin)
                .filter(origin -> !origin.equals(UNKNOWN))
                .distinct()
                .toList();
        if (origins.isEmpty()) {
            section.say("The runs do not say who proposed their trials.");
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            List<Cell> row =
                    new ArrayList<>(List.of(Cell.text(task.entrants().get(i).method())));
            for (String origin : origins) {
                List<End> its = ends.get(i).stream()
                        .filter(end -> end.origin().equals(origin))
                        .toList();
                long failed =
                        its.stream().filter(end -> !end.failure().isEmpty()).count();
                row.add(
                        its.isEmpty()
                                ? Cell.none()
                                : new Cell(
                                        Cell.percent((double) failed / its.size()) + " of " + its.size(),
                                        Double.toString((double) failed / its.size()),
                                        true));
            }
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("failed, by origin"));
        header.addAll(origins);
        section.add(new Block.Grid("failures-origin-" + task.slug(), header, rows));
    }

    private static double share(List<End> ends, String failure) {
        return (double) Collections.frequency(ends.stream().map(End::failure).toList(), failure) / ends.size();
    }

    private static List<End> ends(TaskRuns task, Entrant entrant) {
        List<End> ends = new ArrayList<>();
        entrant.runs().forEach(run -> {
            List<Attempt> attempts = Entrant.attempts(run, task.trials());
            for (int i = 0; i < task.trials(); i++) {
                boolean isMeasured = run.values().get(i).isPresent();
                String origin = attempts.isEmpty() ? UNKNOWN : attempts.get(i).origin();
                String known = attempts.isEmpty() ? "" : attempts.get(i).failure();
                if (!origin.equals("baseline")) {
                    ends.add(new End(origin, isMeasured ? "" : known.isEmpty() ? UNKNOWN : known));
                }
            }
        });
        return ends;
    }
}
