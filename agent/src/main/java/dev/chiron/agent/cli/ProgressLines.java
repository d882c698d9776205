package dev.chiron.agent.cli;

import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.agent.view.StudyCard;
import dev.chiron.agent.view.Summary;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.study.PlainText;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A study as lines for people: one a trial, on standard error; and the summary on standard output. */
final class ProgressLines implements Event.Listener {

    private final Console console;
    private final StudyCard card;
    private final LiveLine live;
    private boolean overBudget;
    private Optional<Utilisation> worked = Optional.empty();

    ProgressLines(Console console, StudyCard card, LiveLine live) {
        this.console = console;
        this.card = card;
        this.live = live;
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.Started started) {
            start(started.entries().size());
            live.start(started.entries(), started.history());
        } else if (event instanceof Event.Proposing proposing) {
            live.proposing(proposing.number());
        } else if (event instanceof Event.Running running) {
            live.running(running.number(), running.proposal().origin());
        } else if (event instanceof Event.Finished finished) {
            live.finished(finished.entry(), finished.history());
            line(TrialLine.of(finished.entry(), finished.history()));
            finished.entry().turn().filter(ModelTurn::isFallback).ifPresent(this::fallback);
        } else if (event instanceof Event.Retrying retrying) {
            line(String.format(
                    Locale.ROOT,
                    "%5d  run again, the machine failed: %s",
                    retrying.number(),
                    retrying.failure().detail()));
        } else if (event instanceof Event.Mending mending) {
            line(String.format(
                    Locale.ROOT,
                    "%5d  run again as its author has mended it: %s",
                    mending.number(),
                    mending.failure().detail()));
        } else if (event instanceof Event.BaselineFailed failed) {
            line("    0  baseline      failed (" + failed.failure().reason().label() + "): "
                    + failed.failure().detail());
        } else if (event instanceof Event.Steered steered) {
            line("       steered: " + PlainText.line(steered.taken().steering().text()));
        } else if (event instanceof Event.Unsteered refused) {
            line("       not steered: " + PlainText.line(refused.why()));
        } else if (event instanceof Event.Waiting waiting) {
            line("Waiting: " + waiting.why() + ".");
        } else if (event instanceof Event.Worked workers) {
            worked = Optional.of(workers.utilisation());
        } else if (event instanceof Event.Ended ended) {
            live.stop();
            end(ended);
        } else {
            throw new AssertionError(event);
        }
    }

    private void start(int done) {
        String budget = card.trials().isPresent() ? " of " + card.trials().getAsInt() : "";
        line((done > 0 ? "Resuming " : "Starting ") + card.folder() + ": " + proposers() + ", model " + card.llm()
                + (card.why().isEmpty() ? "" : " (" + card.why() + ")") + ", seed " + card.seed()
                + (done > 0 ? ", " + done + budget + " trials done" : ""));
        card.estimate().filter(estimate -> estimate.turns() > 0).ifPresent(estimate -> line(Texts.estimate(estimate)));
    }

    /** That the budget is spent stays true, and is said once. */
    private void fallback(ModelTurn turn) {
        if (!turn.overBudget()) {
            String author = turn.asked().author();
            String whose = author.equals(card.llm()) ? "" : " (" + author + ")";
            line("      the model's turn fell to the optimizer" + whose + ": " + turn.fallback());
        } else if (!overBudget) {
            overBudget = true;
            line("      the model's budget is spent, the optimizer takes its turns from here on: " + turn.fallback());
        }
    }

    private String proposers() {
        return card.method().equals(card.optimizer()) ? card.method() : card.method() + " with " + card.optimizer();
    }

    private void end(Event.Ended ended) {
        if (ended.end() != End.DONE) {
            line("Stopped: " + ended.why() + ".");
        } else if (ended.entries().size() < card.trials().orElse(0)) {
            line("Done: " + ended.why() + ".");
        }
        PrintStream out = console.out();
        List<String> lines = Summary.lines(card, ended.entries(), ended.unused(), ended.history(), worked);
        if (!ended.entries().isEmpty()) {
            out.println();
            lines.forEach(out::println);
        }
        out.flush();
    }

    private void line(String text) {
        live.above(text);
    }
}
