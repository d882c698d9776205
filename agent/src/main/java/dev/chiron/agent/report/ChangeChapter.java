package dev.chiron.agent.report;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.view.RunLine;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrainingSchedule;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Effect;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.branch.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the best has that the baseline has not, and how to take it over. */
record ChangeChapter(Subject subject) {

    static Section of(Subject subject) {
        Section section = new Section("change", "What changed");
        Optional<Trial> best = subject.best();
        if (best.isPresent()) {
            ChangeChapter chapter = new ChangeChapter(subject);
            chapter.values(section, best.get());
            chapter.edits(section, best.get());
        }
        return section;
    }

    private void values(Section section, Trial best) {
        Config before = subject.baseline()
                .map(Trial::config)
                .orElseGet(() -> subject.spec().baseline());
        Map<String, String> was = Texts.shown(before);
        Map<String, String> is = Texts.shown(best.config());
        List<String> changed = Texts.changed(before, best.config());
        List<List<Cell>> rows = new ArrayList<>();
        is.forEach((name, value) -> rows.add(List.of(
                Cell.code(name),
                Cell.of(was.getOrDefault(name, "not used")),
                changed.contains(name) ? Cell.of(Words.of("**{}**", value)) : Cell.faint("same"),
                Cell.faint(searched(name)))));
        was.forEach((name, value) -> {
            if (!is.containsKey(name)) {
                rows.add(List.of(Cell.code(name), Cell.of(value), Cell.of("not used"), Cell.faint(searched(name))));
            }
        });
        if (rows.isEmpty()) {
            return;
        }
        section.add(new Block.Grid(
                "The values of the " + (subject.isSeveral() ? "compromise" : "best") + ", trial " + best.number(),
                List.of(
                        Column.text("parameter"),
                        Column.number("baseline"),
                        Column.number("best"),
                        Column.text("searched")),
                rows));
    }

    private String searched(String name) {
        SearchSpace now = subject.view().now().space();
        SearchSpace space = parameters(now, name).isEmpty() ? subject.spec().space() : now;
        return parameters(space, name).stream()
                .map(parameter -> parameter.describe() + when(space.conditions(parameter)))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** The parameter of that name in the script, or the pieces of its schedule. */
    private static List<Parameter> parameters(SearchSpace space, String name) {
        return space.parameters().stream()
                .filter(parameter -> ProgressSchedule.inScript(parameter.name()).equals(name))
                .toList();
    }

    private static String when(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> ", where " + condition.parent() + " is "
                        + condition.values().stream().map(Value::text).collect(Collectors.joining(" or ")))
                .collect(Collectors.joining());
    }

    /** The edits of the script that are in the best, and what each is worth. */
    private void edits(Section section, Trial best) {
        List<Effect.Step> kept = Effect.kept(subject.history());
        if (kept.isEmpty()) {
            return;
        }
        List<Effect> effects = Effect.of(subject.history());
        List<List<Cell>> rows = new ArrayList<>();
        for (Effect.Step step : kept) {
            Trial trial = step.kept();
            rows.add(List.of(
                    Cell.of(Integer.toString(trial.number())),
                    Cell.of(idea(trial)),
                    Cell.of(Texts.value(step.before(), subject.history()) + " → "
                            + Texts.value(trial, subject.history())),
                    Cell.of(worth(effects, trial))));
        }
        section.add(new Block.Grid(
                "Edits of the script that were kept, in their order",
                List.of(
                        Column.number("trial"),
                        Column.text("idea"),
                        Column.text(subject.objective().metric()),
                        Column.text("worth alone, 95 %")),
                rows));
        if (best.origin() == Origin.LEAN) {
            section.say(
                    "Trial {} is the best one without the edits that did nothing; it is no worse: {}.",
                    best.number(),
                    idea(best));
        }
    }

    static String idea(Trial trial) {
        return PlainText.line(trial.change().variant().map(Variant::idea).orElse(""));
    }

    private static String worth(List<Effect> effects, Trial trial) {
        return effects.stream()
                .filter(effect -> effect.kept().number() == trial.number())
                .map(ChangeChapter::worth)
                .findFirst()
                .orElse("not measured alone");
    }

    private static String worth(Effect effect) {
        String gain = Numbers.text(effect.gain(), 3);
        return Double.isFinite(effect.margin())
                ? gain + " ± " + Numbers.text(effect.margin(), 2)
                        + (effect.isIdle() ? ", nothing" : effect.isDoubtful() ? ", perhaps nothing" : "")
                : gain + ", no interval";
    }

    /**
     * What a trial changed of the script, as a unified diff; empty for nothing.
     *
     * @throws BadInput if the study has no copy of the script that can be compared
     */
    static String of(Subject subject, Trial trial) {
        StudyScript began = StudyScript.read(subject.spec(), subject.view().folder());
        return UnifiedDiff.of(subject.spec().script(), began.text(), began.text(trial.change()));
    }

    /** The difference to apply. */
    static Section diff(Subject subject) {
        Section section = new Section("diff", "The change to apply");
        Optional<Trial> best = subject.best();
        if (best.isEmpty() || best.get().number() == 0) {
            return section;
        }
        Trial trial = best.get();
        String script = subject.spec().script();
        try {
            StudyScript began = StudyScript.read(subject.spec(), subject.view().folder());
            String diff = of(subject, trial);
            TrainingSchedule.warning(trial, subject.view().history())
                    .ifPresent(warning -> section.warn("Its value {}.", warning));
            Config passed = began.passed(trial.config());
            if (!diff.isEmpty()) {
                section.say(
                        "`{}` writes it into `{}`, after asking, also where you have changed the script meanwhile; "
                                + "`git apply` and `patch -p1` take what stands here.",
                        subject.command(subject.isSeveral() ? "apply " + trial.number() : "apply"),
                        script);
                section.add(new Block.Code(
                        "Trial " + trial.number() + " against " + script + " as it was",
                        "diff",
                        diff,
                        false,
                        "trial-" + trial.number() + ".diff"));
            }
            if (!passed.values().isEmpty()) {
                section.say(
                        diff.isEmpty()
                                ? "The script stays as it is: the values are passed to it (`{}`). The command of the best:"
                                : "Other values do not stand in the script but are passed to it (`{}`). The command of the best:",
                        subject.spec().run());
                section.add(new Block.Code(
                        "The command of trial " + trial.number(),
                        "sh",
                        RunLine.of(subject.spec(), trial.config()) + "\n",
                        false,
                        ""));
            }
            if (diff.isEmpty() && passed.values().isEmpty()) {
                section.say("The script of the best is the baseline's.");
            }
        } catch (BadInput e) {
            section.warn("There is no difference to show: {}.", Causes.withoutFolders(String.valueOf(e.getMessage())));
        }
        return section;
    }
}
