package dev.chiron.agent.view;

import dev.chiron.agent.Forecasts;
import dev.chiron.agent.ModelTally;
import dev.chiron.agent.Tally;
import dev.chiron.agent.llm.cost.Dollars;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a study found, in lines for people: the best config against the baseline, who found it, and everything counted. */
public final class Summary {

    private Summary() {}

    /** Of a study whose workers nobody has watched. */
    public static List<String> lines(StudyCard card, List<Entry> entries, List<Unused> unused, History history) {
        return lines(card, entries, unused, history, Optional.empty());
    }

    /**
     * The same of a session that was watched.
     *
     * @param worked how busy its workers were, if there were several
     */
    public static List<String> lines(
            StudyCard card, List<Entry> entries, List<Unused> unused, History history, Optional<Utilisation> worked) {
        List<String> lines = new ArrayList<>();
        Optional<Trial> baseline = history.trials().stream().findFirst();
        Optional<Trial> best = history.incumbent();
        Duration took = entries.stream().map(entry -> entry.trial().took()).reduce(Duration.ZERO, Duration::plus);
        String trials = entries.size() + (entries.size() == 1 ? " trial, " : " trials, ") + wholes(entries)
                + Texts.time(took) + " of training";
        if (best.isEmpty() || baseline.isEmpty()) {
            boolean infeasible =
                    history.trials().stream().anyMatch(trial -> trial.outcome() instanceof Outcome.Infeasible);
            lines.add((infeasible ? "No trial keeps the conditions on metrics: " : "Nothing was measured: ") + trials
                    + ".");
        } else {
            boolean several = card.objective().isSeveral();
            lines.add(
                    several
                            ? FrontText.headline(history)
                            : headline(card.objective(), baseline.get(), best.get(), history));
            lines.add(trials + ".");
            TrainingSchedule.warning(best.get(), history)
                    .ifPresent(warning ->
                            lines.add("The best value " + warning + ". `chiron export --schedule` has all parts."));
            history.unconfirmed()
                    .forEach(challenger ->
                            lines.add("Trial " + challenger.number() + (several ? " looks good (" : " looked better (")
                                    + Texts.value(challenger, history)
                                    + ") and was not yet run again often enough to be believed."));
            lines.add("");
            if (several) {
                lines.addAll(FrontText.table(history).lines("  "));
                lines.add("");
                lines.add("The compromise, trial " + best.get().number() + ", against the baseline with "
                        + (history.values(baseline.get()).isEmpty()
                                ? Texts.outcome(baseline.get().outcome(), card.objective())
                                : Texts.value(baseline.get(), history))
                        + ":");
                lines.add("");
            }
            lines.addAll(comparison(baseline.get(), best.get()));
            lines.addAll(EditsText.lines(history));
        }
        lines.add("");
        lines.addAll(counts(card, entries, unused, history, worked).lines("  "));
        return lines;
    }

    /** How many whole trainings the trials were, where some were parts of one. */
    private static String wholes(List<Entry> entries) {
        double wholes = entries.stream()
                .mapToDouble(entry -> entry.trial().change().cost())
                .sum();
        boolean parts = entries.stream()
                .anyMatch(entry -> entry.trial().change().fidelity().isPresent());
        return parts ? Numbers.text(wholes, 4) + " whole trainings in all, " : "";
    }

    private static String headline(Objective objective, Trial baseline, Trial best, History history) {
        String shown = Texts.value(best, history);
        if (best.number() > 0 && history.value(baseline).isEmpty()) {
            return objective.metric() + " " + shown + ", found by " + Texts.finder(best, history) + "; the baseline is "
                    + Texts.outcome(baseline.outcome()) + ".";
        }
        if (best.number() == 0) {
            return objective.metric() + " " + shown + ": nothing beat the baseline.";
        }
        double start = history.value(baseline).getAsDouble();
        double value = history.value(best).orElseThrow();
        return objective.metric() + " " + Texts.value(baseline, history) + " -> " + shown + " ("
                + Texts.gain(objective, start, value) + "), found by " + Texts.finder(best, history) + ".";
    }

    private static List<String> comparison(Trial baseline, Trial best) {
        Table table = new Table().row("parameter", "baseline", "best");
        Map<String, String> before = Texts.shown(baseline.config());
        List<String> changed = Texts.changed(baseline.config(), best.config());
        Texts.shown(best.config())
                .forEach((name, value) ->
                        table.row(name, before.getOrDefault(name, "-"), changed.contains(name) ? value : "(same)"));
        return table.lines("  ");
    }

    private static Table counts(
            StudyCard card, List<Entry> entries, List<Unused> unused, History history, Optional<Utilisation> worked) {
        Tally tally = Tally.of(entries, unused);
        Table table = new Table();
        table.row(
                "trials by",
                join(tally.byOrigin().entrySet().stream()
                        .map(origin -> origin.getKey().label() + " " + origin.getValue())
                        .toList()));
        table.row(
                "failures",
                tally.byReason().isEmpty()
                        ? "none"
                        : join(tally.byReason().entrySet().stream()
                                .map(reason -> reason.getKey().label() + " " + reason.getValue())
                                .toList()));
        Stops stops = Stops.of(entries);
        if (stops.count() > 0) {
            table.row("stopped early", stops.text());
        }
        Advised advised = Advised.of(entries);
        if (advised.isAny()) {
            table.row("asked to stop", advised.text());
        }
        if (!card.objective().feasible().isEmpty()) {
            table.row("infeasible", infeasible(card.objective(), history));
        }
        if (card.objective().isSeveral() && history.incumbent().isPresent()) {
            table.row("hypervolume", FrontText.volume(history));
        }
        if (!history.earlier().isEmpty()) {
            table.row("earlier results", earlier(card.objective(), history));
        }
        Texts.noise(history).ifPresent(text -> table.row("noise", text));
        if (!card.llm().equals("none")) {
            table.row(
                    "model",
                    card.llm() + ": " + tally.modelTurns() + " turns, "
                            + tally.usage().calls() + " calls, " + tally.rejected() + " replies sent back, "
                            + tally.repaired() + " repaired");
            List<ModelTally> models = ModelTally.of(entries, unused, history);
            if (models.size() > 1) {
                models.forEach(model ->
                        table.row("of it", share(model, card.objective().isSeveral())));
            }
            table.row(
                    "tokens",
                    Texts.count(tally.usage().tokensIn()) + " in, "
                            + Texts.count(tally.usage().tokensOut()) + " out");
            table.row("cost", cost(card, tally, models));
            if (tally.usage().doubtful() > 0) {
                table.row("in doubt", Texts.doubtful(tally.usage()) + ", counted above at their most");
            }
            if (tally.checks().calls() > 0) {
                table.row("checks", Texts.checks(tally.checks()) + ", counted above");
            }
            long turns = unused.stream().filter(answer -> !answer.isCheck()).count();
            if (turns > 0) {
                table.row(
                        "unused",
                        turns + " turns that are in no trial: "
                                + Texts.count(tally.unused().tokensIn())
                                + " tokens in, " + Texts.count(tally.unused().tokensOut()) + " out"
                                + Texts.cost(tally.unused()) + ", counted above");
            }
            forecasts(tally.forecasts()).ifPresent(text -> table.row("forecasts", text));
            if (tally.overBudget() > 0) {
                table.row(
                        "over budget",
                        tally.overBudget() + ": turns of the model that the optimizer took after its budget was spent");
            }
            if (tally.echoed() > 0) {
                table.row("echoes", tally.echoed() + ": turns on which the model proposed just what the optimizer did");
            }
            table.row(
                    "fallbacks",
                    tally.fallbacks() == 0
                            ? "none"
                            : tally.fallbacks() + ": turns of the model that the optimizer had to take");
        }
        worked.ifPresent(utilisation -> table.row("workers", Texts.workers(utilisation)));
        table.row("study", card.folder());
        return table;
    }

    /** How many trials broke each condition. */
    private static String infeasible(Objective objective, History history) {
        List<Outcome.Infeasible> all = history.trials().stream()
                .map(Trial::outcome)
                .filter(Outcome.Infeasible.class::isInstance)
                .map(Outcome.Infeasible.class::cast)
                .toList();
        return all.isEmpty()
                ? "none"
                : all.size() + ": "
                        + join(objective.feasible().stream()
                                .map(Constraint::text)
                                .map(text -> text + " broken by "
                                        + all.stream()
                                                .filter(one -> one.broken().contains(text))
                                                .count())
                                .toList());
    }

    /** How many were brought along, and how far the best of them holds here. */
    private static String earlier(Objective objective, History history) {
        String count = history.earlier().all().size() + ", not counted above";
        Optional<Trial> again = history.trials().stream()
                .filter(trial -> trial.origin() == Origin.IMPORTED)
                .findFirst();
        Optional<Trial> before = again.flatMap(trial -> history.earlier().best(objective, Integer.MAX_VALUE).stream()
                .filter(one -> one.config().equals(trial.config()))
                .findFirst());
        if (again.isEmpty() || before.isEmpty()) {
            return count;
        }
        return count + "; the " + (objective.isSeveral() ? "compromise" : "best") + " was "
                + Texts.outcome(before.get().outcome(), objective) + " there and is "
                + Texts.outcome(again.get().outcome(), objective) + " here";
    }

    /** What one of several models did. */
    private static String share(ModelTally model, boolean several) {
        String gain = several
                ? model.bests() + " new on the front"
                : model.bests() == 0
                        ? "none the best"
                        : model.bests() + " the best, " + Numbers.text(model.gain(), 2) + " gained";
        return model.model() + ": " + model.turns() + " turns, " + model.trials() + " trials, " + gain + ", worth "
                + Numbers.text(model.worth(), 2) + " a turn" + Texts.cost(model.usage());
    }

    private static Optional<String> forecasts(Forecasts forecasts) {
        List<String> parts = new ArrayList<>();
        forecasts
                .error()
                .ifPresent(error ->
                        parts.add(forecasts.values() + " values, off by " + Numbers.text(error, 2) + " in the median"));
        if (forecasts.chances() > 0) {
            parts.add("of " + forecasts.chances() + " trials " + Numbers.text(forecasts.expected(), 2)
                    + " were to fail and " + forecasts.failed() + " did");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static String cost(StudyCard card, Tally tally, List<ModelTally> models) {
        Optional<BigDecimal> usd = tally.usage().usd();
        if (usd.isEmpty()) {
            List<String> unpriced = models.stream()
                    .filter(model -> model.usage().usd().isEmpty())
                    .map(ModelTally::model)
                    .toList();
            return "unknown: no price is known for " + (unpriced.isEmpty() ? card.llm() : String.join(", ", unpriced));
        }
        int asked = tally.modelTurns() - tally.overBudget();
        BigDecimal forTurns = usd.get().subtract(tally.checks().usd().orElse(BigDecimal.ZERO));
        String turn = forTurns.signum() > 0 && asked > 1
                ? ", about " + Dollars.text(forTurns.divide(BigDecimal.valueOf(asked), MathContext.DECIMAL32))
                        + " a turn"
                : "";
        return Dollars.text(usd.get()) + turn;
    }

    private static String join(List<String> parts) {
        return parts.stream().collect(Collectors.joining(" | "));
    }
}
