package dev.chiron.prompts.describe;

import dev.chiron.optimizers.feasibility.FailureRule;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is known from before a study, in a few lines; nothing where nothing is. */
record EarlierText(Task task) {

    private static final int SHOWN = 5;

    /** How many there are and what the best of them were. */
    String of(History history) {
        Earlier earlier = history.earlier();
        if (earlier.isEmpty()) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        lines.add(counts(earlier) + FailureText.of(FailureRule.learn(task.space(), earlier.inside()))
                + " They are not this study's: the same task is assumed, not known.");
        List<Trial> best = earlier.best(task.objective(), SHOWN);
        if (!best.isEmpty()) {
            lines.add(task.objective().all().stream()
                            .map(one -> Written.line(one.metric()))
                            .collect(Collectors.joining(" / "))
                    + ","
                    + task.space().parameters().stream()
                            .map(parameter -> Written.line(parameter.name()))
                            .collect(Collectors.joining(",")));
            best.forEach(trial -> lines.add(row(trial)));
        }
        return String.join("\n", lines);
    }

    private static String counts(Earlier earlier) {
        long measured = earlier.inside().stream()
                .filter(trial -> trial.value().isPresent())
                .count();
        long failed = earlier.all().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Failed)
                .count();
        return "Earlier results that the user brought along: " + earlier.all().size() + ", " + measured + " measured, "
                + failed + " failed.";
    }

    private String row(Trial trial) {
        return task.objective().values((Outcome.Measured) trial.outcome()).stream()
                        .map(Written::metric)
                        .collect(Collectors.joining(" / "))
                + ","
                + task.space().parameters().stream()
                        .map(parameter -> trial.config()
                                .find(parameter.name())
                                .map(Written::rounded)
                                .orElse("-"))
                        .collect(Collectors.joining(","));
    }
}
