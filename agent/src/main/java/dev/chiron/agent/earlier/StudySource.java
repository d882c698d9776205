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
        String first = spec.objective().metric();
        List<Trial> trials = recording.entries().stream()
                .map(Entry::trial)
                .filter(trial -> trial.change().variant().isEmpty()) // an edited script is another task
                .toList();
        List<String> unknown = unprinted(trials, first);
        if (!unknown.isEmpty()) {
            throw new BadInput(name + ": " + differ(spec, unknown));
        }
        Map<String, Objective.Goal> goals = new LinkedHashMap<>();
        wanted.metrics()
                .forEach((here, there) -> spec.objective().all().stream()
                        .filter(objective -> objective.metric().equals(there))
                        .forEach(objective -> goals.put(here, objective.goal())));
        return found("a study", goals, trials, Optional.of(first));
    }

    private String differ(Spec spec, List<String> unknown) {
        List<String> theirs =
                spec.objective().all().stream().map(Objective::metric).toList();
        return wanted.objective().isSeveral()
                ? "its metrics are " + String.join(", ", theirs) + ", and no trial printed "
                        + String.join(", ", unknown)
                        + ". If it has all of this task's objectives by other names, name them in this order with --from-metric "
                        + String.join(",", wanted.metrics().keySet())
                : "its metric is " + theirs.get(0) + ", this task's is "
                        + wanted.objective().metric() + ". If they are the same, say so with --from-metric "
                        + theirs.get(0);
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
            List<String> unknown = unprinted(trials, "");
            if (unknown.size() > 1) { // one is the first metric, whose name an export does not tell
                throw new BadInput(name + ": no trial printed " + String.join(" or ", unknown)
                        + ". Name all objectives as they are called there, in order, with --from-metric "
                        + String.join(",", wanted.metrics().keySet()));
            }
            return found(
                    "an export of Chiron's", Map.of(), trials, unknown.stream().findFirst());
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

    /** The wanted metrics that are not the first one and that no trial printed beside it. */
    private List<String> unprinted(List<Trial> trials, String first) {
        return wanted.metrics().values().stream()
                .filter(metric -> !metric.equals(first))
                .filter(metric -> trials.stream()
                        .flatMap(trial -> measured(trial.outcome()).stream())
                        .noneMatch(measured -> measured.metrics().containsKey(metric)))
                .toList();
    }

    private static Optional<Outcome.Measured> measured(Outcome outcome) {
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return Optional.of(infeasible.measured());
        }
        return outcome instanceof Outcome.Measured measured ? Optional.of(measured) : Optional.empty();
    }

    /** @param first the name of the metric that the trials' values are of; empty where that is none of the wanted */
    private Found found(String kind, Map<String, Objective.Goal> goals, List<Trial> trials, Optional<String> first) {
        if (trials.isEmpty()) {
            throw new BadInput(name + " has no trials: there is nothing to begin with");
        }
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Trial trial : trials) {
            Optional<Outcome> outcome = outcome(trial.outcome(), first);
            if (trial.outcome() instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.INFRASTRUCTURE) {
                leftOut.merge("stopped from outside", 1, Integer::sum);
            } else if (trial.outcome() instanceof Outcome.Pruned pruned && !Double.isFinite(pruned.value())) {
                leftOut.merge("stopped early without a value", 1, Integer::sum);
            } else if (outcome.isEmpty()) {
                leftOut.merge("without a value" + (wanted.objective().isSeveral() ? " of each" : ""), 1, Integer::sum);
            } else {
                Map<String, String> cells = new LinkedHashMap<>();
                trial.config().values().forEach((parameter, value) -> cells.put(parameter, value.text()));
                columns.addAll(cells.keySet());
                rows.add(new Row("trial " + trial.number(), cells, outcome.get(), trial.took()));
            }
        }
        return new Found(kind, goals, List.copyOf(columns), rows, leftOut, List.of());
    }

    /** What came of a trial by the wanted metrics; empty if it did not print them all. */
    private Optional<Outcome> outcome(Outcome outcome, Optional<String> first) {
        if (outcome instanceof Outcome.Measured measured) {
            return values(measured, first).map(Outcome.class::cast);
        }
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return values(infeasible.measured(), first)
                    .map(values -> new Outcome.Infeasible(values, infeasible.broken(), infeasible.violation()));
        }
        boolean same =
                List.copyOf(wanted.metrics().values()).equals(first.stream().toList());
        return same || outcome instanceof Outcome.Failed ? Optional.of(outcome) : Optional.empty();
    }

    private Optional<Outcome.Measured> values(Outcome.Measured measured, Optional<String> first) {
        Map<String, Double> known = new LinkedHashMap<>(measured.metrics());
        first.ifPresent(metric -> known.put(metric, measured.value()));
        Map<String, Double> metrics = new LinkedHashMap<>();
        wanted.metrics()
                .forEach((here, there) ->
                        Optional.ofNullable(known.get(there)).ifPresent(value -> metrics.put(here, value)));
        if (metrics.size() < wanted.metrics().size()) {
            return Optional.empty();
        }
        wanted.conditions()
                .forEach(name -> Optional.ofNullable(known.get(name)).ifPresent(value -> metrics.put(name, value)));
        Double value = metrics.remove(wanted.objective().metric());
        return Optional.ofNullable(value).map(present -> new Outcome.Measured(present, metrics, List.of()));
    }
}
