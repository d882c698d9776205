package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Noise;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.stream.Collectors;

/** Where a study stands, in a sentence or two: its best value, whose that is, the baseline's, and the noise. */
final class StandingText {

    private StandingText() {}

    private static final int SHOWN = 12;

    static String of(Task task, History history) {
        if (history.incumbent().isEmpty()) {
            return "No trial has been measured yet.";
        }
        if (task.objective().isSeveral()) {
            return several(task, history);
        }
        Trial incumbent = history.incumbent().get();
        return "Best " + Written.line(task.objective().metric()) + " so far: " + TrialTables.value(incumbent, history)
                + ", trial " + incumbent.number() + ", from "
                + incumbent.origin().label() + "."
                + history.find(task.baseline())
                        .filter(baseline -> history.value(baseline).isPresent())
                        .map(baseline -> " The baseline has " + TrialTables.value(baseline, history) + ".")
                        .orElse("")
                + history.noise()
                        .map(noise -> " Measured again, a config's value varies by sd " + Numbers.text(noise.sd(), 2)
                                + ": a smaller difference means little.")
                        .orElse("");
    }

    private static String noises(History history) {
        List<Noise> noises = history.noises();
        return noises.isEmpty()
                ? ""
                : "\nMeasured again, a config's values vary by sd "
                        + noises.stream()
                                .map(noise -> Numbers.text(noise.sd(), 2))
                                .collect(Collectors.joining(" / "))
                        + ": smaller differences mean little.";
    }

    private static String several(Task task, History history) {
        List<Trial> front = history.front();
        String metrics = task.objective().all().stream()
                .map(one -> Written.line(one.metric()))
                .collect(Collectors.joining(" / "));
        return "The front has " + front.size() + (front.size() == 1 ? " trial" : " trials") + ", by " + metrics + ":\n"
                + front.stream()
                        .limit(SHOWN)
                        .map(trial -> "- trial " + trial.number() + ": " + TrialTables.value(trial, history))
                        .collect(Collectors.joining("\n"))
                + (front.size() > SHOWN ? "\n- and " + (front.size() - SHOWN) + " more" : "")
                + history.find(task.baseline())
                        .filter(baseline -> history.value(baseline).isPresent())
                        .map(baseline -> "\nThe baseline has " + TrialTables.value(baseline, history) + ".")
                        .orElse("")
                + noises(history);
    }
}
