package dev.chiron.agent.report;

import dev.chiron.agent.plot.Plot;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.view.Searched;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the best was come by: every trial in order, and the steps. */
record CourseChapter(Subject subject) {

    private static final Size WIDE = new Size(96, 25);
    private static final Size NARROW = new Size(44, 20);
    private static final int STEPS = 12;
    private static final int BEST = 10;
    private static final int CHANGES = 6;

    static Section of(Subject subject) {
        Section section = new Section("course", "How it went");
        if (subject.best().isPresent()) {
            CourseChapter chapter = new CourseChapter(subject);
            chapter.picture(section);
            if (subject.isSeveral()) {
                return section;
            }
            chapter.steps(section);
            chapter.best(section);
        }
        return section;
    }

    private void picture(Section section) {
        Searched all = new Searched(subject.view().now().space(), subject.history());
        Searched seen = subject.isSeveral() ? all.by(subject.objective().metric()) : all;
        section.add(new Block.Figures(List.of(new Block.Figure(
                Words.of(
                        "Every trial in its order, coloured by who proposed it; the line is the best so far{}.",
                        subject.isSeveral() ? ", by " + subject.objective().metric() + " alone" : ""),
                size -> new Plot.Values().draw(seen.space(), seen.history(), size),
                List.of(WIDE, NARROW),
                true))));
    }

    /** Each that was the best for a while. */
    private void steps(Section section) {
        History history = subject.history();
        List<Trial> incumbents = history.incumbents();
        if (incumbents.size() < 2) {
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        int from = Math.max(1, incumbents.size() - STEPS);
        for (int place = from; place < incumbents.size(); place++) {
            Trial trial = incumbents.get(place);
            rows.add(row(trial, Cell.of(changes(incumbents.get(place - 1), trial))));
        }
        int steps = incumbents.size() - 1;
        section.add(new Block.Grid(
                (steps > STEPS ? "The last " + STEPS + " of " + steps + " steps" : "The steps")
                        + " to the best: what was the best for a while, and what it changed of the one before",
                header(),
                rows));
    }

    private List<Column> header() {
        List<Column> header = new ArrayList<>(List.of(
                Column.number("trial"), Column.number(subject.objective().metric())));
        if (isRepeated()) {
            header.add(Column.number("mean of"));
        }
        header.addAll(List.of(Column.text("proposed by"), Column.text("changed")));
        return header;
    }

    private List<Cell> row(Trial trial, Cell changes) {
        History history = subject.history();
        List<Cell> row = new ArrayList<>(List.of(
                Cell.of(Integer.toString(trial.number())),
                Cell.of(Texts.value(history.value(trial).orElseThrow()))));
        if (isRepeated()) {
            row.add(Cell.of(Subject.count(history.measured(trial), "run")));
        }
        row.addAll(List.of(Cell.of(trial.origin().label()), changes));
        return row;
    }

    /** Whether any value is the mean of several runs. */
    private boolean isRepeated() {
        return subject.trials().stream().anyMatch(trial -> subject.history().measured(trial) > 1);
    }

    private static String changes(Trial before, Trial trial) {
        String idea = before.change().variant().equals(trial.change().variant()) ? "" : ChangeChapter.idea(trial);
        String values = few(before.config(), trial.config());
        return idea.isEmpty() ? values : values.equals("nothing") ? "edit: " + idea : "edit: " + idea + "; " + values;
    }

    private static String few(Config from, Config to) {
        List<String> changes = changed(from, to);
        if (changes.isEmpty()) {
            return "nothing";
        }
        return changes.size() <= CHANGES
                ? String.join(", ", changes)
                : String.join(", ", changes.subList(0, CHANGES)) + " and " + (changes.size() - CHANGES) + " more";
    }

    private static List<String> changed(Config from, Config to) {
        Map<String, String> was = Texts.shown(from);
        Map<String, String> is = Texts.shown(to);
        return Texts.changed(from, to).stream()
                .map(name -> name + " " + was.getOrDefault(name, "-") + " → " + is.get(name))
                .toList();
    }

    private void best(Section section) {
        List<Trial> best = subject.history().best(BEST);
        Optional<Trial> baseline = subject.baseline();
        if (best.size() < 2 || baseline.isEmpty()) {
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (Trial trial : best) {
            rows.add(row(
                    trial,
                    trial.number() == 0 ? Cell.faint("is the baseline") : Cell.of(changes(baseline.get(), trial))));
        }
        section.add(new Block.Grid("The " + best.size() + " best trials against the baseline", header(), rows));
    }
}
