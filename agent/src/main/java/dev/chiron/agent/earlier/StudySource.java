package dev.chiron.agent.earlier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A study of Chiron's own: its folder, or what {@code export --format json} wrote of it. */
final class StudySource {

    private final String name;
    private final Wanted wanted;

    StudySource(String name, Wanted wanted) {
        this.name = name;
        this.wanted = wanted;
    }

    Found folder(Path folder) {
        StudyFolder.writer(folder).ifPresent(process -> {
            throw new BadInput(name + " is being written by process " + process
                    + ": wait until that study has ended, or stop it, and begin again");
        });
        Recording recording = Recording.read(folder)
                .orElseThrow(
                        () -> new BadInput(name + " is a folder without a study: name a study's folder, or a file"));
        Spec spec = FrozenSpec.read(folder.resolve("study.yaml"));
        String metric = spec.objective().metric();
        List<Trial> trials = recording.entries().stream()
                .map(Entry::trial)
                .filter(trial -> trial.change().variant().isEmpty()) // an edited script is another task
                .toList();
        if (metric.equals(wanted.metric())) {
            return found("a study", Optional.of(spec.objective().goal()), trials, false);
        }
        if (trials.stream().noneMatch(this::printedIt)) {
            throw new BadInput(name + ": its metric is " + metric + ", this task's is "
                    + wanted.spec().objective().metric() + ". If they are the same, say so with --from-metric "
                    + metric);
        }
        Optional<Objective.Goal> goal = spec.objective().all().stream()
                .filter(objective -> objective.metric().equals(wanted.metric()))
                .map(Objective::goal)
                .findFirst();
        return found("a study", goal, trials, true);
    }

    /** The trials of an export. */
    Found export(Path file) {
        try {
            List<Trial> trials = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(file.toFile())) {
                if (!EntryJson.isEdited(node)) {
                    trials.add(EntryJson.read(node).trial());
                }
            }
            return found(
                    "an export of Chiron's",
                    Optional.empty(),
                    trials,
                    trials.stream().anyMatch(this::printedIt));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    name + " is no list of trials as `chiron export --format json` writes it: "
                            + String.valueOf(e.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                                    .strip(),
                    e);
        }
    }

    /** @param other whether the wanted metric is not the study's first, but one that its trials printed beside it */
    private Found found(String kind, Optional<Objective.Goal> goal, List<Trial> trials, boolean other) {
        if (trials.isEmpty()) {
            throw new BadInput(name + " has no trials: there is nothing to begin with");
        }
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Trial trial : trials) {
            if (trial.outcome() instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.INFRASTRUCTURE) {
                leftOut.merge("stopped from outside", 1, Integer::sum);
            } else if (trial.outcome() instanceof Outcome.Pruned pruned && !Double.isFinite(pruned.value())) {
                leftOut.merge("stopped early without a value", 1, Integer::sum);
            } else if (other && byOther(trial.outcome()).isEmpty()) {
                leftOut.merge("without a value", 1, Integer::sum);
            } else {
                Map<String, String> cells = new LinkedHashMap<>();
                trial.config().values().forEach((parameter, value) -> cells.put(parameter, value.text()));
                columns.addAll(cells.keySet());
                rows.add(new Row(
                        "trial " + trial.number(),
                        cells,
                        other ? byOther(trial.outcome()).orElseThrow() : trial.outcome(),
                        trial.took()));
            }
        }
        return new Found(kind, goal, List.copyOf(columns), rows, leftOut, List.of());
    }

    /** Whether the wanted metric is one that the trial printed beside its study's first. */
    private boolean printedIt(Trial trial) {
        return !(trial.outcome() instanceof Outcome.Failed)
                && byOther(trial.outcome()).isPresent();
    }

    /** What came of a trial by the wanted metric, where that is not its study's first; empty if it did not print it. */
    private Optional<Outcome> byOther(Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured) {
            return value(measured).map(Outcome.Measured::new);
        }
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return value(infeasible.measured())
                    .map(value -> new Outcome.Infeasible(
                            new Outcome.Measured(value), infeasible.broken(), infeasible.violation()));
        }
        return outcome instanceof Outcome.Failed ? Optional.of(outcome) : Optional.empty();
    }

    private Optional<Double> value(Outcome.Measured measured) {
        return Optional.ofNullable(measured.metrics().get(wanted.metric()));
    }
}
