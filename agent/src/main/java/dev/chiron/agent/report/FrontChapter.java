package dev.chiron.agent.report;

import dev.chiron.agent.plot.Plot;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.view.FrontText;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What came out where several metrics are tuned at once: the front. */
record FrontChapter(Subject subject) {

    private static final int MOST = 20;
    private static final Size WIDE = new Size(90, 24);
    private static final Size NARROW = new Size(43, 20);

    void writeInto(Section section) {
        History history = subject.history();
        Objective objective = subject.objective();
        Trial compromise = subject.best().orElseThrow();
        section.say(
                "Several metrics are tuned at once ({}), so there is not one best trial but a **front** of {}: each is better than any "
                        + "other in something. Trial {} is the compromise between them, and what is meant by the best below. "
                        + "Which counts more only you can say.",
                Texts.goals(objective),
                history.front().size(),
                compromise.number());
        subject.baseline()
                .ifPresent(baseline -> section.say(
                        "The baseline has {}, the compromise {} ({}).",
                        history.values(baseline).isEmpty()
                                ? Texts.outcome(baseline.outcome(), objective)
                                : Texts.value(baseline, history),
                        Texts.value(compromise, history),
                        Texts.metrics(objective)));
        section.add(new Block.Figures(List.of(new Block.Figure(
                Words.of(
                        "Every trial by {} and {}{}, the ring is the compromise, the square the baseline.",
                        objective.metric(),
                        objective.all().get(1).metric(),
                        objective.all().size() > 2
                                ? ", the first two of the metrics: the blue dots are the front"
                                : ": the line joins the front"),
                size -> new Plot.Front().draw(subject.view().now().space(), history, size),
                List.of(WIDE, NARROW),
                false))));
        section.add(table(history, compromise));
        certainty(section, history);
        section.say(
                "Hypervolume, by which fronts are compared: {}. `{}` shows all values of the front, `{}` one trial's change.",
                FrontText.volume(history),
                subject.command("best"),
                subject.command("diff N"));
    }

    private void certainty(Section section, History history) {
        if (!history.repeats()) {
            section.warn(
                    "**One run each; no intervals.** The front is made of the luckiest values among {}. `chiron run --repeats 3` has the front run "
                            + "again before it is believed.",
                    Subject.count(subject.candidates(), "config"));
            return;
        }
        section.say(
                "The front is of the means of all runs of a config: one belongs to it once it was run again {} and no other mean beat its own.{}",
                Subject.count(subject.spec().repeats(), "time"),
                Texts.noise(history)
                        .map(noise -> " Run again, a config's values vary: " + noise + " (standard deviation).")
                        .orElse(""));
        if (!history.unconfirmed().isEmpty()) {
            section.warn(
                    "Not yet run again often enough to be believed, though no other is better in everything: {}.",
                    history.unconfirmed().stream()
                            .map(trial -> "trial " + trial.number() + " (" + Texts.value(trial, history) + ")")
                            .collect(Collectors.joining(", ")));
        }
    }

    private Block.Grid table(History history, Trial compromise) {
        Objective objective = subject.objective();
        List<Column> header = new ArrayList<>(List.of(Column.number("trial")));
        objective.all().forEach(one -> header.add(Column.number(one.metric())));
        if (history.repeats()) {
            header.add(Column.number("mean of"));
        }
        header.add(Column.text("proposed by"));
        header.add(Column.text(""));
        List<List<Cell>> rows = new ArrayList<>();
        for (Trial trial : history.front().stream().limit(MOST).toList()) {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(Integer.toString(trial.number()))));
            history.values(trial).forEach(value -> row.add(Cell.of(Texts.value(value))));
            if (history.repeats()) {
                row.add(Cell.of(Subject.count(history.measured(trial), "run")));
            }
            row.add(Cell.of(trial.origin().label()));
            row.add(Cell.of(trial.equals(compromise) ? "the compromise" : ""));
            rows.add(row);
        }
        int front = history.front().size();
        return new Block.Grid(
                front > MOST ? "The front: the first " + MOST + " of " + front + " trials" : "The front", header, rows);
    }
}
