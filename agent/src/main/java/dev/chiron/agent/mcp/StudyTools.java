package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.TaskDraft;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.UnusableStudy;
import dev.chiron.agent.view.PredictionScore;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finding, opening and describing studies. */
record StudyTools(Desk desk) {

    List<Tool> tools() {
        return List.of(list(), create(), open(), describe(), status(), close());
    }

    private Tool list() {
        return new Tool(
                "list_studies",
                "List studies",
                "Lists the studies and the task files (chiron.yaml) in the folder that this server was started for. A "
                        + "study tunes one training script: each trial runs the script with other values and measures it. "
                        + "Start here. No task file yet: `create_task`. Then `open_study`.",
                Tool.Effect.READS,
                List.of(),
                (arguments, caller) -> Answer.of(listed()));
    }

    private ObjectNode listed() {
        Found found = Found.in(desk.fence().root());
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("folder", desk.fence().root().toString());
        ArrayNode studies = object.putArray("studies");
        List<Path> folders = new ArrayList<>(found.studies());
        desk.seats().stream()
                .map(Seat::folder)
                .filter(folder -> !folders.contains(folder))
                .forEach(folders::add);
        folders.forEach(folder -> studies.add(listed(folder)));
        ArrayNode tasks = object.putArray("task_files");
        found.tasks().forEach(task -> tasks.add(desk.fence().shown(task)));
        return object;
    }

    private ObjectNode listed(Path folder) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("study", desk.fence().shown(folder));
        object.put("state", state(folder));
        try {
            StudyView view = StudyView.read(folder, desk.fence().shown(folder));
            object.put("method", view.card().method());
            object.put("metric", view.card().objective().metric());
            object.put("goal", view.card().objective().goal().label());
            object.put("trials", view.entries().size());
            view.history()
                    .incumbent()
                    .ifPresent(best -> object.put("best_trial", best.number())
                            .put("best_value", view.history().value(best).orElseThrow()));
        } catch (BadInput | UnusableStudy e) {
            object.put("note", e instanceof BadInput ? "no trial yet" : String.valueOf(e.getMessage()));
        }
        return object;
    }

    private String state(Path folder) {
        Optional<Seat> seat = desk.find(folder);
        if (seat.flatMap(Seat::running).isPresent()) {
            return "open, " + seat.flatMap(Seat::running).orElseThrow().words();
        }
        return StudyFolder.writer(folder)
                .map(process -> "run by another process, " + process)
                .orElse(seat.isPresent() ? "open, idle" : "closed");
    }

    private Tool create() {
        return new Tool(
                "create_task",
                "Write a task file for a script",
                "Finds the constants of a training script (Python or Java, lines such as LEARNING_RATE = 0.01 at the top "
                        + "level) and writes a commented chiron.yaml beside it, with inferred ranges. Answers with the file: "
                        + "look over the metric, the ranges and `task`, which says what is trained, and mend them with your "
                        + "user. Or give the whole file as `yaml`.",
                Tool.Effect.CHANGES,
                List.of(
                        Field.text("script", "The training script, for example train.py.")
                                .needed(),
                        Field.text(
                                "metric", "The metric that the script prints as `NAME: VALUE`; guessed if left out."),
                        Field.choice("goal", List.of("minimize", "maximize"), "Guessed from the metric if left out."),
                        Field.text("yaml", "The whole task file, instead of one with inferred ranges."),
                        Field.flag("replace", "true replaces a chiron.yaml that is there.")),
                (arguments, caller) -> Answer.of(created(arguments)));
    }

    private String created(Arguments arguments) {
        Path script = desk.fence().inside(arguments.needed("script"));
        if (!Files.isRegularFile(script)) {
            throw new BadInput(desk.fence().shown(script) + ": no such file");
        }
        Path task = desk.fence().inside(script.resolveSibling("chiron.yaml"));
        if (Files.exists(task) && !arguments.flag("replace")) {
            throw new BadInput(desk.fence().shown(task) + " is there already: edit it, or give replace: true");
        }
        String text = arguments.text("yaml").orElseGet(() -> drafted(script, arguments));
        desk.writeTask(task, text);
        return desk.fence().shown(task) + ":\n\n" + text;
    }

    private static String drafted(Path script, Arguments arguments) {
        try {
            TaskDraft draft = new TaskDraft(String.valueOf(script.getFileName()), Source.read(script));
            if (draft.isEmpty()) {
                throw new BadInput(
                        "no constant to tune was found in " + script.getFileName() + ": it needs lines such as "
                                + "LEARNING_RATE = 0.01 at the top level, or flags of argparse with defaults; or give `yaml` with --lr {LR} in `run:`");
            }
            return draft.text(
                    arguments.text("metric").orElse(draft.guessedMetric()),
                    arguments.text("goal").orElse(""));
        } catch (IOException e) {
            throw new BadInput(script.getFileName() + ": cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new BadInput(script.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private Tool open() {
        return new Tool(
                "open_study",
                "Create or open a study",
                "Opens the study of a task file, or creates it; a study that was stopped goes on exactly where it was. "
                        + "Nothing is run yet: `run_trial` and `run_trials` do that. Several studies may be open at once.",
                Tool.Effect.CHANGES,
                List.of(
                        Field.text("task_file", "The task file, for example chiron.yaml.")
                                .needed(),
                        Field.text("study", "The study's folder; chiron-study beside the task file if left out."),
                        Field.choice(
                                "method",
                                Method.labels(),
                                "Who proposes when you do not: cma-es, tpe, gp or random-forest alone, centaur for an "
                                        + "optimizer and the task's own model in turns; centaur-code if the script itself is to be "
                                        + "edited, by you with `propose_edit` and by the task's own model if there is one. As in the "
                                        + "task file if left out."),
                        Field.text(
                                "model",
                                "The language model that takes turns in method centaur: none, builtin or perturb. Any other "
                                        + "is named in the task file, by the person whose key it takes."),
                        Field.whole("budget_trials", 1, 1_000_000, "Trials in all, the baseline included."),
                        Field.whole("seed", 0, Integer.MAX_VALUE, "The seed of all random choices."),
                        Field.flag(
                                "fresh",
                                "true begins anew; the old study is moved aside and not deleted. Ask your user first.")),
                (arguments, caller) -> Answer.of(opened(arguments)));
    }

    private ObjectNode opened(Arguments arguments) {
        List<Setting> flags = new ArrayList<>();
        arguments.text("method").ifPresent(text -> flags.add(new Setting("method", text, "method")));
        arguments.text("model").ifPresent(text -> flags.add(new Setting("llm.model", text, "model")));
        arguments
                .whole("budget_trials")
                .ifPresent(count -> flags.add(new Setting("budget.trials", Integer.toString(count), "budget_trials")));
        arguments.whole("seed").ifPresent(seed -> flags.add(new Setting("seed", Integer.toString(seed), "seed")));
        Seat seat = desk.open(arguments.needed("task_file"), arguments.text("study"), flags, arguments.flag("fresh"));
        ObjectNode object = described(seat.folder(), seat.spec());
        object.put(
                "next",
                "run_trial without a config runs the study's own next trial (the first is the baseline); with a "
                        + "config it runs yours. `suggest` shows what the optimizer would try.");
        return object;
    }

    private Tool describe() {
        return new Tool(
                "describe_study",
                "Describe task and search space",
                "What a study tunes: the task in the user's words, the script, the metric and whether smaller or larger "
                        + "is better, every parameter with its range, scale and baseline value, and the constraints that a "
                        + "config must keep.",
                Tool.Effect.READS,
                List.of(Given.study()),
                (arguments, caller) -> {
                    Path folder = desk.folder(arguments);
                    Optional<Seat> seat = desk.find(folder);
                    Spec spec = seat.isPresent()
                            ? seat.get().inForce(caller)
                            : desk.view(arguments).spec();
                    return Answer.of(described(folder, spec));
                });
    }

    private ObjectNode described(Path folder, Spec spec) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("study", desk.fence().shown(folder));
        object.put("state", state(folder));
        object.put(
                "trials",
                Files.isRegularFile(folder.resolve("journal.jsonl"))
                        ? StudyView.read(folder, desk.fence().shown(folder))
                                .entries()
                                .size()
                        : 0);
        object.setAll(Reports.task(spec));
        return object;
    }

    private Tool status() {
        return new Tool(
                "status",
                "Where a study stands",
                "Where a study stands: what is being run now, the best against the baseline, who proposed how many "
                        + "trials, what failed.",
                Tool.Effect.READS,
                List.of(Given.study()),
                (arguments, caller) -> Answer.of(standing(arguments)));
    }

    private List<String> standing(Arguments arguments) {
        Path folder = desk.folder(arguments);
        List<String> lines = new ArrayList<>();
        lines.add("Study " + desk.fence().shown(folder) + ": " + state(folder));
        desk.find(folder)
                .flatMap(Seat::drive)
                .filter(drive -> !drive.isRunning() && drive.left() > 0)
                .ifPresent(drive ->
                        lines.add("The last run " + drive.words() + ", before all that were wanted: " + drive.why()));
        if (desk.find(folder).isPresent() && !Files.isRegularFile(folder.resolve("journal.jsonl"))) {
            lines.add("It has no trial yet: `run_trial` runs the baseline.");
            return lines;
        }
        StudyView view = desk.view(arguments);
        lines.addAll(Summary.lines(view.card(), view.entries(), view.unused(), view.history()));
        lines.addAll(PredictionScore.lines(view));
        return lines;
    }

    private Tool close() {
        return new Tool(
                "close_study",
                "Close a study",
                "Ends what a study runs, now, and forgets that it was open. Nothing is deleted: `open_study` goes on with "
                        + "it. A trial that is being run is given up; to let it end, call `pause` and `wait` first.",
                Tool.Effect.CHANGES,
                List.of(Given.study()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    desk.close(seat);
                    return Answer.of("closed " + desk.fence().shown(seat.folder()));
                });
    }
}
