package dev.chiron.agent.cli;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.TrialStory;
import dev.chiron.agent.view.TrialStoryJson;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code chiron why N}: why a trial was tried, and what came of it. */
@Command(
        name = "why",
        description =
                "Why a trial was tried and what came of it, in words: who proposed it, and by what it was kept or not.",
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "N", description = "the trial's number; 0 is the baseline")
    private int number;

    @Mixin
    private StudyOption study = new StudyOption();

    WhyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        Entry entry = view.entry(number);
        Trial trial = entry.trial();
        Trial first = view.history().find(trial.change()).orElse(trial);
        TrialStory story = new TrialStory(view, entry);
        if (study.json()) {
            console.out().println(new TrialStoryJson(story).object());
            return 0;
        }
        story.lines().forEach(console.out()::println);
        if (trial.origin() == Origin.REPEAT) {
            console.out().println("What it repeats: chiron why " + first.number());
        }
        return 0;
    }
}
