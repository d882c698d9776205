package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chiron status}: where a study stands. */
@Command(
        name = "status",
        description = "Where a study stands: the best so far, who found it, what failed.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StudyOption study = new StudyOption();

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        if (study.json()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("v", 1);
            line.put("study", view.card().folder());
            line.put("method", view.card().method());
            line.put("llm", view.card().llm());
            line.put("seed", view.card().seed());
            line.put("metric", view.card().objective().metric());
            line.put("goal", view.card().objective().goal().label());
            line.setAll(StudyJson.totals(view.entries(), view.unused(), view.history()));
            console.out().println(line);
        } else {
            Summary.lines(view.card(), view.entries(), view.unused(), view.history())
                    .forEach(console.out()::println);
        }
        return 0;
    }
}
