package dev.chiron.prompts.describe;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What has happened in a study, trial by trial, for a model that proposes by itself: the newest last, with who proposed it, and of a failure
 * its class alone; or where scores are what counts, the best last.
 */
final class Transcript {

    private static final int CURVES = 20; // of the last trials; they shall not push others out of the room

    private final Task task;
    private final LlmPrompt.Style style;
    private final CurveText curves;

    Transcript(Task task, LlmPrompt.Style style) {
        this.task = task;
        this.style = style;
        this.curves = new CurveText(task);
    }

    /**
     * The trials, as many of the last as the style and the room allow.
     *
     * @param room in characters
     */
    String of(History history, int room) {
        List<Trial> known = RunText.known(history);
        if (known.isEmpty()) {
            return "No trial has been run yet.";
        }
        if (style == LlmPrompt.Style.OPRO) {
            return scored(history, room);
        }
        List<String> told = new ArrayList<>();
        int left = room;
        for (int i = known.size() - 1; i >= 0 && told.size() < style.trials(); i--) {
            String text = told(known.get(i), history, told.size() < CURVES);
            left -= text.length() + 1;
            if (left < 0 && !told.isEmpty()) {
                break;
            }
            told.add(text);
        }
        Collections.reverse(told);
        int dropped = known.size() - told.size();
        String before = dropped == 0 ? "" : "(" + dropped + " before these, not shown)\n";
        return told.stream().collect(Collectors.joining("\n", before, ""));
    }

    /** The best trials, as many as the style and the room allow, the best last. */
    private String scored(History history, int room) {
        List<String> told = new ArrayList<>();
        int left = room;
        for (Trial trial : history.best(style.trials())) {
            String text = told(trial, history, true);
            left -= text.length() + 1;
            if (left < 0 && !told.isEmpty()) {
                break;
            }
            told.add(text);
        }
        Collections.reverse(told);
        return told.isEmpty() ? "No config has a score yet." : String.join("\n", told);
    }

    /** What was wrong with the last trial, in a paragraph of its own; nothing if nothing was. */
    String error(History history) {
        List<Trial> known = RunText.known(history);
        return known.stream()
                .skip(Math.max(0, known.size() - 1))
                .filter(last -> last.outcome() instanceof Outcome.Failed)
                .map(last -> "\nThe last config ended with an error: " + outcome(last) + ".\n")
                .findFirst()
                .orElse("");
    }

    private String told(Trial trial, History history, boolean withCurve) {
        String config = Written.shortJson(trial.config());
        String origin = trial.origin().label();
        String ended = history.value(trial).isPresent()
                ? Written.line(task.objective().metric()) + "=" + TrialTables.value(trial, history)
                : trial.outcome() instanceof Outcome.Failed ? "failed (" + outcome(trial) + ")" : outcome(trial);
        String outcome = withCurve ? ended + curves.of(trial) : ended;
        return switch (style) {
            case AGENT -> "trial " + trial.number() + ", " + origin + ": " + config + " -> " + outcome;
            case OPRO -> config + " " + outcome;
            case COMPRESSED -> "Config " + trial.number() + " (" + origin + "): " + config + " " + outcome;
            case CHAT, TPE ->
                trial.origin().isModel()
                        ? "You: " + config + "\nPerson: " + outcome
                        : "Person: " + config + ", proposed by " + origin + ", " + outcome;
        };
    }

    private static String outcome(Trial trial) {
        return Written.ended(trial.outcome());
    }
}
