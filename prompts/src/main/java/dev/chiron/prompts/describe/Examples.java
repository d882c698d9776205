package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Trials as pairs of a config and what came of it, in an order that says nothing: LLAMBO's few-shot examples. Of a config its values
 * in the order of the parameters, real numbers with four digits, {@code null} for what does not count. Where not all have room, the
 * best and the last in turn.
 */
final class Examples {

    private static final String ARROW = " -> ";
    private static final String NONE = "No trial has been run yet.";

    private final Task task;

    Examples(Task task) {
        this.task = task;
    }

    /** What came of it before each config. */
    String outcomeFirst(History history, long order, int room) {
        String head = Written.line(task.objective().metric()) + ARROW + names();
        return of(history, head, trial -> outcome(trial, history) + ARROW + values(trial.config()), order, room);
    }

    /** What came of it after each config. */
    String configFirst(History history, long order, int room) {
        String head = names() + ARROW + Written.line(task.objective().metric());
        return of(history, head, trial -> values(trial.config()) + ARROW + outcome(trial, history), order, room);
    }

    /**
     * After each config a mark: 1 for one of the best, 0 for others and for what failed.
     *
     * @param isTop which are
     */
    String marked(History history, Function<Trial, Boolean> isTop, long order, int room) {
        String head = names() + ARROW + "mark";
        return of(
                history,
                head,
                trial -> values(trial.config())
                        + ARROW
                        + (isTop.apply(trial) ? "1" : failed(trial) ? "0 (" + outcome(trial, history) + ")" : "0"),
                order,
                room);
    }

    private String of(History history, String head, Function<Trial, String> line, long order, int room) {
        List<Trial> known = known(history);
        List<String> lines = new ArrayList<>();
        int left = room - head.length();
        for (Trial trial : preferred(known, history)) {
            String text = line.apply(trial);
            if (text.length() < left) {
                lines.add(text);
                left -= text.length() + 1;
            }
        }
        if (lines.isEmpty()) {
            return NONE;
        }
        Collections.shuffle(lines, new Random(order));
        lines.add(0, head);
        return String.join("\n", lines);
    }

    /** Each config once; a broken machine says nothing about one. */
    private static List<Trial> known(History history) {
        return history.inside().stream()
                .filter(trial -> !trial.origin().isCheck())
                .filter(trial -> trial.value().isPresent() || failed(trial))
                .toList();
    }

    private static boolean failed(Trial trial) {
        return trial.outcome() instanceof Outcome.Failed failed && failed.reason() != Outcome.Reason.INFRASTRUCTURE;
    }

    private static Set<Trial> preferred(List<Trial> known, History history) {
        List<Trial> best = history.best(known.size());
        Set<Trial> preferred = new LinkedHashSet<>();
        for (int i = 0; i < known.size(); i++) {
            if (i < best.size()) {
                preferred.add(best.get(i));
            }
            preferred.add(known.get(known.size() - 1 - i));
        }
        preferred.retainAll(known);
        return preferred;
    }

    private String names() {
        return task.space().parameters().stream()
                .map(parameter -> Written.line(parameter.name()))
                .collect(Collectors.joining(","));
    }

    /** The values in the order of the parameters. */
    String values(Config config) {
        return task.space().parameters().stream()
                .map(parameter ->
                        config.find(parameter.name()).map(Written::rounded).orElse("null"))
                .collect(Collectors.joining(","));
    }

    private static String outcome(Trial trial, History history) {
        return history.value(trial).isPresent()
                ? Written.metric(history.value(trial).getAsDouble())
                : Written.ended(trial.outcome());
    }
}
