package dev.chiron.agent.cli;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.study.History;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chiron trials}: all trials, in order. */
@Command(
        name = "trials",
        description = "All trials in order; with --json the same events that `run --json` writes.",
        mixinStandardHelpOptions = true)
final class TrialsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StudyOption study = new StudyOption();

    TrialsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        History upTo = view.history().anew();
        for (Entry entry : view.entries()) {
            upTo.add(entry.trial());
            console.out().println(study.json() ? StudyJson.trial(entry, upTo).toString() : TrialLine.of(entry, upTo));
        }
        return 0;
    }
}
