package dev.chiron.agent.view;

import dev.chiron.agent.branch.Contest;
import dev.chiron.agent.branch.Keep.Standing;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Pick;
import dev.chiron.agent.store.Steering;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Noise;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.describe.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Why a trial was tried and what came of it, as far as the journal says; nothing of it is a guess. */
public final class TrialStory {

    private final StudyView view;
    private final Entry entry;
    private final Trial trial;
    private final Contest contest;

    public TrialStory(StudyView view, Entry entry) {
        this.view = view;
        this.entry = entry;
        this.trial = entry.trial();
        this.contest = Contest.of(trial, view.history());
    }

    public Entry entry() {
        return entry;
    }

    /** What it came of, if somebody wished for it. */
    public Optional<Steering.Wish> wish() {
        return view.wish(trial.number());
    }

    public Contest contest() {
        return contest;
    }

    /** The trial that first ran the version that was edited; empty for the study's own script, and for settings. */
    public Optional<Trial> parent() {
        Optional<String> parent = trial.change().variant().map(Variant::parent);
        return view.history().trials().stream()
                .filter(other -> other.change().variant().map(Variant::id).equals(parent) && parent.isPresent())
                .findFirst();
    }

    /** Whether it is the first with its version of the script. */
    public boolean isEdit() {
        Optional<String> id = trial.change().variant().map(Variant::id);
        return id.isPresent()
                && view.history().trials().stream()
                        .takeWhile(other -> other.number() != trial.number())
                        .noneMatch(other ->
                                other.change().variant().map(Variant::id).equals(id));
    }

    /** By how many of its own standard errors the contest's lead is off zero; empty where the noise is not known. */
    public OptionalDouble t() {
        Optional<Noise> noise = contest.noise().filter(known -> known.sd() > 0);
        if (noise.isEmpty() || lead().isEmpty()) {
            return OptionalDouble.empty();
        }
        double error = noise.get().sd()
                * Math.sqrt(1.0 / contest.mine().runs() + 1.0 / contest.theirs().runs());
        return OptionalDouble.of(lead().getAsDouble() / error);
    }

    /** How much better it was than what it was held against; negative if it was worse. */
    public OptionalDouble lead() {
        return difference(contest.theirs().value(), contest.mine().value());
    }

    /** The same on the hold-out. */
    public OptionalDouble holdoutLead() {
        return difference(contest.theirs().holdout(), contest.mine().holdout());
    }

    private OptionalDouble difference(OptionalDouble theirs, OptionalDouble mine) {
        return theirs.isPresent() && mine.isPresent()
                ? OptionalDouble.of(view.card().objective().loss(theirs.getAsDouble())
                        - view.card().objective().loss(mine.getAsDouble()))
                : OptionalDouble.empty();
    }

    /** The number of the trial that was the incumbent after it; empty as long as none was. */
    public Optional<Trial> successor() {
        List<Trial> incumbents = view.history().incumbents();
        int at = incumbents.indexOf(trial);
        return at >= 0 && at + 1 < incumbents.size() ? Optional.of(incumbents.get(at + 1)) : Optional.empty();
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Trial " + trial.number() + ": " + what());
        proposal(lines);
        entry.turn().ifPresent(turn -> turn(turn, lines));
        remarks(Remark.Kind.OBJECTIVE, lines);
        remarks(Remark.Kind.REASONING, lines);
        entry.advice().forEach(advice -> lines.add("  asked whether to stop it, " + Advised.line(advice)));
        outcome(lines);
        remarks(Remark.Kind.ANALYSIS, lines);
        if (view.card().objective().isSeveral()) {
            standing(lines);
        } else if (trial.origin() != Origin.REPEAT && trial.value().isPresent()) {
            verdict(lines);
        }
        return lines;
    }

    private String what() {
        String by =
                trial.origin().label() + author().map(name -> " (" + name + ")").orElse("");
        return switch (trial.origin()) {
            case BASELINE -> "the baseline, the values that the study began with";
            case REPEAT ->
                "a deliberate repeat of trial "
                        + view.history().find(trial.change()).orElse(trial).number() + ", for the noise in its value";
            case TOLD ->
                "a result that was measured elsewhere and told"
                        + author().map(name -> " by " + name).orElse("");
            default -> (isEdit() ? "an edit" : "settings") + " by " + by;
        };
    }

    public Optional<String> author() {
        return entry.turn()
                .filter(turn -> !turn.isFallback())
                .map(turn -> turn.asked().author())
                .or(() -> view.wish(trial.number()).map(Steering.Wish::author))
                .map(PlainText::line)
                .filter(author -> !author.isEmpty());
    }

    private void proposal(List<String> lines) {
        if (trial.origin() == Origin.REPEAT) {
            return;
        }
        trial.change().variant().ifPresent(variant -> {
            String idea = PlainText.line(variant.idea());
            lines.add((isEdit() ? "  idea: " : "  on the script of the idea: ") + (idea.isEmpty() ? "-" : idea));
            lines.add("  made of: "
                    + parent().map(made -> "the version of trial " + made.number())
                            .orElse("the study's own script")
                    + " (chiron diff " + trial.number() + " --parent)");
        });
        view.wish(trial.number())
                .filter(wish -> !(wish instanceof Steering.Edit))
                .map(wish -> PlainText.line(wish.why()))
                .filter(why -> !why.isEmpty())
                .ifPresent(why -> lines.add("  why: " + why));
        contest.incumbent().ifPresent(best -> {
            String changes = Texts.changes(best.config(), trial.config());
            lines.add("  settings against the best of that time, trial " + best.number() + ": " + changes);
        });
    }

    /** What models wrote of this trial, on its own turn or a later one. */
    private void remarks(Remark.Kind kind, List<String> lines) {
        view.entries().stream()
                .flatMap(other -> other.turn().stream())
                .flatMap(turn -> turn.remarks().stream())
                .filter(remark -> remark.kind() == kind && remark.trial() == trial.number())
                .reduce((earlier, later) -> later)
                .ifPresent(remark -> lines.add("  " + kind.label() + ": " + PlainText.line(remark.text())));
    }

    private void turn(ModelTurn turn, List<String> lines) {
        turn.pick().ifPresent(pick -> lines.add("  the model " + expected(pick)));
        turn.rejected().forEach(reason -> lines.add("  sent back before it: " + PlainText.line(reason)));
        turn.repairs().forEach(repair -> lines.add("  mended: " + PlainText.line(repair)));
        if (turn.isFallback()) {
            lines.add("  it was the model's turn, taken by the optimizer: " + PlainText.line(turn.fallback()));
        }
    }

    private static String expected(Pick pick) {
        List<String> parts = new ArrayList<>();
        pick.forecast().value().ifPresent(value -> parts.add("expected " + Texts.value(value)));
        pick.forecast()
                .failure()
                .ifPresent(chance -> parts.add("a chance of " + Math.round(100 * chance) + " % that it fails"));
        String forecast = parts.isEmpty() ? "said nothing of what it expected" : String.join(" and ", parts);
        return forecast + "; run was its candidate " + pick.rank() + " of " + pick.offered();
    }

    private void outcome(List<String> lines) {
        Objective objective = view.card().objective();
        lines.add("It ended after " + Texts.time(trial.took()) + ": " + Texts.outcome(trial.outcome(), objective)
                + contest.incumbent()
                        .filter(best -> contest.then().value().isPresent() && !objective.isSeveral())
                        .map(best -> "; the best until then was trial " + best.number() + " with "
                                + standing(contest.then()))
                        .orElse(""));
        if (trial.outcome() instanceof Outcome.Infeasible infeasible) {
            lines.add("It breaks " + String.join(" and ", infeasible.broken())
                    + ", so it is infeasible, whatever its value.");
        }
        if (trial.outcome() instanceof Outcome.Partial partial) {
            lines.add("It was a part of a training, "
                    + PlainText.line(partial.fidelity().toString())
                    + ", so it is compared with such parts alone and cannot be the best.");
        }
        if (trial.outcome() instanceof Outcome.Failed failed) {
            PlainText.lines(failed.detail()).lines().forEach(line -> lines.add("  " + line));
            lines.add("A trial that failed is not kept.");
        } else if (trial.outcome() instanceof Outcome.Pruned pruned) {
            lines.add("It was " + Texts.stopped(pruned) + ", so it could not be kept"
                    + (pruned.why().isEmpty() ? "." : ": " + PlainText.line(pruned.why()) + "."));
        }
    }

    /** Whether none is better in everything, where there are several objectives. */
    private void standing(List<String> lines) {
        if (trial.value().isEmpty()) {
            return;
        }
        if (view.history().measured(trial) > 1) {
            lines.add("Its config has " + Texts.value(trial, view.history()) + ".");
        }
        boolean again = view.history().repeats()
                && view.history().find(trial.change()).filter(trial::equals).isEmpty();
        if (again) {
            return; // where the config stands is said of the trial that ran it first
        }
        if (view.history().unconfirmed().contains(trial)) {
            lines.add(
                    "No other is as good in everything and better in something, but it was not yet run again often enough to be believed.");
            return;
        }
        List<Integer> better = beatenBy();
        if (isOnFront()) {
            lines.add("It is on the front: no trial is as good in everything and better in something.");
            if (view.history().incumbent().equals(Optional.of(trial))) {
                lines.add("It is the front's compromise.");
            }
        } else if (better.isEmpty() && view.history().repeats()) {
            lines.add(
                    "Not on the front: a run of its config failed or broke a condition, or an earlier config has the same values.");
        } else if (better.isEmpty()) {
            lines.add("An earlier trial has the same values.");
        } else {
            lines.add("Not on the front: as good in everything and better in something "
                    + (better.size() == 1 ? "is trial " : "are the trials ")
                    + better.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
        }
    }

    /** Whether its study has several objectives. */
    public boolean isOfSeveral() {
        return view.card().objective().isSeveral();
    }

    /** Whether none is better in everything. */
    public boolean isOnFront() {
        return view.history().front().contains(trial);
    }

    /** The trials of the front that beat it, of several objectives. */
    public List<Integer> beatenBy() {
        return view.history().front().stream()
                .filter(other -> view.history().beats(other, trial))
                .map(Trial::number)
                .toList();
    }

    private void verdict(List<String> lines) {
        String beside = contest.against()
                .filter(best -> best.number() != trial.number())
                .map(best -> standing(contest.mine()) + " against trial " + best.number() + "'s "
                        + standing(contest.theirs()))
                .orElse(standing(contest.mine()));
        lines.add(
                switch (contest.outcome()) {
                    case KEPT ->
                        "Kept" + (contest.decided() > trial.number() ? " after trial " + contest.decided() : "") + ": "
                                + beside;
                    case LOST ->
                        "It looked better, was run again, and was given up after trial " + contest.decided() + ": "
                                + beside;
                    case OPEN -> "It looks better and is being run again: " + beside;
                    case BEHIND -> behind() + ": " + beside;
                });
        evidence(lines);
        successor().ifPresent(next -> lines.add("It was the best until trial " + next.number() + " was kept."));
        if (view.history().incumbent().equals(Optional.of(trial))) {
            lines.add("It is the best so far.");
        }
    }

    private String behind() {
        return switch (trial.origin()) {
            case ABLATION -> "Run to tell what the edit is worth that it leaves out";
            case LEAN -> "Run to see whether the script is worse without what does nothing";
            default -> "Not kept";
        };
    }

    private void evidence(List<String> lines) {
        if (contest.outcome() != Contest.Ending.BEHIND && contest.against().isPresent()) {
            contest.noise()
                    .ifPresentOrElse(
                            noise -> lines.add("  noise: " + Texts.noise(noise)
                                    + (t().isPresent()
                                            ? "; the difference is " + Numbers.text(t().getAsDouble(), 3)
                                                    + " times its standard error"
                                            : "")),
                            () -> lines.add("  nothing was run again, so the noise was not known"));
        }
        OptionalDouble mine = contest.mine().holdout();
        OptionalDouble theirs = contest.theirs().holdout();
        if (mine.isPresent()) {
            lines.add("  on the hold-out: " + Texts.value(mine.getAsDouble())
                    + (theirs.isPresent() ? " against " + Texts.value(theirs.getAsDouble()) + shown() : ""));
        }
    }

    /** How much of a gain the hold-out shows. */
    private String shown() {
        return lead().isPresent() && lead().getAsDouble() > 0 && holdoutLead().isPresent()
                ? ", where " + Math.round(100 * holdoutLead().getAsDouble() / lead().getAsDouble())
                        + " % of the gain shows"
                : "";
    }

    private static String standing(Standing standing) {
        return standing.value().isEmpty()
                ? "nothing"
                : Texts.value(standing.value().getAsDouble())
                        + (standing.runs() > 1 ? " (mean of " + standing.runs() + " runs)" : "");
    }
}
