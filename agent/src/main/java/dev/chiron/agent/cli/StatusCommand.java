package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.start.Course;
import dev.chiron.agent.store.SteeringJson;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.PredictionScore;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            if (view.card().objective().isSeveral()) {
                line.set("objectives", StudyJson.objectives(view.card().objective()));
            }
            line.setAll(StudyJson.totals(view.entries(), view.unused(), view.history()));
            ArrayNode steered = line.putArray("steered");
            Course.read(view.folder()).taken().forEach(taken -> steered.add(SteeringJson.write(taken)));
            PredictionScore.read(view).ifPresent(score -> line.set("prediction", score.json()));
            if (!view.pending().isEmpty()) {
                ArrayNode pending = line.putArray("pending");
                view.pending().forEach(trial -> pending.add(trial.number()));
            }
            console.out().println(line);
        } else {
            Summary.lines(view.card(), view.entries(), view.unused(), view.history())
                    .forEach(console.out()::println);
            pending(view).ifPresent(console.out()::println);
            PredictionScore.lines(view).forEach(console.out()::println);
            view.steered().forEach(console.out()::println);
        }
        return 0;
    }

    /** What runs beside one another, or did when the study stopped. */
    private static Optional<String> pending(StudyView view) {
        String numbers = view.pending().stream()
                .map(trial -> Integer.toString(trial.number()))
                .collect(Collectors.joining(", "));
        return numbers.isEmpty()
                ? Optional.empty()
                : Optional.of("  under way  " + numbers
                        + (StudyFolder.writer(view.folder()).isPresent() ? "" : ": run again when the study goes on"));
    }
}
