package dev.chiron.prompts.describe;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The log of experiments, an entry for each trial: what was measured, from the trials as they are known now, and what a model wrote of it. Of
 * older entries only what was measured is told.
 *
 * @param remarks what was written, in order; the last of a kind holds
 */
record ExperimentLog(Task task, List<Remark> remarks) {

    /** The last so many entries are told with what was written of them. */
    private static final int WHOLE = 10;

    /**
     * The entries, the newest last, as many of the last as have room.
     *
     * @param room in characters
     */
    String of(History history, int room) {
        RunText runs = new RunText(task, history);
        List<Trial> known = RunText.known(history);
        if (known.isEmpty()) {
            return "No trial has been run yet.";
        }
        List<String> told = new ArrayList<>();
        int left = room;
        for (int i = known.size() - 1; i >= 0; i--) {
            String entry = told.size() < WHOLE ? whole(known.get(i), runs) : brief(known.get(i), runs);
            left -= entry.length() + 1;
            if (left < 0 && !told.isEmpty()) {
                break;
            }
            told.add(entry);
        }
        Collections.reverse(told);
        int dropped = known.size() - told.size();
        return told.stream()
                .collect(Collectors.joining(
                        "\n", dropped == 0 ? "" : "(" + dropped + " before these, not shown)\n", ""));
    }

    private static String brief(Trial trial, RunText runs) {
        return "Trial " + trial.number() + ", proposed by " + trial.origin().label() + ": "
                + Written.shortJson(trial.config()) + " -> " + runs.result(trial);
    }

    private String whole(Trial trial, RunText runs) {
        return "Trial " + trial.number() + ", proposed by " + trial.origin().label() + ": "
                + Written.shortJson(trial.config())
                + objective(trial).map(text -> "\n  Objective: " + text).orElse("")
                + "\n  Result: " + runs.result(trial)
                + remark(trial, Remark.Kind.ANALYSIS)
                        .map(text -> "\n  Analysis: " + text)
                        .orElse("");
    }

    /** What a trial was to find out; empty if that is not written down. */
    Optional<String> objective(Trial trial) {
        return remark(trial, Remark.Kind.OBJECTIVE);
    }

    private Optional<String> remark(Trial trial, Remark.Kind kind) {
        return remarks.stream()
                .filter(remark -> remark.kind() == kind && remark.trial() == trial.number())
                .reduce((earlier, later) -> later)
                .map(remark -> Written.line(remark.text()));
    }
}
