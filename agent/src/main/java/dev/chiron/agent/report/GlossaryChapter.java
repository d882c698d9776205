package dev.chiron.agent.report;

import dev.chiron.agent.Tally;
import dev.chiron.optimizers.study.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of this report that not everybody knows. */
final class GlossaryChapter {

    private GlossaryChapter() {}

    static Section of(Subject subject) {
        Set<Origin> origins =
                subject.trials().stream().map(trial -> trial.origin()).collect(Collectors.toSet());
        List<Words> words = new ArrayList<>();
        words.add(
                Words.of(
                        "**Chiron** tunes a training script: it runs the script again and again with other values, and learns from what comes out."));
        words.add(
                Words.of(
                        "A **trial** is one run; its number says when it was proposed. The **baseline**, trial 0, is the script as it was."));
        words.add(Words.of("A **parameter** is what is tuned, a **config** one value for each."));
        if (origins.contains(Origin.REPEAT)) {
            words.add(Words.of(
                    "A **repeat** runs a config again on purpose; how much its values differ is the **noise**."));
        }
        if (subject.history().noise().isPresent()) {
            words.add(
                    Words.of(
                            "A **95 % interval** holds the true mean in 95 of 100 such studies, as far as values are normally distributed."));
        }
        if (Tally.of(subject.view().entries(), subject.view().unused()).modelTurns() > 0) {
            words.add(Words.of("A **fallback** is a turn of the language model that the optimizer had to take."));
        }
        if (subject.isSeveral()) {
            words.add(Words.of("The **front** are the trials than which none is better in everything."));
        }
        if (subject.isForPeople() && subject.spec().scoring().holdout().isPresent()) {
            words.add(
                    Words.of(
                            "The **hold-out** is data on which only what is to be kept is measured, and which nobody sees who proposes."));
        }
        Section section = new Section("words", "Words");
        return section.add(new Block.Points(words));
    }
}
