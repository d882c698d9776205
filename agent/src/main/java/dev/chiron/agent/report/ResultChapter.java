package dev.chiron.agent.report;

import dev.chiron.agent.branch.Keep.Standing;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.report.Block.Fact;
import dev.chiron.agent.store.Attempt;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrainingSchedule;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What came out, against the baseline, and how sure that is. */
final class ResultChapter {

    private static final Size WIDE = new Size(90, 11);
    private static final Size NARROW = new Size(43, 11);

    private final Subject subject;
    private final History history;
    private final Objective objective;
    private final Section section = new Section("result", "Result");

    private ResultChapter(Subject subject) {
        this.subject = subject;
        this.history = subject.history();
        this.objective = subject.objective();
    }

    static Section of(Subject subject) {
        return new ResultChapter(subject).written();
    }

    private Section written() {
        Optional<Trial> best = subject.best();
        if (subject.running()) {
            section.warn("The study was still running when this was written: it is how things stood then.");
        }
        if (best.isEmpty()) {
            nothing();
            return section;
        }
        facts(best.get());
        if (subject.isSeveral()) {
            new FrontChapter(subject).writeInto(section);
        } else {
            single(best.get());
        }
        conditions();
        return section;
    }

    private void nothing() {
        List<Attempt> attempts = subject.view().attempts();
        if (!subject.trials().isEmpty()) {
            section.warn(
                    "**Nothing was measured.** None of {} gave a value that counts; the baseline is {}.",
                    Subject.count(subject.trials().size(), "trial"),
                    outcome(subject.baseline()));
        } else if (attempts.isEmpty()) {
            section.warn("**Nothing was measured.** No trial has ended yet.");
        } else {
            Outcome.Failed last = attempts.get(attempts.size() - 1).failure();
            section.warn(
                    "**Nothing was measured.** The script as it was does not run: {}. It said `{}`.",
                    Causes.said(last.reason()),
                    Causes.detail(last));
        }
        conditions();
    }

    private String outcome(Optional<Trial> baseline) {
        return baseline.map(trial -> Texts.outcome(trial.outcome(), objective)).orElse("not known yet");
    }

    private void facts(Trial best) {
        List<Fact> facts = new ArrayList<>();
        Optional<Trial> baseline = subject.baseline();
        boolean comparable =
                baseline.filter(trial -> history.value(trial).isPresent()).isPresent();
        if (!subject.isSeveral()) {
            facts.add(new Fact(
                    "Baseline",
                    baseline.map(this::value).orElse("not known yet"),
                    "the script as it was"
                            + baseline.filter(trial -> comparable)
                                    .map(this::runs)
                                    .orElse("")));
            facts.add(new Fact("Best", value(best), "trial " + best.number() + runs(best)));
            if (comparable && best.number() > 0) {
                Gain gain = new Gain(baseline.orElseThrow(), best, history);
                facts.add(new Fact(
                        "Gain",
                        Texts.gain(objective, gain.before(), gain.after()),
                        gain.margin().isPresent()
                                ? Numbers.text(gain.difference(), 3) + " ± "
                                        + Numbers.text(gain.margin().getAsDouble(), 2) + " (95 %)"
                                : "one run each; no interval"));
            }
        } else {
            facts.add(new Fact(
                    "On the front", Subject.count(history.front().size(), "trial"), "none is better in everything"));
        }
        Duration took = subject.trials().stream().map(Trial::took).reduce(Duration.ZERO, Duration::plus);
        String failed = subject.failed() == 0 ? "none failed" : subject.failed() + " failed";
        long partial = subject.trials().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Partial)
                .count();
        facts.add(new Fact(
                "Trials",
                Integer.toString(subject.trials().size()),
                partial == 0 ? failed : partial + " of them a part of a training, " + failed));
        facts.add(new Fact("Training", Texts.time(took), "all trials together"));
        section.add(new Block.Facts(facts));
    }

    private String value(Trial trial) {
        OptionalDouble value = history.value(trial);
        return value.isPresent() ? Texts.value(value.getAsDouble()) : Texts.outcome(trial.outcome());
    }

    private String runs(Trial trial) {
        int runs = history.measured(trial);
        return runs > 1 ? ", mean of " + runs + " runs" : "";
    }

    private void single(Trial best) {
        Optional<Trial> baseline = subject.baseline();
        String direction = objective.goal() == Objective.Goal.MINIMIZE ? "Lower is better." : "Higher is better.";
        if (best.number() == 0) {
            section.say(
                    "**Nothing beat the baseline**, whose `{}` is {}: of {} that gave a value none was {}better. {}",
                    objective.metric(),
                    Texts.value(best, history),
                    Subject.count(subject.candidates() - 1, "other trial"),
                    history.challenger().isPresent() ? "yet shown to be " : "",
                    direction);
        } else if (baseline.isEmpty() || history.value(baseline.get()).isEmpty()) {
            section.say(
                    "The best `{}` is **{}**, in trial {}, proposed by {}. There is nothing to hold it against: the baseline is {}. {}",
                    objective.metric(),
                    Texts.value(best, history),
                    best.number(),
                    subject.by(best),
                    outcome(baseline),
                    direction);
        } else {
            Gain gain = new Gain(baseline.get(), best, history);
            section.say(
                    "`{}` went from {} to **{}**, which is {}. The best is trial {}, proposed by {}. {}",
                    objective.metric(),
                    Texts.value(gain.before()),
                    Texts.value(gain.after()),
                    Texts.gain(objective, gain.before(), gain.after()),
                    best.number(),
                    subject.by(best),
                    direction);
            certainty(gain);
        }
        history.challenger()
                .ifPresent(challenger -> section.say(
                        "Trial {} looked better ({}) and has not been run again often enough to be believed.",
                        challenger.number(),
                        Texts.value(challenger, history)));
        TrainingSchedule.warning(best, history).ifPresent(warning -> section.warn("The best value {}.", warning));
        holdout(best);
    }

    private void certainty(Gain gain) {
        if (gain.noise().isEmpty()) {
            section.warn(
                    "**One run each; no interval.** How much the value of one and the same config varies from run to run was not measured. "
                            + "The best of {} that gave a value is also the luckiest of them, so part of the gain may be chance. "
                            + "`chiron run --repeats 3` has what looks best run again before it is believed.",
                    Subject.count(subject.candidates(), "config"));
            return;
        }
        double sd = gain.noise().orElseThrow().sd();
        section.add(new Block.Figures(List.of(new Block.Figure(
                Words.of(
                        "The means with their 95 % intervals, by Student's t with the spread within configs (standard deviation {}, from {}).",
                        Numbers.text(sd, 2),
                        Subject.count(gain.noise().orElseThrow().repeats(), "repeat")),
                size -> new GainPicture(gain, objective.metric(), size),
                List.of(WIDE, NARROW),
                false))));
        if (sd == 0) {
            section.say(
                    "Run again, configs gave exactly the same values, so there is no noise to reckon with; a script that fixes its random seed "
                            + "shows none, and another seed may give other values.");
            return;
        }
        double margin = gain.margin().getAsDouble();
        if (gain.difference() > margin) {
            section.cheer(
                    "**Beyond the noise:** the gain of {} is larger than its 95 % margin of {}.{}",
                    Numbers.text(gain.difference(), 3), Numbers.text(margin, 2), picked(gain));
        } else {
            section.warn(
                    "**Not beyond the noise:** the gain of {} is within its 95 % margin of {}, which leaves open that there is none.{}",
                    Numbers.text(gain.difference(), 3), Numbers.text(margin, 2), picked(gain));
        }
    }

    /** What it does to the best that it was picked for its value. */
    private String picked(Gain gain) {
        if (gain.afresh().isPresent()) {
            return " The best was picked for its first run; without that its "
                    + (gain.runsAfter() == 2 ? "value is " : "mean is ")
                    + Texts.value(gain.afresh().getAsDouble()) + ".";
        }
        OptionalDouble luck = gain.luck(subject.candidates());
        return luck.isEmpty()
                ? ""
                : " But the best was run once, and picked out of " + subject.candidates()
                        + ": among so many equal configs "
                        + "the luckiest looks better than it is by about " + Numbers.text(luck.getAsDouble(), 2)
                        + ", which the interval does not know.";
    }

    private void holdout(Trial best) {
        if (!subject.isForPeople() || subject.spec().scoring().holdout().isEmpty()) {
            return;
        }
        OptionalDouble mine = Standing.of(best, history).holdout();
        OptionalDouble theirs = subject.baseline()
                .map(trial -> Standing.of(trial, history).holdout())
                .orElse(OptionalDouble.empty());
        if (mine.isPresent() && theirs.isPresent() && best.number() > 0) {
            section.say(
                    "On the hold-out, which no proposer sees, the baseline is {} and the best **{}** ({}).",
                    Texts.value(theirs.getAsDouble()),
                    Texts.value(mine.getAsDouble()),
                    Texts.gain(objective, theirs.getAsDouble(), mine.getAsDouble()));
        } else if (best.number() > 0) {
            section.say("The best was not measured on the hold-out: only edits of the script are.");
        }
    }

    private void conditions() {
        if (objective.feasible().isEmpty()) {
            return;
        }
        List<Outcome.Infeasible> broken = subject.trials().stream()
                .map(Trial::outcome)
                .filter(Outcome.Infeasible.class::isInstance)
                .map(Outcome.Infeasible.class::cast)
                .toList();
        String each = objective.feasible().stream()
                .map(Constraint::text)
                .map(text -> text + " (broken by "
                        + Subject.count(
                                broken.stream()
                                        .filter(one -> one.broken().contains(text))
                                        .count(),
                                "trial")
                        + ")")
                .collect(Collectors.joining(", "));
        section.say("A trial counts only where it keeps: {}.", each);
    }
}
