package dev.chiron.agent.report;

import dev.chiron.agent.Forecasts;
import dev.chiron.agent.ModelTally;
import dev.chiron.agent.Tally;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who proposed what, and what came of it. */
record FindersChapter(Subject subject) {

    static Section of(Subject subject) {
        Section section = new Section("finders", "Who found what");
        if (subject.trials().isEmpty()) {
            return section;
        }
        FindersChapter chapter = new FindersChapter(subject);
        section.say(
                "The study's method is `{}`: {}.",
                subject.spec().method(),
                Method.labelled(subject.spec().method())
                        .map(method -> method.line().replaceAll(" \\(--\\w+\\)", ""))
                        .orElse("one of Chiron's"));
        section.add(chapter.origins());
        chapter.earlier(section);
        chapter.models(section);
        return section;
    }

    private Block.Grid origins() {
        Map<Origin, List<Trial>> by = new EnumMap<>(Origin.class);
        subject.trials()
                .forEach(trial -> by.computeIfAbsent(trial.origin(), origin -> new ArrayList<>())
                        .add(trial));
        Map<Origin, Step> steps = steps();
        boolean several = subject.isSeveral();
        List<List<Cell>> rows = new ArrayList<>();
        by.forEach((origin, trials) -> {
            Step step = steps.getOrDefault(origin, new Step(0, 0));
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.of(Words.of("**{}**: {}", origin.label(), Proposers.said(origin))),
                    Cell.of(Integer.toString(trials.size())),
                    Cell.of(Long.toString(failed(trials))),
                    Cell.of(origin.isCheck() ? "" : best(trials))));
            row.add(Cell.of(Integer.toString(step.count())));
            if (!several) {
                row.add(Cell.of(step.count() == 0 ? "" : Numbers.text(step.gain(), 3)));
            }
            rows.add(row);
        });
        List<Column> header = new ArrayList<>(List.of(
                Column.text("proposed by"),
                Column.number("trials"),
                Column.number("failed"),
                Column.number("best " + subject.objective().metric()),
                Column.number(several ? "on the front" : "steps to the best")));
        if (!several) {
            header.add(Column.number("gained by them"));
        }
        return new Block.Grid("Trials by who really proposed them", header, rows);
    }

    private static long failed(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Failed)
                .count();
    }

    private String best(List<Trial> trials) {
        Objective objective = subject.objective();
        return trials.stream()
                .filter(trial -> trial.value().isPresent())
                .map(trial ->
                        subject.history().value(trial).orElse(trial.value().getAsDouble()))
                .min(Comparator.comparingDouble(objective::loss))
                .map(Texts::value)
                .orElse("-");
    }

    /** What an origin's trials did for the best: how many were it for a while, and by how much they improved it. */
    private record Step(int count, double gain) {
        Step plus(double more) {
            return new Step(count + 1, gain + more);
        }
    }

    private Map<Origin, Step> steps() {
        History history = subject.history();
        Map<Origin, Step> steps = new EnumMap<>(Origin.class);
        if (subject.isSeveral()) {
            history.front().forEach(trial -> steps.merge(trial.origin(), new Step(1, 0), (one, other) -> one.plus(0)));
            return steps;
        }
        List<Trial> incumbents = history.incumbents();
        for (int place = 1; place < incumbents.size(); place++) {
            double gain = loss(incumbents.get(place - 1)) - loss(incumbents.get(place));
            Origin origin = incumbents.get(place).origin();
            steps.put(origin, steps.getOrDefault(origin, new Step(0, 0)).plus(gain));
        }
        return steps;
    }

    private double loss(Trial trial) {
        return subject.objective().loss(subject.history().value(trial).orElseThrow());
    }

    private void earlier(Section section) {
        History history = subject.history();
        if (history.earlier().isEmpty()) {
            return;
        }
        section.say(
                "The study began with {} from before it ({}), which are told to whoever proposes and are in none of the numbers above.{}",
                Subject.count(history.earlier().all().size(), "result"),
                String.join(
                        ", ",
                        subject.spec().from().sources().stream()
                                .map(Causes::withoutFolders)
                                .toList()),
                history.trials().stream()
                        .filter(trial -> trial.origin() == Origin.IMPORTED)
                        .findFirst()
                        .map(again -> " The " + (subject.isSeveral() ? "compromise of their front" : "best of them")
                                + " was run again as trial " + again.number() + ": " + there(again)
                                + Texts.outcome(again.outcome(), subject.objective()) + " here.")
                        .orElse(""));
    }

    private String there(Trial again) {
        return subject.history().earlier().inside().stream()
                .filter(one ->
                        one.config().equals(again.config()) && one.value().isPresent())
                .findFirst()
                .map(one -> Texts.outcome(one.outcome(), subject.objective()) + " there, ")
                .orElse("");
    }

    private void models(Section section) {
        StudyView view = subject.view();
        Tally tally = Tally.of(view.entries(), view.unused());
        if (tally.modelTurns() == 0) {
            return;
        }
        List<ModelTally> models = ModelTally.of(view.entries(), view.unused(), subject.history());
        section.say(
                "{} was asked on {}. {}{}{}{}",
                view.card().llm(),
                Subject.count(tally.modelTurns(), "turn"),
                tally.fallbacks() == 0
                        ? "The optimizer had to take none of them. "
                        : "The optimizer had to take " + tally.fallbacks()
                                + " of them, since the model was away or of no use; those trials are the optimizer's above. ",
                tally.overBudget() == 0
                        ? ""
                        : "It took " + tally.overBudget() + " more after the model's budget was spent. ",
                tally.echoed() == 0 ? "" : "On " + tally.echoed() + " the model proposed just what the optimizer did. ",
                "Replies sent back: " + tally.rejected() + "; proposals that had to be mended: " + tally.repaired()
                        + ".");
        forecasts(section, tally.forecasts());
        if (models.size() > 1) {
            section.add(models(models));
        }
    }

    private static void forecasts(Section section, Forecasts forecasts) {
        if (forecasts.error().isPresent()) {
            section.say(
                    "What the model foretold of its own trials was off by {} in the median ({}).",
                    Numbers.text(forecasts.error().getAsDouble(), 2),
                    Subject.count(forecasts.values(), "forecast"));
        }
        if (forecasts.chances() > 0) {
            section.say(
                    "By its forecasts {} of {} were to fail, and {} did.",
                    Numbers.text(forecasts.expected(), 2),
                    Subject.count(forecasts.chances(), "trial"),
                    forecasts.failed());
        }
    }

    private Block.Grid models(List<ModelTally> models) {
        List<List<Cell>> rows = new ArrayList<>();
        for (ModelTally model : models) {
            rows.add(List.of(
                    Cell.of(model.model()),
                    Cell.of(Integer.toString(model.turns())),
                    Cell.of(Integer.toString(model.trials())),
                    Cell.of(Integer.toString(model.fallbacks())),
                    Cell.of(Integer.toString(model.bests())),
                    Cell.of(Numbers.text(model.worth(), 2))));
        }
        return new Block.Grid(
                "The models",
                List.of(
                        Column.text("model"),
                        Column.number("turns"),
                        Column.number("trials"),
                        Column.number("fallbacks"),
                        Column.number(subject.isSeveral() ? "new on the front" : "steps to the best"),
                        Column.number("worth a turn, 0 to 1")),
                rows);
    }
}
