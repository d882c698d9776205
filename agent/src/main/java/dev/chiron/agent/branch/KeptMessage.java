package dev.chiron.agent.branch;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a commit says of a kept change. What the hold-out said stays out of it: models may read repositories. */
final class KeptMessage {

    private static final int TITLE = 72;
    private static final int DIGITS = 6;

    private final Objective objective;
    private final String study;

    /** @param study its name, no path */
    KeptMessage(Objective objective, String study) {
        this.objective = objective;
        this.study = study;
    }

    /** The message of a keep, by who proposed it. */
    String kept(Keep keep, Entry entry) {
        Trial trial = keep.trial();
        List<String> lines = titled(subject(keep));
        numbers(lines, keep);
        lines.add("trial: " + trial.number()
                + (keep.decided() == trial.number() ? "" : ", kept after trial " + keep.decided()));
        lines.add("proposed by: " + author(entry));
        settings(lines, keep);
        lines.add("study: " + study);
        return String.join("\n", lines) + "\n";
    }

    /** The message of a version that a person takes, with all that it changes of the baseline. */
    String applied(Entry entry, History history) {
        Trial trial = entry.trial();
        Trial baseline = history.trials().get(0);
        List<String> ideas = ideas(trial, history);
        List<String> lines = titled("Take trial " + trial.number() + " of the study " + study
                + (ideas.isEmpty() ? "" : ": " + ideas.get(ideas.size() - 1)));
        Keep keep = new Keep(
                trial,
                trial.number(),
                Optional.of(baseline),
                Keep.Standing.of(baseline, history),
                Keep.Standing.of(trial, history),
                history.noise());
        numbers(lines, keep);
        ideas.forEach(idea -> lines.add("edit: " + idea));
        lines.add("proposed by: " + author(entry));
        settings(lines, keep);
        return String.join("\n", lines) + "\n";
    }

    private static List<String> titled(String subject) {
        List<String> lines = new ArrayList<>(List.of(shortened(subject), ""));
        if (!lines.get(0).equals(subject)) {
            lines.add(subject);
            lines.add("");
        }
        return lines;
    }

    private void numbers(List<String> lines, Keep keep) {
        lines.add(objective.metric() + ": "
                + keep.before().map(before -> worth(keep.beaten()) + " -> ").orElse("") + worth(keep.worth()));
        keep.noise()
                .ifPresent(noise -> lines.add(
                        "noise: sd " + Numbers.text(noise.sd(), 2) + ", from " + noise.repeats() + " repeats"));
    }

    private static void settings(List<String> lines, Keep keep) {
        Config now = keep.trial().config();
        String settings = changes(keep.before().map(Trial::config).orElse(now), now);
        if (!settings.isEmpty()) {
            lines.add("settings: " + settings);
        }
    }

    /** Those of the edits that led to a trial's script, the first one first. */
    private static List<String> ideas(Trial trial, History history) {
        Map<String, Variant> known = new LinkedHashMap<>();
        history.trials().forEach(other -> other.change().variant().ifPresent(one -> known.putIfAbsent(one.id(), one)));
        List<String> ideas = new ArrayList<>();
        Optional<Variant> at = trial.change().variant();
        while (at.isPresent() && ideas.size() < known.size()) {
            ideas.add(0, idea(at.get()));
            at = Optional.ofNullable(known.get(at.get().parent()));
        }
        return ideas;
    }

    /** What the edit is meant to do, on one line. */
    static String idea(Variant variant) {
        String idea = PlainText.line(variant.idea());
        return idea.isEmpty() ? "An edit without a word" : idea;
    }

    private static String subject(Keep keep) {
        Change change = keep.trial().change();
        Optional<String> before =
                keep.before().flatMap(trial -> trial.change().variant()).map(Variant::id);
        Optional<Variant> variant = change.variant();
        if (variant.isPresent() && !variant.map(Variant::id).equals(before)) {
            return idea(variant.get());
        }
        if (keep.before().isPresent()) {
            return "Settings: "
                    + changes(keep.before().get().config(), keep.trial().config());
        }
        return "The first settings that were measured";
    }

    private static String shortened(String line) {
        return line.codePointCount(0, line.length()) <= TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE - 1)).strip() + "…";
    }

    private static String worth(Keep.Standing standing) {
        return standing.value().isPresent()
                ? Numbers.text(standing.value().getAsDouble(), DIGITS)
                        + (standing.runs() > 1 ? " (mean of " + standing.runs() + " runs)" : "")
                : "not measured";
    }

    /** Who proposed a trial, and which model that was where it was one. */
    static String author(Entry entry) {
        String origin = entry.trial().origin().label();
        return entry.turn()
                .filter(turn -> !turn.isFallback() && entry.trial().origin().isModel())
                .map(ModelTurn::asked)
                .map(asked -> PlainText.line(asked.author()))
                .filter(author -> !author.isEmpty())
                .map(author -> origin + " (" + author + ")")
                .orElse(origin);
    }

    private static String changes(Config from, Config to) {
        Map<String, String> was = ProgressSchedule.shown(from, DIGITS);
        Map<String, String> is = ProgressSchedule.shown(to, DIGITS);
        Config before = ProgressSchedule.inScript(from);
        return ProgressSchedule.inScript(to).values().entrySet().stream()
                .filter(entry -> !before.find(entry.getKey()).equals(Optional.of(entry.getValue())))
                .map(Map.Entry::getKey)
                .map(name -> name + " "
                        + Optional.ofNullable(was.get(name))
                                .map(value -> PlainText.line(value) + " -> ")
                                .orElse("")
                        + PlainText.line(String.valueOf(is.get(name))))
                .collect(Collectors.joining(", "));
    }
}
