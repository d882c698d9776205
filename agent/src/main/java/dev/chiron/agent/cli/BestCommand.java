package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.End;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.view.FrontText;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrainingSchedule;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chiron best}: the incumbent, as values that can be copied. */
@Command(
        name = "best",
        description =
                "The best config of a study, a line a parameter; of several objectives the front, a line a trial.",
        mixinStandardHelpOptions = true)
final class BestCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StudyOption study = new StudyOption();

    BestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        Optional<Trial> best = view.history().incumbent();
        if (best.isEmpty()) {
            console.err().println("chiron: " + view.withoutIncumbent());
            return End.NOTHING_MEASURED.exitCode();
        }
        Entry entry = view.entry(best.get().number());
        if (study.json()) {
            ObjectNode line = StudyJson.trial(entry, view.history());
            if (view.card().objective().isSeveral()) {
                line.set("front", StudyJson.front(view.history()));
            }
            if (TrainingSchedule.isIn(best.get(), view.history())) {
                line.set("schedule", new ScheduleExport(view, best.get()).json().path("parts"));
            }
            StudyJson.noise(view.history()).ifPresent(noise -> line.set("noise", noise));
            console.out().println(line);
            return 0;
        }
        if (view.card().objective().isSeveral()) {
            console.err().println(FrontText.headline(view.history()));
            console.err().println("hypervolume " + FrontText.volume(view.history()));
            console.err().println("a compromise is trial " + best.get().number());
            Texts.noise(view.history())
                    .ifPresent(noise -> console.err().println("measured again, values vary: " + noise));
            FrontText.configs(view.history()).lines("").forEach(console.out()::println);
            return 0;
        }
        console.err()
                .println(view.card().objective().metric() + " "
                        + Texts.value(best.get(), view.history()) + ", trial "
                        + best.get().number() + " by " + best.get().origin().label());
        view.history()
                .noise()
                .ifPresent(noise -> console.err().println("measured again, values vary: " + Texts.noise(noise)));
        TrainingSchedule.warning(best.get(), view.history())
                .ifPresent(warning ->
                        console.err().println("its value " + warning + "; `chiron export --schedule` has all parts"));
        if (entry.trial().change().variant().isPresent()) {
            console.err().println("its script was edited: `chiron diff` shows it, `chiron apply` writes it");
        }
        Texts.assignments(entry.trial().config()).forEach(console.out()::println);
        return 0;
    }
}
