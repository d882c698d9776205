package dev.chiron.agent.view;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.cost.Dollars;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Noise;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How values, outcomes and times are written for people. */
public final class Texts {

    private static final int DIGITS = 6;

    private Texts() {}

    /** A measured value. */
    public static String value(double value) {
        return Numbers.text(value, DIGITS);
    }

    /** What a trial's config is worth, and of how many runs that is the mean. */
    public static String value(Trial trial, History history) {
        int runs = history.measured(trial);
        String worth = history.objective().isSeveral()
                ? history.values(trial).stream().map(Texts::value).collect(Collectors.joining(" / "))
                : value(history.value(trial).orElseThrow());
        return worth + (runs > 1 ? " (mean of " + runs + " runs)" : "");
    }

    /** The values of all objectives, in order: {@code 0.4213 / 12.5}. */
    public static String values(Outcome.Measured measured, Objective objective) {
        return objective.values(measured).stream().map(Texts::value).collect(Collectors.joining(" / "));
    }

    /** The names of all objectives, in the same order. */
    public static String metrics(Objective objective) {
        return objective.all().stream().map(Objective::metric).collect(Collectors.joining(" / "));
    }

    /** All objectives with their directions: {@code minimize val_loss, maximize accuracy}. */
    public static String goals(Objective objective) {
        return objective.all().stream()
                .map(one -> one.goal().label() + " " + one.metric())
                .collect(Collectors.joining(", "));
    }

    /** A parameter's value, real numbers to six digits. */
    public static String value(Value value) {
        return value instanceof Value.Real real ? value(real.number()) : value.text();
    }

    /** The value of an outcome, or why there is none. */
    public static String outcome(Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured) {
            return value(measured.value());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason().label();
        }
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return value(infeasible.measured().value()) + " infeasible";
        }
        if (outcome instanceof Outcome.Partial partial) {
            return value(partial.measured().value()) + " in part";
        }
        if (outcome instanceof Outcome.Pruned pruned) {
            return "pruned at " + value(pruned.value());
        }
        throw new AssertionError(outcome);
    }

    /** How much of a training a trial was: {@code EPOCHS 9 of 27}; empty for a whole one. */
    public static String part(Trial trial) {
        return trial.change()
                .fidelity()
                .map(part -> PlainText.line(part.toString()))
                .orElse("");
    }

    /** From where a trial went on: {@code goes on from the checkpoint of trial 7}; empty for one that began from the start. */
    public static Optional<String> begin(Trial trial) {
        List<Integer> sources = trial.change().begin().map(Begin::trials).orElse(List.of());
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                sources.size() == 1
                        ? "goes on from the checkpoint of trial " + sources.get(0)
                        : "goes on from the checkpoints of the trials "
                                + sources.stream().map(String::valueOf).collect(Collectors.joining(", "))
                                + ", made one");
    }

    /** Who proposed a trial, or the config that it trains longer: {@code tpe in trial 7}, {@code tpe in trial 2, promoted to trial 7}. */
    public static String finder(Trial trial, History history) {
        Trial first = history.beginning(trial);
        return first.origin().label() + " in trial " + first.number()
                + (first.number() == trial.number()
                        ? ""
                        : ", " + trial.origin().label() + " to trial " + trial.number());
    }

    /** How far a pruned run came, and who stopped it: {@code stopped at step 9 by median}. */
    public static String stopped(Outcome.Pruned pruned) {
        return "stopped"
                + (pruned.step() > 0 ? " at step " + value(pruned.step()) : " early")
                + (pruned.by().isEmpty() ? "" : " by " + PlainText.line(pruned.by()));
    }

    /** The same with the values of all objectives. */
    public static String outcome(Outcome outcome, Objective objective) {
        if (outcome instanceof Outcome.Measured measured) {
            return values(measured, objective);
        }
        return outcome instanceof Outcome.Infeasible infeasible
                ? values(infeasible.measured(), objective) + " infeasible"
                : outcome(outcome);
    }

    /** What one config changes of another: {@code LR 0.1 -> 0.04, DEPTH 8 -> 12}. */
    public static String changes(Config from, Config to) {
        Map<String, String> was = shown(from);
        Map<String, String> is = shown(to);
        List<String> changes = changed(from, to).stream()
                .map(name -> name + " " + was.getOrDefault(name, "-") + " -> " + is.get(name))
                .toList();
        return changes.isEmpty() ? "nothing" : String.join(", ", changes);
    }

    /** What a config has other values of than another, by the names in the script. */
    public static List<String> changed(Config from, Config to) {
        Config was = ProgressSchedule.inScript(from);
        return ProgressSchedule.inScript(to).values().entrySet().stream()
                .filter(entry -> !was.find(entry.getKey()).equals(Optional.of(entry.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A config's values by the names in the script; of a schedule all of them in one text. */
    public static Map<String, String> shown(Config config) {
        return ProgressSchedule.shown(config, DIGITS);
    }

    /** Values that can be copied, {@code LR = 0.04} each. */
    public static List<String> assignments(Config config) {
        return ProgressSchedule.inScript(config).values().entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue().text())
                .toList();
    }

    /** How much better a value is than the baseline's, as a share of the baseline: {@code 3.2 % better}. */
    public static String gain(Objective objective, double baseline, double value) {
        double gain = objective.loss(baseline) - objective.loss(value);
        if (baseline == 0) {
            return Numbers.text(Math.abs(gain), 3) + (gain < 0 ? " worse" : " better");
        }
        return String.format(Locale.ROOT, "%.1f %% %s", 100 * Math.abs(gain / baseline), gain < 0 ? "worse" : "better");
    }

    /** How much values vary, and how well that is known: {@code sd 0.0003, from 7 repeats}. */
    public static String noise(Noise noise) {
        return "sd " + Numbers.text(noise.sd(), 2) + ", from " + noise.repeats() + " repeats";
    }

    /** The same of each objective: {@code loss sd 0.0003, ms sd 1.2, from 7 repeats}. */
    public static Optional<String> noise(History history) {
        if (!history.objective().isSeveral()) {
            return history.noise().map(Texts::noise);
        }
        List<Noise> noises = history.noises();
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < noises.size(); k++) {
            parts.add(history.objective().all().get(k).metric() + " sd "
                    + Numbers.text(noises.get(k).sd(), 2));
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        String.join(", ", parts) + ", from " + noises.get(0).repeats() + " repeats");
    }

    /** A length of time in its two largest units: {@code 2.3 s}, {@code 4 min 10 s}, {@code 3 h 20 min}. */
    public static String time(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** What the model's turns will cost, before they do. */
    public static String estimate(Estimate estimate) {
        Usage all = estimate.usage();
        boolean shared = !estimate.most().equals(all);
        String most = estimate.most()
                .usd()
                .map(usd -> " (" + Dollars.text(usd) + " if the dearest of them has all)")
                .orElse("");
        return "The model's " + estimate.turns() + " turns will take about " + count(all.tokensIn()) + " tokens in and "
                + count(all.tokensOut()) + " out"
                + (shared ? ", shared evenly" : "")
                + all.usd()
                        .map(usd -> usd.signum() == 0
                                ? ", which cost nothing"
                                : ", about " + Dollars.text(usd) + (shared ? most : ""))
                        .orElse("; what they cost is not known (see llm.prices)")
                + "; more where it reasons or is asked again.";
    }

    /** What something cost, after its tokens: {@code , $0.012} or {@code , cost unknown}. */
    public static String cost(Usage usage) {
        return usage.usd().map(usd -> ", " + Dollars.text(usd)).orElse(", cost unknown");
    }

    /** What it took to ask before the start whether a model answers. */
    public static String checks(Usage usage) {
        return usage.calls() + (usage.calls() == 1 ? " call" : " calls") + " before the start: "
                + count(usage.tokensIn()) + " tokens in, " + count(usage.tokensOut()) + " out" + cost(usage);
    }

    /** How many calls may have been charged for nothing. */
    public static String doubtful(Usage usage) {
        return usage.doubtful() + (usage.doubtful() == 1 ? " call" : " calls")
                + " without an answer that may have been charged all the same";
    }

    /** A count with thousands apart: {@code 12,345}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** How busy workers were: how many they are, the share of the time, and the time itself. */
    public static String workers(Utilisation worked) {
        return String.format(
                Locale.ROOT,
                "%d, busy %.1f %% of the time: %s of %s",
                worked.workers(),
                100 * worked.share(),
                time(worked.busy()),
                time(worked.all()));
    }
}
