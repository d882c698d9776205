package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.BarChart;
import dev.chiron.evals.compare.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/** Who found the incumbents, what a trial of the model and of the optimizer gained, and what that cost. */
final class OriginsChapter {

    static final String FOUND = "incumbents";
    static final String COST = "cost";

    private OriginsChapter() {}

    private record Row(Entrant entrant, List<Gains> gains) {}

    private static List<Row> rows(TaskRuns task) {
        return task.entrants().stream()
                .map(entrant -> new Row(
                        entrant,
                        entrant.runs().stream()
                                .flatMap(run -> Gains.of(task, run).stream())
                                .toList()))
                .filter(row -> !row.gains().isEmpty())
                .toList();
    }

    static Section found(Field field) {
        Section section = new Section(FOUND, "Who found the incumbents");
        section.say(
                "Each trial that became the incumbent after the first one, by who proposed it. The gain is that in what the incumbent is worth"
                        + " without noise, summed over a run; it is below 0 where noise put a worse config in front. The second table counts from the model's first turn"
                        + " on, since the trials before it have the easy gains.");
        for (TaskRuns task : field.tasks()) {
            section.heading(task.task());
            List<Row> rows = rows(task);
            if (rows.isEmpty()) {
                section.say("The runs do not say who proposed their trials.");
            } else {
                finders(section, task, rows);
                sides(section, task, rows);
            }
        }
        return section;
    }

    private static void finders(Section section, TaskRuns task, List<Row> rows) {
        List<String> origins = rows.stream()
                .flatMap(row -> row.gains().stream())
                .flatMap(gains -> gains.origins().stream())
                .filter(origin -> !origin.equals("baseline"))
                .distinct()
                .toList();
        List<List<Cell>> table = new ArrayList<>();
        List<BarChart.Row> bars = new ArrayList<>();
        for (Row row : rows) {
            int runs = row.gains().size();
            long all = row.gains().stream()
                    .mapToLong(gains -> gains.finds().size())
                    .sum();
            List<Double> shares = new ArrayList<>();
            for (String origin : origins) {
                long trials = row.gains().stream()
                        .mapToLong(gains -> Collections.frequency(gains.origins(), origin))
                        .sum();
                long found = row.gains().stream()
                        .mapToLong(gains -> found(gains, origin))
                        .sum();
                double gain = row.gains().stream()
                        .mapToDouble(gains -> gain(gains, origin))
                        .sum();
                shares.add(all == 0 ? 0.0 : 100.0 * found / all);
                if (trials > 0) {
                    table.add(List.of(
                            Cell.text(row.entrant().method()),
                            Cell.text(origin),
                            Cell.decimals((double) trials / runs),
                            Cell.decimals((double) found / runs),
                            Cell.share(all == 0 ? Double.NaN : (double) found / all),
                            Cell.rough(gain / runs),
                            Cell.rough(gain / trials)));
                }
            }
            bars.add(new BarChart.Row(row.entrant().method(), shares));
        }
        section.add(new Block.Figure(
                "incumbents-" + task.slug(),
                "Incumbents on " + task.task() + " by who proposed them.",
                new BarChart("Who found the incumbents on " + task.task(), "incumbents (%)", origins, bars)));
        section.add(new Block.Grid(
                "incumbents-" + task.slug(),
                List.of(
                        "method",
                        "origin",
                        "trials a run",
                        "incumbents a run",
                        "of the incumbents",
                        "gain a run",
                        "gain a trial"),
                table));
    }

    private static long found(Gains gains, String origin) {
        return gains.finds().stream()
                .filter(find -> gains.origins().get(find.trial()).equals(origin))
                .count();
    }

    private static double gain(Gains gains, String origin) {
        return gains.finds().stream()
                .filter(find -> gains.origins().get(find.trial()).equals(origin))
                .mapToDouble(Gains.Find::gain)
                .sum();
    }

    private static void sides(Section section, TaskRuns task, List<Row> rows) {
        List<List<Cell>> table = new ArrayList<>();
        for (Row row : rows) {
            List<Gains> shared = row.gains().stream()
                    .filter(gains -> gains.firstTurn().isPresent())
                    .toList();
            if (!shared.isEmpty()) {
                double model = perTrial(shared, true);
                double optimizer = perTrial(shared, false);
                table.add(List.of(
                        Cell.text(row.entrant().method()),
                        Cell.decimals(trials(shared, true) / shared.size()),
                        Cell.rough(model),
                        Cell.decimals(trials(shared, false) / shared.size()),
                        Cell.rough(optimizer),
                        Cell.decimals(optimizer > 0 ? model / optimizer : Double.NaN)));
            }
        }
        if (table.isEmpty()) {
            section.say("No method here shares its turns.");
            return;
        }
        section.say("From the model's first turn on (perturb and builtin in a model's place):");
        section.add(new Block.Grid(
                "gain-per-trial-" + task.slug(),
                List.of(
                        "method",
                        "model's trials a run",
                        "gain a trial of its",
                        "optimizer's trials a run",
                        "gain a trial of its",
                        "ratio"),
                table));
    }

    private static double trials(List<Gains> all, boolean partner) {
        return all.stream()
                .mapToLong(gains -> gains.trials(gains.firstTurn().orElseThrow(), partner))
                .sum();
    }

    private static double perTrial(List<Gains> all, boolean partner) {
        double gain = all.stream()
                .mapToDouble(gains -> gains.gain(gains.firstTurn().orElseThrow(), partner))
                .sum();
        return gain / trials(all, partner);
    }

    static Section cost(Field field) {
        Section section = new Section(COST, "Tokens and dollars");
        section.say(
                "Of whole runs, and per unit of what the model's own trials gained (the metric's unit, without noise; none where they gained nothing). Of rules of thumb in a"
                        + " model's place the tokens are what a model would have read and written, by estimate; they cost nothing.");
        List<List<Cell>> table = new ArrayList<>();
        for (TaskRuns task : field.tasks()) {
            for (Entrant entrant : task.entrants()) {
                List<Run.Ours> ours = entrant.runs().stream()
                        .flatMap(run -> run.ours().stream())
                        .toList();
                if (ours.stream()
                        .anyMatch(its -> its.tokens() > 0
                                || its.fallbacks() > 0
                                || its.usd().orElse(0) > 0)) {
                    table.add(cost(task, entrant, ours));
                }
            }
        }
        if (table.isEmpty()) {
            return CallsTable.add(
                    section.say(
                            "No run asked a language model. To see this section: chiron evals run --method centaur --llm"
                                    + " ollama:NAME --out FILE, then a report of FILE."),
                    field);
        }
        section.add(new Block.Grid(
                "cost",
                List.of(
                        "task",
                        "method",
                        "tokens a run",
                        "dollars a run",
                        "fallbacks a run",
                        "sent back a run",
                        "model's gain a run",
                        "tokens a gain of 1",
                        "dollars a gain of 1"),
                table));
        section.say(
                "Dollars are missing where no price is known. A fallback is a turn of the model that the optimizer had to take; \"sent back\" counts"
                        + " replies that were refused.");
        return CallsTable.add(section, field);
    }

    private static List<Cell> cost(TaskRuns task, Entrant entrant, List<Run.Ours> ours) {
        double runs = ours.size();
        double tokens = ours.stream().mapToLong(Run.Ours::tokens).sum();
        boolean isPriced = ours.stream().allMatch(its -> its.usd().isPresent());
        double usd = isPriced
                ? ours.stream()
                        .map(Run.Ours::usd)
                        .mapToDouble(OptionalDouble::orElseThrow)
                        .sum()
                : Double.NaN;
        List<Gains> gains = entrant.runs().stream()
                .flatMap(run -> Gains.of(task, run).stream())
                .toList();
        double gain = gains.isEmpty()
                ? Double.NaN
                : gains.stream().mapToDouble(its -> its.gain(0, true)).sum();
        return List.of(
                Cell.text(task.task()),
                Cell.text(entrant.method()),
                Cell.number(tokens / runs),
                Cell.rough(usd / runs),
                Cell.decimals(ours.stream().mapToInt(Run.Ours::fallbacks).sum() / runs),
                Cell.decimals(ours.stream().mapToInt(Run.Ours::rejected).sum() / runs),
                Cell.rough(gain / runs),
                Cell.rough(gain > 0 ? tokens / gain : Double.NaN),
                Cell.rough(gain > 0 ? usd / gain : Double.NaN));
    }
}
