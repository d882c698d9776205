package dev.chiron.agent.report;

import dev.chiron.agent.branch.Contest;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.store.Attempt;
import dev.chiron.agent.view.Searched;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.feasibility.FailureRule;
import dev.chiron.optimizers.study.Effect;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.describe.FailureText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was tried and came to nothing: runs that failed or were stopped, and edits that were not kept. */
record FailuresChapter(Subject subject) {

    private static final int NAMED = 8; // trials
    private static final int IDEAS = 30;

    static Section of(Subject subject) {
        Section section = new Section("failures", "What was tried and failed");
        if (subject.trials().isEmpty() && subject.view().attempts().isEmpty()) {
            return section;
        }
        FailuresChapter chapter = new FailuresChapter(subject);
        if (!subject.trials().isEmpty()) {
            chapter.failures(section);
        }
        chapter.attempts(section);
        chapter.stopped(section);
        chapter.ideas(section);
        return section;
    }

    private void failures(Section section) {
        Map<Outcome.Reason, List<Trial>> failed = new EnumMap<>(Outcome.Reason.class);
        for (Trial trial : subject.trials()) {
            if (trial.outcome() instanceof Outcome.Failed one) {
                failed.computeIfAbsent(one.reason(), reason -> new ArrayList<>())
                        .add(trial);
            }
        }
        if (failed.isEmpty()) {
            section.say("No run failed.");
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        failed.forEach((reason, trials) -> rows.add(List.of(
                Cell.of(Words.of("**{}**: {}", reason.label(), Causes.said(reason))),
                Cell.of(Integer.toString(trials.size())),
                Cell.of(numbers(trials)),
                Cell.faint(Causes.detail((Outcome.Failed) trials.get(0).outcome())))));
        section.add(new Block.Grid(
                "Runs that failed",
                List.of(
                        Column.text("why"),
                        Column.number("runs"),
                        Column.text("trials"),
                        Column.text("what the first of them said")),
                rows));
        Searched now = subject.view().now();
        String where =
                FailureText.of(FailureRule.learn(now.space(), now.history().inside()));
        if (!where.isBlank()) {
            section.say("{}", where.strip());
        }
    }

    private void attempts(Section section) {
        Map<String, List<Attempt>> alike = new LinkedHashMap<>();
        subject.view()
                .attempts()
                .forEach(attempt -> alike.computeIfAbsent(
                                attempt.failure().reason().label() + Causes.detail(attempt.failure()),
                                key -> new ArrayList<>())
                        .add(attempt));
        if (alike.isEmpty()) {
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (List<Attempt> attempts : alike.values()) {
            Outcome.Failed failure = attempts.get(0).failure();
            rows.add(List.of(
                    Cell.of(Words.of("**{}**: {}", failure.reason().label(), Causes.said(failure.reason()))),
                    Cell.of(Integer.toString(attempts.size())),
                    Cell.faint(Causes.detail(failure))));
        }
        section.add(new Block.Grid(
                "Runs that came to no trial: the machine broke and they were run again, or the baseline failed",
                List.of(Column.text("why"), Column.number("runs"), Column.text("what they said")),
                rows));
    }

    private static String numbers(List<Trial> trials) {
        return trials.stream()
                        .limit(NAMED)
                        .map(trial -> Integer.toString(trial.number()))
                        .collect(Collectors.joining(", "))
                + (trials.size() > NAMED ? " …" : "");
    }

    private void stopped(Section section) {
        Map<String, List<Trial>> stopped = new LinkedHashMap<>();
        for (Trial trial : subject.trials()) {
            if (trial.outcome() instanceof Outcome.Pruned pruned) {
                stopped.computeIfAbsent(PlainText.line(pruned.by()), rule -> new ArrayList<>())
                        .add(trial);
            }
        }
        stopped.forEach((rule, trials) -> section.say(
                "Stopped early{}, for what was seen on the way: {} ({}). What is stopped counts neither as a failure nor as a result.",
                rule.isEmpty() ? "" : " by the rule " + rule,
                Subject.count(trials.size(), "run"),
                numbers(trials)));
    }

    /** Edits of the script that are not in the best. */
    private void ideas(Section section) {
        Set<String> kept = Effect.kept(subject.history()).stream()
                .flatMap(step -> step.kept().change().variant().stream())
                .map(Variant::id)
                .collect(Collectors.toSet());
        Map<String, Trial> first = new LinkedHashMap<>();
        for (Trial trial : subject.trials()) {
            boolean isIdea = trial.origin() != Origin.ABLATION && trial.origin() != Origin.LEAN;
            trial.change()
                    .variant()
                    .filter(variant -> isIdea && !variant.isRoot() && !kept.contains(variant.id()))
                    .ifPresent(variant -> first.putIfAbsent(variant.id(), trial));
        }
        if (first.isEmpty()) {
            return;
        }
        List<Trial> latest = new ArrayList<>(first.values());
        Collections.reverse(latest);
        List<List<Cell>> rows = new ArrayList<>();
        for (Trial trial : latest.stream().limit(IDEAS).toList()) {
            rows.add(List.of(
                    Cell.of(Integer.toString(trial.number())),
                    Cell.of(ChangeChapter.idea(trial)),
                    Cell.of(Texts.outcome(trial.outcome(), subject.objective())),
                    Cell.faint(why(trial))));
        }
        section.add(new Block.Grid(
                "Edits of the script that were not kept"
                        + (latest.size() > IDEAS ? ", the last " + IDEAS + " of " + latest.size() : ""),
                List.of(Column.number("trial"), Column.text("idea"), Column.text("gave"), Column.text("why not")),
                rows));
    }

    private String why(Trial trial) {
        if (trial.outcome() instanceof Outcome.Failed failed) {
            return Causes.detail(failed);
        }
        if (trial.value().isEmpty()) {
            return trial.outcome() instanceof Outcome.Infeasible infeasible
                    ? "breaks " + String.join(", ", infeasible.broken())
                    : "stopped early";
        }
        Contest contest = Contest.of(trial, subject.history());
        return switch (contest.outcome()) {
            case KEPT -> "was kept, and is in the best no more";
            case LOST -> "looked better, was run again, and was not";
            case OPEN -> "looks better, and has not been run again often enough";
            case BEHIND -> "was no better";
        };
    }
}
