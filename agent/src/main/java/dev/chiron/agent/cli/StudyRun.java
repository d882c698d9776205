package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.Pause;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.earlier.Sources;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.propose.ImportedProposer;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Imported;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.describe.Task;
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
        Imported imported = earlier(spec, folder, fresh);
        Sandboxes sandboxes = new Sandboxes(console);
        Sandbox sandbox = sandboxes.choose(spec.sandbox().level());
        Runner runner = runner(console, spec, file, sandbox, folder);
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
            return new LocalRunner(training(console, spec, folder), console.environment(), sandbox);
        } catch (IllegalArgumentException e) {
            throw new BadInput(file + ": run: " + e.getMessage(), e);
        }
    }

    private static Training training(Console console, Spec spec, Path folder) {
        return new Training(
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
    }

    private End loop(Spec spec, Purse.Paid paid, Purse purse, StudyFolder study, Runner runner, Path folder) {
        Lineup lineup = new Lineup(console, spec);
        Team team = lineup.team(paid.members(), study);
        Task task = new Task(spec.task(), spec.objective(), spec.space(), spec.baseline());
        Method method = team.optimizer();
        Optional<StudyFolder.Saved> saved = study.saved(spec.objective());
        Prior prior = method.prior(spec.space(), spec.baseline(), spec.priors());
        Earlier earlier = study.imported().earlier();
        List<Observation> before = earlier.inside().stream()
                .flatMap(trial -> Observation.of(trial, spec.objective()).stream())
                .toList();
        Optional<Optimizer> resumed = saved.flatMap(known -> method.resume(spec.space(), prior, known.state()));
        Optimizer optimizer = resumed.orElseGet(() -> method.start(spec.space(), prior, spec.seed(), before));
        int told = resumed.isPresent() ? saved.map(StudyFolder.Saved::trials).orElse(0) : 0;
        Optional<Ahead> ahead = resumed.isPresent() ? saved.flatMap(StudyFolder.Saved::ahead) : Optional.empty();
        Proposer proposer = ImportedProposer.before(team.proposer(optimizer, ahead, task, spec.seed()), earlier, task);
        Outlook outlook = new Outlook(console, spec, task, lineup.turns(), purse);
        StudyCard card = card(spec, team, folder, outlook.estimate(team, optimizer, study));
        Pause pause = new Pause();
        Interrupts interrupts = Interrupts.route(pause, console.err());
        try {
            History history = new History(spec.objective(), spec.repeats(), earlier);
            StudyLoop loop =
                    new StudyLoop(study, history, proposer, told, runner, listener(card), pause, paid.answered());
            return loop.run(spec.baseline(), spec.budget());
        } finally {
            interrupts.release();
        }
    }

    private StudyCard card(Spec spec, Team team, Path folder, Optional<Estimate> estimate) {
        return new StudyCard(
                shown(folder),
                spec.objective(),
                team.partner() instanceof Partner.Nobody ? team.optimizer().label() : spec.method(),
                team.optimizer().label(),
                team.llm(),
                spec.llm().origin().why(),
                spec.seed(),
                spec.budget().trials(),
                estimate);
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
