package dev.chiron.agent.cli;

import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.InsightJson;
import dev.chiron.agent.insight.InsightText;
import dev.chiron.agent.view.Searched;
import dev.chiron.agent.view.StudyView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chiron importance}: which parameters decide. */
@Command(
        name = "importance",
        description = "Which parameters decide the value, which decide what is best, and which matter only together.",
        mixinStandardHelpOptions = true)
final class ImportanceCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StudyOption study = new StudyOption();

    @Mixin
    private InsightOption asked = new InsightOption();

    ImportanceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        Searched now = asked.by(view.now());
        Insight insight = asked.of(now);
        if (study.json()) {
            console.out().println(new InsightJson(insight).importance());
            return 0;
        }
        console.out()
                .println("Importance for " + now.history().objective().metric() + ", from "
                        + insight.importance().trials() + " measured configs");
        console.out().println();
        new InsightText(insight).importance().forEach(console.out()::println);
        return 0;
    }
}
