package dev.chiron.agent.report;

import dev.chiron.agent.Tally;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.cost.Dollars;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What it took: training, and what models were paid. */
record CostChapter(Subject subject) {

    static Section of(Subject subject) {
        Section section = new Section("cost", "What it cost");
        if (!subject.trials().isEmpty()) {
            section.add(new CostChapter(subject).table());
        }
        return section;
    }

    private Block.Grid table() {
        List<List<Cell>> rows = new ArrayList<>();
        Duration all = took(trial -> true);
        row(
                rows,
                "training",
                Texts.time(all) + " in " + Subject.count(subject.trials().size(), "trial"));
        subject.best()
                .filter(best -> best.number() > 0)
                .ifPresent(best -> row(
                        rows,
                        "of it until the best was there",
                        Texts.time(took(
                                trial -> trial.number() <= subject.history().crowned()))));
        part(rows, "of it in runs that failed", trial -> trial.outcome() instanceof Outcome.Failed);
        part(rows, "of it in parts of a training", trial -> trial.outcome() instanceof Outcome.Partial);
        part(rows, "of it in runs that were stopped early", trial -> trial.outcome() instanceof Outcome.Pruned);
        part(
                rows,
                "of it in checks, which propose nothing",
                trial -> trial.origin().isCheck());
        wall(rows);
        int workers = subject.spec().crew().workers();
        if (workers > 1) {
            row(rows, "trials at once", workers + " at most");
        }
        model(rows);
        return new Block.Grid("Time and money", List.of(Column.text("what"), Column.text("how much")), rows);
    }

    private static void row(List<List<Cell>> rows, String what, String much) {
        rows.add(List.of(Cell.of(what), Cell.of(much)));
    }

    private Duration took(Predicate<Trial> which) {
        return subject.trials().stream().filter(which).map(Trial::took).reduce(Duration.ZERO, Duration::plus);
    }

    private void part(List<List<Cell>> rows, String what, Predicate<Trial> which) {
        if (subject.trials().stream().anyMatch(which)) {
            row(rows, what, Texts.time(took(which)));
        }
    }

    private void wall(List<List<Cell>> rows) {
        List<Instant> ends = subject.view().ends();
        if (ends.isEmpty() || subject.trials().stream().anyMatch(trial -> trial.origin() == Origin.TOLD)) {
            return; // what was told was run at another time
        }
        Instant begun =
                ends.get(0).minus(subject.view().entries().get(0).trial().took());
        row(
                rows,
                "by the clock, from the first trial to the end of the last",
                Texts.time(Duration.between(begun, ends.get(ends.size() - 1))) + ", pauses included");
    }

    private void model(List<List<Cell>> rows) {
        StudyView view = subject.view();
        Tally tally = Tally.of(view.entries(), view.unused());
        Usage usage = tally.usage();
        if (usage.calls() == 0 && tally.modelTurns() == 0) {
            row(rows, "language models", "none was asked");
            return;
        }
        row(rows, "calls of " + view.card().llm(), Texts.count(usage.calls()));
        row(rows, "tokens", Texts.count(usage.tokensIn()) + " in, " + Texts.count(usage.tokensOut()) + " out");
        row(
                rows,
                "paid for them",
                usage.usd().map(Dollars::text).orElse("unknown: no price is known for all of these models"));
        long asked = view.entries().stream()
                .flatMap(entry -> entry.turn().stream())
                .filter(turn -> !turn.overBudget())
                .count();
        usage.usd()
                .filter(usd -> usd.signum() > 0 && asked > 1)
                .ifPresent(usd -> row(
                        rows,
                        "of it for a turn, about",
                        Dollars.text(usd.divide(BigDecimal.valueOf(asked), MathContext.DECIMAL32))));
        if (usage.doubtful() > 0) {
            row(rows, "in doubt", Texts.doubtful(usage) + ", counted at their most");
        }
        if (tally.unused().calls() > 0) {
            row(
                    rows,
                    "of it for turns that are in no trial",
                    Texts.count(tally.unused().calls()) + " calls" + Texts.cost(tally.unused()));
        }
        if (tally.checks().calls() > 0) {
            row(rows, "of it for checks", Texts.checks(tally.checks()));
        }
        subject.spec()
                .budget()
                .llmUsd()
                .ifPresent(usd -> row(rows, "allowed for models", Dollars.text(BigDecimal.valueOf(usd))));
    }
}
