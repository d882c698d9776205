package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.branch.IdeaBranches;
import dev.chiron.agent.earlier.Guarded;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chiron export}: the trials for other programs. */
@Command(
        name = "export",
        description =
                "All trials as a table, as JSON or as an Optuna journal, for other programs; or a git branch for each "
                        + "kept edit, for people.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private final Console console;

    /** What can be written. */
    enum Format {
        csv,
        tsv,
        json,
        yaml,
        optuna
    }

    @Option(names = "--study", paramLabel = "FOLDER", description = "the study's folder (default: chiron-study)")
    private String study = "chiron-study";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "csv, tsv, json, or optuna: a file for its JournalStorage; yaml for --schedule (default: csv)")
    private Format format = Format.csv;

    @Option(
            names = "--schedule",
            description =
                    "instead of all trials: what the best one's training was made of, with the values of each part")
    private boolean schedule;

    @Option(names = "--trial", paramLabel = "N", description = "the same of another trial, for --schedule")
    private Optional<Integer> number = Optional.empty();

    @Option(
            names = "--branches",
            description = "instead of a table: makes a git branch for each kept edit, of that edit alone")
    private boolean branches;

    @Option(names = "--json", description = "write JSON instead of text, of --branches")
    private boolean json;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = StudyView.read(console.path(study), study);
        if (branches) {
            new IdeaList(console, json)
                    .print(new IdeaBranches(view.spec(), view.folder(), console.environment()).write(view.history()));
            return 0;
        }
        if (schedule) {
            return schedule(view);
        }
        if (number.isPresent() || format == Format.yaml) {
            throw new BadInput((number.isPresent() ? "--trial" : "--format yaml") + " is for --schedule");
        }
        if (json) {
            throw new BadInput("--json is for --branches; of the trials it is --format json");
        }
        switch (format) {
            case csv -> table(view, ",");
            case tsv -> table(view, "\t");
            case json -> console.out().println(json(view));
            case optuna ->
                new OptunaJournal(view, ZoneId.systemDefault()).lines().forEach(console.out()::println);
            case yaml -> throw new AssertionError(format);
        }
        return 0;
    }

    private int schedule(StudyView view) {
        Optional<Trial> trial = number.isPresent()
                ? Optional.of(view.entry(number.get()).trial())
                : view.history().incumbent();
        if (trial.isEmpty()) {
            console.err().println("chiron: " + view.withoutIncumbent());
            return End.NOTHING_MEASURED.exitCode();
        }
        ScheduleExport export = new ScheduleExport(view, trial.get());
        switch (format) {
            case csv -> export.rows().forEach(row -> row(row, ","));
            case tsv -> export.rows().forEach(row -> row(row, "\t"));
            case json -> console.out().println(export.json());
            case yaml -> export.yaml().forEach(console.out()::println);
            case optuna -> throw new BadInput("--format optuna has no schedules: say csv, tsv, json or yaml");
        }
        return 0;
    }

    private static ArrayNode json(StudyView view) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Entry entry : view.byNumber()) {
            ObjectNode trial = EntryJson.write(entry);
            array.add(trial);
        }
        return array;
    }

    private void table(StudyView view, String separator) {
        Set<String> names = new LinkedHashSet<>(
                view.begun().parameters().stream().map(Parameter::name).toList());
        view.entries()
                .forEach(entry ->
                        names.addAll(entry.trial().config().values().keySet())); // what edits and steering brought in
        Objective objective = view.card().objective();
        List<String> header = new ArrayList<>(List.of("trial", "origin", "status", "reason"));
        objective.all().forEach(one -> header.add(one.metric()));
        header.add("seconds");
        header.addAll(names);
        boolean edited = view.entries().stream()
                .anyMatch(entry -> entry.trial().change().variant().isPresent());
        if (edited) {
            header.addAll(List.of("script", "idea"));
        }
        boolean parted = view.entries().stream()
                .anyMatch(entry -> entry.trial().change().fidelity().isPresent());
        if (parted) {
            header.addAll(List.of("fidelity", "share"));
        }
        boolean going = view.entries().stream()
                .anyMatch(entry -> entry.trial().change().begin().isPresent());
        if (going) {
            header.addAll(List.of("continues", "cost"));
        }
        row(header, separator);
        for (Entry entry : view.byNumber()) {
            Trial trial = entry.trial();
            List<String> cells = new ArrayList<>();
            cells.add(Integer.toString(trial.number()));
            cells.add(trial.origin().label());
            cells.add(trial.outcome().status());
            cells.add(reason(trial.outcome()));
            cells.addAll(values(trial.outcome(), objective));
            cells.add(String.format(Locale.ROOT, "%.3f", EntryJson.seconds(trial.took())));
            names.forEach(
                    name -> cells.add(trial.config().find(name).map(Value::text).orElse("")));
            if (edited) {
                cells.add(trial.change().variant().map(Variant::id).orElse(""));
                cells.add(trial.change().variant().map(Variant::idea).orElse(""));
            }
            if (parted) {
                cells.add(trial.change().fidelity().map(Fidelity::toString).orElse(""));
                cells.add(trial.change()
                        .fidelity()
                        .map(Fidelity::share)
                        .orElse(1.0)
                        .toString());
            }
            if (going) {
                cells.add(trial.change().begin().map(Begin::trials).orElse(List.of()).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")));
                cells.add(Double.toString(trial.change().cost()));
            }
            row(cells, separator);
        }
    }

    /** Why it failed, or which conditions it breaks. */
    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return String.join("; ", infeasible.broken());
        }
        return outcome instanceof Outcome.Failed failed ? failed.reason().label() : "";
    }

    private static List<String> values(Outcome outcome, Objective objective) {
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return values(infeasible.measured(), objective);
        }
        if (outcome instanceof Outcome.Partial partial) {
            return values(partial.measured(), objective);
        }
        return outcome instanceof Outcome.Measured measured
                ? objective.values(measured).stream().map(String::valueOf).toList()
                : Collections.nCopies(objective.all().size(), "");
    }

    private void row(List<String> cells, String separator) {
        console.out()
                .println(String.join(
                        separator,
                        cells.stream().map(cell -> quoted(cell, separator)).toList()));
    }

    /** RFC 4180 for commas; tab-separated files have no quotes, so tabs and line ends become blanks. */
    private static String quoted(String text, String separator) {
        String cell = Guarded.text(text);
        if (separator.equals("\t")) {
            return cell.replaceAll("[\t\r\n]", " ");
        }
        return cell.matches("(?s).*[\",\r\n].*") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }
}
