package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.Pause;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.branch.StudyBranch;
import dev.chiron.agent.code.RootRunner;
import dev.chiron.agent.earlier.Sources;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Imported;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.run.LocalRunner;
import dev.chiron.sandbox.run.Runner;
import dev.chiron.sandbox.run.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** From a task file to a finished study: everything that {@code run} and {@code demo} put together. */
final class StudyRun {

    /** How a study is shown. */
    enum Display {
        LINES,
        SUMMARY,
        JSON
    }

    private final Console console;
    private final Display display;

    StudyRun(Console console, Display display) {
        this.console = console;
        this.display = display;
    }

    /**
     * Runs the study of a task in a folder, from its start or from where it stopped.
     *
     * @throws BadInput if anything about the task is wrong; then no folder is made
     */
    End run(Path file, List<Setting> flags, Path folder, boolean fresh) {
        TaskFile task = new TaskFile(console);
        Spec asked = fresh ? task.read(file, flags) : task.readFor(file, flags, folder);
        List<Panel.Member> members = new Lineup(console, asked).members();
        Spec spec = members.isEmpty() ? asked : asked.withLlm(Language.prompted(asked.llm(), members));
        Purse purse = Purse.open(console, spec, folder, fresh);
        requireOwnFolder(spec, folder);
        if (EditorsCast.isFor(spec)) {
            EditorsCast.check(spec, members);
        }
        Imported imported = earlier(spec, folder, fresh);
        Sandboxes sandboxes = new Sandboxes(console);
        Sandbox sandbox = sandboxes.choose(spec.sandbox().level());
        LocalRunner runner = runner(console, spec, file, sandbox, folder);
        boolean asks = members.stream()
                .anyMatch(member -> ModelCheck.isRemote(member.model().name()));
        Optional<Recording> before = fresh || !asks ? Optional.empty() : Recording.read(folder);
        Purse.Paid checks = purse.checked(members, before);
        int number = Unused.nextCheck(before.map(Recording::unused).orElseGet(List::of));
        Optional<End> refused =
                new ModelCheck(console).all(checks.members(), number, spec.llm().required());
        if (refused.isPresent()) {
            return refused.get();
        }
        if (fresh) {
            StudyFolder.setAside(folder)
                    .ifPresent(aside -> console.err().println("The old study is now " + aside + "."));
        }
        try (StudyFolder study = StudyFolder.open(folder, FrozenSpec.text(spec, folder), console.clock())) {
            List<Entry> entries = study.recording().entries();
            boolean named = flags.stream().anyMatch(flag -> flag.key().equals(SandboxSpec.KEY))
                    && !spec.sandbox().level().equals(SandboxSpec.AUTO);
            String origin = task.origin(file, flags, folder, SandboxSpec.KEY);
            sandboxes.requireAsGoodAsBefore(sandbox, named, origin, folder, entries);
            sandboxes
                    .notes(sandbox, spec.sandbox().level(), named, entries)
                    .forEach(note -> console.err().println("Note: " + note));
            if (EditorsCast.isFor(spec)) {
                runner.caution().ifPresent(caution -> console.err().println("Note: " + caution + "."));
            }
            if (!study.keepScript(spec.folder().resolve(spec.script()))) {
                console.err()
                        .println("Note: " + spec.script() + " is not the script that this study began with (see "
                                + shown(folder) + "/script); values from before the change may not be comparable. "
                                + "Start over with --fresh if they are not.");
            }
            if (!members.isEmpty()) {
                purse.keep(study);
            }
            if (!checks.answered().get().isEmpty()) {
                study.append(checks.answered().get());
            }
            if (study.imported().sources().isEmpty() && !imported.sources().isEmpty()) {
                study.append(imported);
                imported.summary().forEach(console.err()::println);
            }
            Purse.Paid paid = purse.open(members, study);
            return loop(spec, paid, purse, study, runner, folder);
        }
    }

    /** Read when a study begins; one that goes on has them in its journal. */
    private Imported earlier(Spec spec, Path folder, boolean fresh) {
        boolean begins = fresh
                || Recording.read(folder)
                        .filter(study -> !study.imported().sources().isEmpty()
                                || !study.entries().isEmpty())
                        .isEmpty();
        return begins && !spec.from().sources().isEmpty()
                ? new Sources(spec, console.environment()).read()
                : Imported.NONE;
    }

    /** A study in the project's own folder, or in one above it, would move the user's files with --fresh. */
    private static void requireOwnFolder(Spec spec, Path folder) {
        if (spec.folder().startsWith(folder.toAbsolutePath().normalize())) {
            throw new BadInput(
                    "--study " + folder + " is the project's folder or one above it: give the study a folder of "
                            + "its own, such as chiron-study");
        }
    }

    /** What runs the trials of a task. */
    static LocalRunner runner(Console console, Spec spec, Path file, Sandbox sandbox, Path folder) {
        try {
            Training training = training(console, spec, folder);
            training.unverifiable().filter(why -> EditorsCast.isFor(spec)).ifPresent(why -> {
                throw new BadInput(file + ": the method " + spec.method() + " could keep nothing: " + why);
            });
            return new LocalRunner(training, console.environment(), sandbox);
        } catch (IllegalArgumentException e) {
            throw new BadInput(file + ": run: " + e.getMessage(), e);
        }
    }

    private static Training training(Console console, Spec spec, Path folder) {
        Training training = new Training(
                spec.folder(),
                spec.script(),
                spec.run(),
                spec.env(),
                spec.objective(),
                spec.metric(),
                spec.limits(),
                spec.readonly(),
                new Reach(console, spec.folder(), folder).access(spec.sandbox()),
                Config.of(spec.space().filled(spec.baseline())));
        Training scored = training.scoredBy(spec.scoring());
        return EditorsCast.isFor(spec) ? scored.withEdits() : scored;
    }

    private End loop(Spec spec, Purse.Paid paid, Purse purse, StudyFolder study, LocalRunner runner, Path folder) {
        Cast cast = EditorsCast.isFor(spec)
                ? new EditorsCast(console, spec, purse, runner).open(paid, study)
                : new TunersCast(console, spec, purse).open(paid, study);
        StudyCard card = card(spec, cast, folder);
        Pause pause = new Pause();
        Interrupts interrupts = Interrupts.route(pause, console.err());
        try {
            History history = new History(
                    spec.objective(), spec.evidence(), study.imported().earlier());
            StudyLoop loop = new StudyLoop(
                    study,
                    history,
                    cast.proposer(),
                    cast.told(),
                    running(spec, study, runner),
                    watching(spec, folder, card),
                    pause,
                    paid.answered());
            return loop.run(spec.baseline(), spec.budget());
        } finally {
            interrupts.release();
        }
    }

    private StudyCard card(Spec spec, Cast cast, Path folder) {
        return new StudyCard(
                shown(folder),
                spec.objective(),
                cast.method(),
                cast.optimizer(),
                cast.llm(),
                spec.llm().origin().why(),
                spec.seed(),
                spec.budget().trials(),
                cast.estimate());
    }

    /** Where scripts are edited, trials of none run the script as the study began with it, whatever has become of the person's. */
    private static Runner running(Spec spec, StudyFolder study, LocalRunner runner) {
        return EditorsCast.isFor(spec)
                ? new RootRunner(runner, Variant.root(study.script(spec.folder().resolve(spec.script()))))
                : runner;
    }

    private Event.Listener watching(Spec spec, Path folder, StudyCard card) {
        return EditorsCast.isFor(spec)
                ? new BranchWriter(new StudyBranch(spec, folder, console.environment()), listener(card), console.err())
                : listener(card);
    }

    private Event.Listener listener(StudyCard card) {
        return switch (display) {
            case JSON -> new JsonEvents(console.out(), card);
            case LINES -> new ProgressLines(console, card, new LiveLine(console, card.trials()));
            case SUMMARY ->
                event -> {
                    if (event instanceof Event.Ended ended) {
                        Summary.lines(card, ended.entries(), ended.unused(), ended.history())
                                .forEach(console.out()::println);
                    }
                };
        };
    }

    /** The folder as the user would name it from here. */
    private String shown(Path folder) {
        return folder.startsWith(console.directory())
                ? console.directory().relativize(folder).toString()
                : folder.toString();
    }
}
