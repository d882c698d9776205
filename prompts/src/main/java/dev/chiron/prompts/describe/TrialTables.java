package dev.chiron.prompts.describe;

import dev.chiron.optimizers.feasibility.FailureRule;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The trials of a study as rows of comma-separated values. Of a failure only its class is told, never its output. */
final class TrialTables {

    /** An unordered option that differs, and what the reference has no value of, counts like a move across half of a range. */
    private static final double OTHER_OPTION = 0.5;

    private static final int BEST_OF_A_PART = 3;

    private static final String PRUNED = "pruned";
    private static final int LAST_FAILED = 2; // a small model has little room

    private final Task task;
    private final Detail detail;
    private final CurveText curves;

    TrialTables(Task task, Detail detail) {
        this.task = task;
        this.detail = detail;
        this.curves = new CurveText(task);
    }

    /** The best trials with all their values; in a wide space with those that set them apart from the incumbent. */
    String best(History history) {
        String parts = parts(history);
        return parts.isEmpty() ? wholes(history) : wholes(history) + "\n\n" + parts;
    }

    /** Of each part of a training the best, the longest first; values of different parts are not to be compared. */
    private String parts(History history) {
        Map<Fidelity, List<Trial>> byPart = history.inside().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Partial)
                .collect(Collectors.groupingBy(
                        trial -> ((Outcome.Partial) trial.outcome()).fidelity(),
                        () -> new TreeMap<>(Comparator.comparingDouble((Fidelity part) -> -part.share())),
                        Collectors.toList()));
        return byPart.isEmpty()
                ? ""
                : byPart.entrySet().stream()
                        .map(part -> "After " + Written.line(part.getKey().toString()) + " the best of "
                                + part.getValue().size() + " trials:\n"
                                + apart(best(part.getValue(), history), this::course, history))
                        .collect(Collectors.joining(
                                "\n\n",
                                "A new config is trained for a part first, and longer if it is among the best there. Values are compared with "
                                        + "those of equal parts alone.\n\n",
                                ""));
    }

    private static List<Trial> best(List<Trial> partial, History history) {
        return partial.stream()
                .sorted(Comparator.comparingDouble(trial -> history.objective()
                        .loss(((Outcome.Partial) trial.outcome()).measured().value())))
                .limit(BEST_OF_A_PART)
                .toList();
    }

    private String wholes(History history) {
        List<Trial> best = history.best(detail.best());
        if (best.isEmpty()) {
            return "No trial has been measured yet.";
        }
        if (!detail.complete()) {
            return apart(best, trial -> value(trial, history) + curves.of(trial), history);
        }
        List<String> lines = new ArrayList<>();
        lines.add("trial,origin," + metric() + ","
                + task.space().parameters().stream()
                        .map(parameter -> Written.line(parameter.name()))
                        .collect(Collectors.joining(",")));
        for (Trial trial : best) {
            lines.add(head(trial, value(trial, history) + curves.of(trial)) + ","
                    + task.space().parameters().stream()
                            .map(parameter -> trial.config()
                                    .find(parameter.name())
                                    .map(Written::rounded)
                                    .orElse("-"))
                            .collect(Collectors.joining(",")));
        }
        return String.join("\n", lines);
    }

    /**
     * The best trials as examples of an answer, the best last: a model continues what it sees get better (OPRO, Yang et al.,
     * arXiv 2309.03409).
     */
    String examples(History history) {
        List<Trial> best = new ArrayList<>(history.best(detail.examples()));
        if (best.isEmpty()) {
            return "No trial has been measured yet.";
        }
        Collections.reverse(best);
        return best.stream()
                .map(trial -> (history.objective().isSeveral()
                                ? value(trial, history)
                                : Written.metric(history.value(trial).orElseThrow()))
                        + " -> " + Written.shortJson(trial.config()))
                .collect(Collectors.joining("\n"));
    }

    /**
     * The last trials with the values that set them apart from the incumbent, or from the baseline if there is none.
     *
     * @param running what runs now, the last of them
     */
    String recent(History history, Optional<Config> running) {
        List<Trial> recent = history.last(detail.recent() - (running.isPresent() ? 1 : 0));
        if (recent.isEmpty() && running.isEmpty()) {
            return "No trial has been run yet.";
        }
        List<Trial> told = history.best(detail.best()); // among the best trials
        String past = apart(recent, trial -> told.contains(trial) ? outcome(trial) : course(trial), history);
        return running.map(config -> past + "\n" + history.trials().size() + ",-,running now," + apart(config, history))
                .orElse(past);
    }

    private String apart(List<Trial> trials, Function<Trial, String> outcome, History history) {
        List<String> lines = new ArrayList<>();
        lines.add("trial,origin," + metric() + " or what became of it,where it is furthest from the "
                + reference(history));
        for (Trial trial : trials) {
            lines.add(head(trial, outcome.apply(trial)) + "," + apart(trial.config(), history));
        }
        return String.join("\n", lines);
    }

    private static String reference(History history) {
        return history.incumbent().isPresent() ? "incumbent" : "baseline";
    }

    private String apart(Config config, History history) {
        String moves = moves(config, history.incumbent().map(Trial::config).orElse(task.baseline()));
        return moves.isEmpty() ? "the " + reference(history) + " itself" : moves;
    }

    private String metric() {
        return task.objective().all().stream()
                .map(one -> Written.line(one.metric()))
                .collect(Collectors.joining(" / "));
    }

    /** How many trials failed, by class, and where; and what is running. */
    String failures(History history) {
        return failed(history) + running(history);
    }

    /** The same with the last that failed. */
    String lastFailures(History history) {
        return failed(history) + lastFailed(history) + running(history);
    }

    /** What is running, in a sentence that follows others; nothing where nothing is. */
    private String running(History history) {
        List<Pending> running = history.pending();
        return running.isEmpty()
                ? ""
                : running.stream()
                        .map(trial -> detail.complete()
                                ? Written.shortJson(trial.change().config())
                                : apart(trial.change().config(), history))
                        .collect(Collectors.joining(
                                "; ",
                                " Running now, with no outcome yet and not to be repeated"
                                        + (detail.complete()
                                                ? ": "
                                                : ", where furthest from the " + reference(history) + ": "),
                                "."));
    }

    private String failed(History history) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Outcome.Reason reason : Outcome.Reason.values()) {
            counts.put(reason.label(), 0);
        }
        counts.put(PRUNED, 0);
        for (Trial trial : history.trials()) {
            if (trial.value().isEmpty() && !isBroken(trial) && !isInfeasible(trial) && !isPartial(trial)) {
                counts.merge(kind(trial.outcome()), 1, Integer::sum);
            }
        }
        counts.values().removeIf(count -> count == 0);
        int trials = history.trials().size();
        long broken =
                history.trials().stream().filter(TrialTables::isInfeasible).count();
        String infeasible = broken == 0 ? "" : " " + broken + " measured and infeasible.";
        if (counts.isEmpty()) {
            return trials + " run, none failed." + infeasible;
        }
        int failed = counts.values().stream().mapToInt(Integer::intValue).sum();
        return trials + " run, " + (failed == trials ? "all" : failed) + " without a value: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "))
                + steps(history) + "." + infeasible + FailureText.of(FailureRule.learn(task.space(), history.inside()));
    }

    /** At which steps trials were stopped early; nothing where that is not known. */
    private static String steps(History history) {
        double[] steps = history.trials().stream()
                .flatMap(trial ->
                        trial.outcome() instanceof Outcome.Pruned pruned ? Stream.of(pruned.step()) : Stream.of())
                .mapToDouble(step -> step)
                .filter(step -> step > 0)
                .sorted()
                .toArray();
        if (steps.length == 0) {
            return "";
        }
        String last = Written.metric(steps[steps.length - 1]);
        return steps[0] == steps[steps.length - 1]
                ? " (stopped early at step " + last + ")"
                : " (stopped early at steps " + Written.metric(steps[0]) + " to " + last + ", "
                        + Written.metric(steps[(steps.length - 1) / 2]) + " in the median)";
    }

    private static String kind(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? failed.reason().label() : outcome.status();
    }

    /** The last trials that failed, with the values that set them apart from the incumbent; a sentence that follows others, or nothing. */
    private String lastFailed(History history) {
        List<Trial> failed = history.inside().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Failed && !isBroken(trial))
                .toList();
        return failed.isEmpty()
                ? ""
                : failed.subList(Math.max(0, failed.size() - LAST_FAILED), failed.size()).stream()
                        .map(trial -> outcome(trial) + ", " + apart(trial.config(), history))
                        .collect(Collectors.joining(
                                "; ", " The last of them, where furthest from the " + reference(history) + ": ", "."));
    }

    private static boolean isInfeasible(Trial trial) {
        return trial.outcome() instanceof Outcome.Infeasible;
    }

    private static boolean isPartial(Trial trial) {
        return trial.outcome() instanceof Outcome.Partial;
    }

    /** The machine failed, which is no reason to stay away from the config. */
    private static boolean isBroken(Trial trial) {
        return trial.outcome() instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.INFRASTRUCTURE;
    }

    private static String head(Trial trial, String outcome) {
        return trial.number() + "," + trial.origin().label() + "," + outcome;
    }

    /** What a measured trial's config is worth, and of how many measurements that is the mean. */
    static String value(Trial trial, History history) {
        int measured = history.measured(trial);
        String worth = history.objective().isSeveral()
                ? history.values(trial).stream().map(Written::metric).collect(Collectors.joining(" / "))
                : Written.metric(history.value(trial).orElseThrow());
        return worth + (measured > 1 ? " (mean of " + measured + ")" : "");
    }

    private static String values(Outcome.Measured measured, Objective objective) {
        return objective.values(measured).stream().map(Written::metric).collect(Collectors.joining(" / "));
    }

    /** What came of a trial, and how. */
    private String course(Trial trial) {
        return outcome(trial) + curves.of(trial);
    }

    private String outcome(Trial trial) {
        if (trial.outcome() instanceof Outcome.Measured measured) {
            return values(measured, task.objective());
        }
        if (trial.outcome() instanceof Outcome.Infeasible infeasible) {
            return values(infeasible.measured(), task.objective()) + " infeasible by "
                    + Written.line(String.join(" and ", infeasible.broken()));
        }
        return Written.ended(trial.outcome());
    }

    /** The values of a config that are furthest from another's. */
    String moves(Config config, Config reference) {
        return task.space().parameters().stream()
                .filter(parameter -> distance(parameter, config, reference) > 0)
                .sorted(Comparator.comparingDouble(parameter -> -distance(parameter, config, reference)))
                .limit(detail.moves())
                .map(parameter -> Written.line(parameter.name()) + "=" + Written.rounded(config.get(parameter.name())))
                .collect(Collectors.joining(" "));
    }

    /** How far two configs are apart, by the sum over the parameters. */
    double distance(Config one, Config other) {
        return task.space().parameters().stream()
                .mapToDouble(parameter -> distance(parameter, one, other))
                .sum();
    }

    private static double distance(Parameter parameter, Config config, Config reference) {
        String name = parameter.name();
        Optional<Value> here = config.find(name);
        Optional<Value> there = reference.find(name);
        if (here.isEmpty() || here.equals(there)) {
            return 0;
        }
        if (there.isEmpty() || (parameter instanceof Choice choice && !choice.ordered())) {
            return OTHER_OPTION;
        }
        return Math.abs(parameter.encode(here.get()) - parameter.encode(there.get()));
    }
}
