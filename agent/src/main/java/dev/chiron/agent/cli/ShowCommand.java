package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Advice;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.Advised;
import dev.chiron.agent.view.PredictionScore;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Table;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrainingSchedule;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.reply.Forecast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code chiron show N}: one trial with everything that is known of it. */
@Command(
        name = "show",
        description =
                "One trial: its config against the baseline, its outcome, the model's turn, the end of its output.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    private static final int WIDTH = 110;

    private final Console console;

    @Parameters(index = "0", paramLabel = "N", description = "the trial's number; 0 is the baseline")
    private int number;

    @Mixin
    private StudyOption study = new StudyOption();

    ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        Entry entry = view.entry(number);
        if (study.json()) {
            ObjectNode line = StudyJson.trial(entry, view.history());
            score(view).ifPresent(score -> line.set("prediction", score.json()));
            console.out().println(line);
            return 0;
        }
        Trial trial = entry.trial();
        Optional<Steering.Wish> wish = view.wish(number);
        line("Trial " + trial.number() + " by " + trial.origin().label()
                + wish.map(Steering.Wish::author)
                        .filter(author -> !author.isEmpty())
                        .map(author -> " (" + PlainText.line(author) + ")")
                        .orElse("")
                + ": " + Texts.outcome(trial.outcome(), view.card().objective())
                + " in " + Texts.time(trial.took())
                + entry.containment()
                        .map(kept -> ", sandbox: " + kept.level().label())
                        .orElse(""));
        if (trial.outcome() instanceof Outcome.Failed failed && !failed.detail().isEmpty()) {
            failed.detail().lines().forEach(text -> line("  " + text));
        }
        if (trial.outcome() instanceof Outcome.Pruned pruned) {
            line("  " + Texts.stopped(pruned) + (pruned.why().isEmpty() ? "" : ": " + PlainText.line(pruned.why())));
        }
        if (trial.outcome() instanceof Outcome.Infeasible infeasible) {
            infeasible.broken().forEach(condition -> line("  breaks " + condition));
        }
        trial.change()
                .fidelity()
                .ifPresent(part -> line("  " + Texts.part(trial) + ", a part of a training: never the best by that"));
        Texts.begin(trial).ifPresent(text -> line("  " + text));
        if (view.history().measured(trial) > 1) {
            line("  its config has " + Texts.value(trial, view.history()));
        }
        TrainingSchedule.warning(trial, view.history()).ifPresent(warning -> line("  its value " + warning));
        metrics(view.card().objective(), trial.outcome());
        wish.filter(one -> !(one instanceof Steering.Edit))
                .map(Steering.Wish::why)
                .filter(why -> !why.isEmpty())
                .ifPresent(why -> line("  why: " + PlainText.line(why)));
        trial.change().variant().ifPresent(variant -> line("  edit: " + PlainText.line(variant.idea())));
        config(view.entry(0).trial().config(), trial.config());
        entry.turn().ifPresent(this::turn);
        advice(entry.advice());
        score(view).ifPresent(this::foretold);
        remarks(view);
        file(view, "tail.log", "The end of its output:");
        line("");
        line("Its files: " + view.card().folder() + "/" + view.folder().relativize(place(view)));
        if (StudyFolder.checkpoints(view.folder()).has(number)) {
            line("Its checkpoint: " + view.card().folder() + "/"
                    + view.folder()
                            .toAbsolutePath()
                            .normalize()
                            .relativize(StudyFolder.checkpoints(view.folder()).of(number)));
        }
        return 0;
    }

    /** Only the baseline is foretold before anything was run. */
    private Optional<PredictionScore> score(StudyView view) {
        return number == 0 ? PredictionScore.read(view) : Optional.empty();
    }

    private void foretold(PredictionScore score) {
        line("");
        PlainText.wrapped(score.text(), WIDTH).forEach(this::line);
        score.table().lines("  ").forEach(this::line);
    }

    /** The metrics that count, where there are several. */
    private void metrics(Objective objective, Outcome outcome) {
        Optional<Outcome.Measured> measured = outcome instanceof Outcome.Infeasible infeasible
                ? Optional.of(infeasible.measured())
                : outcome instanceof Outcome.Partial partial
                        ? Optional.of(partial.measured())
                        : Optional.of(outcome)
                                .filter(Outcome.Measured.class::isInstance)
                                .map(Outcome.Measured.class::cast);
        measured.ifPresent(run -> objective
                .names()
                .forEach(name ->
                        line("  " + name + " " + Texts.value(run.metrics().getOrDefault(name, Double.NaN)))));
    }

    private void config(Config baseline, Config config) {
        Table table = new Table().row("parameter", "baseline", "trial " + number);
        Map<String, String> before = Texts.shown(baseline);
        Texts.shown(config).forEach((name, value) -> table.row(name, before.getOrDefault(name, "-"), value));
        line("");
        table.lines("  ").forEach(this::line);
    }

    private void turn(ModelTurn turn) {
        line("");
        line("The model's turn: " + turn.usage().calls() + " calls, "
                + Texts.count(turn.usage().tokensIn()) + " tokens in, "
                + Texts.count(turn.usage().tokensOut()) + " out" + Texts.cost(turn.usage()));
        if (turn.usage().doubtful() > 0) {
            line("  of it " + Texts.doubtful(turn.usage()) + ", at their most");
        }
        if (!turn.asked().author().isEmpty()) {
            line("  asked: " + turn.asked().author());
        }
        turn.parts()
                .forEach(part -> line("  " + part.asked() + ": "
                        + Texts.count(part.questions()) + (part.questions() == 1 ? " question, " : " questions, ")
                        + part.invalid() + " replies of no use, "
                        + Texts.count(part.tokensIn()) + " tokens in, "
                        + Texts.count(part.tokensOut()) + " out"));
        turn.rejected().forEach(reason -> line("  sent back: " + reason));
        turn.repairs().forEach(repair -> line("  mended: " + repair));
        turn.pick()
                .ifPresent(pick -> line(
                        "  run: its candidate " + pick.rank() + " of " + pick.offered() + expected(pick.forecast())));
        if (turn.isFallback()) {
            line("  taken by the optimizer: " + turn.fallback());
        }
    }

    /** What a model was asked while it ran. */
    private void advice(List<Advice> advice) {
        if (!advice.isEmpty()) {
            Usage usage = advice.stream().map(Advice::usage).reduce(Usage.NONE, Usage::plus);
            line("");
            line("Asked whether to stop it: " + usage.calls() + " calls, " + Texts.count(usage.tokensIn())
                    + " tokens in, " + Texts.count(usage.tokensOut()) + " out" + Texts.cost(usage));
            advice.forEach(one -> line("  " + Advised.line(one)));
        }
    }

    /** What models have written of this trial, before and after it. */
    private void remarks(StudyView view) {
        List<Remark> remarks = view.entries().stream()
                .flatMap(other -> other.turn().stream())
                .flatMap(turn -> turn.remarks().stream())
                .filter(remark -> remark.trial() == number)
                .toList();
        if (!remarks.isEmpty()) {
            line("");
            line("What the model wrote of it:");
            remarks.forEach(remark -> line("  " + remark.kind().label() + ": " + PlainText.line(remark.text())));
        }
    }

    private static String expected(Forecast forecast) {
        List<String> parts = new ArrayList<>();
        forecast.value().ifPresent(value -> parts.add("expected " + Numbers.text(value, 6)));
        forecast.failure().ifPresent(chance -> parts.add("a failure with " + Math.round(100 * chance) + " %"));
        return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
    }

    private void file(StudyView view, String name, String title) {
        Path file = place(view).resolve(name);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            line("");
            line(title);
            // a training's words are not to be trusted with a terminal
            PlainText.lines(Files.readString(file)).lines().forEach(text -> line("  " + text));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path place(StudyView view) {
        return StudyFolder.trialFolder(view.folder(), number);
    }

    private void line(String text) {
        console.out().println(text);
    }
}
