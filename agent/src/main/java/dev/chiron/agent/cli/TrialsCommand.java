package dev.chiron.agent.cli;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.study.History;
import java.util.SortedMap;
import java.util.TreeMap;
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
        SortedMap<Integer, String> lines = new TreeMap<>(); // by number, each as things stood when it ended
        History upTo = view.history().anew();
        for (Entry entry : view.entries()) {
            upTo.add(entry.trial());
            String line = study.json() ? StudyJson.trial(entry, upTo).toString() : TrialLine.of(entry, upTo);
            lines.put(entry.trial().number(), line);
        }
        lines.values().forEach(console.out()::println);
        return 0;
    }
}
