package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;

/** Where a study stands, in a sentence or two: its best value, whose that is, the baseline's, and the noise. */
final class StandingText {

    private StandingText() {}

    static String of(Task task, History history) {
        if (history.incumbent().isEmpty()) {
            return "No trial has been measured yet.";
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
}
