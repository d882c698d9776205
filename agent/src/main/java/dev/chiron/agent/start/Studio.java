package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.command.ProgramPath;
import dev.chiron.agent.earlier.Sources;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Imported;
import dev.chiron.agent.store.Prediction;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.store.UnusableStudy;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.store.Versions;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.run.LocalRunner;
import dev.chiron.sandbox.run.Runner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Opens studies: from a task file to a loop that can run, whoever drives it. */
public final class Studio {

    private static final String MODEL = "llm.model";

    private final Surroundings surroundings;

    /** @param surroundings whose notes are told what a person should know of the studies before they run */
    public Studio(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Opens the study of a task in a folder, at its start or where it stopped. An opened study holds the folder until it is closed.
     *
     * @param file the task file
     * @param flags settings that come before those of the file
     * @param folder of the study; made if it is not there
     * @param fresh whether to begin anew; an old study is moved aside
     * @throws BadInput if anything about the task is wrong; then no folder is made
     * @throws UnusableStudy if the study is locked or damaged
     */
    public Opening open(Path file, List<Setting> flags, Path folder, boolean fresh) {
        return open(file, flags, folder, fresh, Integer.MAX_VALUE);
    }

    /**
     * The same for a session that has opened the study before.
     *
     * @param first the steerings that there were when the session opened it first: flags hold against these alone
     */
    public Opening open(Path file, List<Setting> given, Path folder, boolean fresh, int first) {
        List<Setting> flags = fresh ? given : inForce(given, folder, first);
        TaskFile task = new TaskFile(surroundings);
        Spec asked = fresh ? task.read(file, flags) : task.readFor(file, flags, folder);
        List<Panel.Member> members = new Lineup(surroundings, asked).members();
        Spec spec = members.isEmpty() ? asked : asked.withLlm(Language.prompted(asked.llm(), members));
        Purse purse = Purse.open(surroundings, spec, folder, fresh);
        requireOwnFolder(spec, folder);
        new Staffing(spec).check(surroundings.environment());
        spec.notifyCommand().ifPresent(this::requireProgram);
        if (EditorsCast.isFor(spec)) {
            EditorsCast.check(spec);
            if (members.isEmpty()) {
                surroundings.note(
                        "Note: llm.model is none, so the script's numbers are tuned and nobody edits it but an agent "
                                + "over chiron mcp, with propose_edit.");
            }
        }
        Imported imported = earlier(spec, folder, fresh);
        Sandboxes sandboxes = new Sandboxes(surroundings);
        Sandbox sandbox = sandboxes.choose(spec.sandbox().level());
        LocalRunner runner = TaskRunner.runner(surroundings, spec, file, sandbox, folder);
        TaskRunner.checkExecutor(surroundings, spec, runner);
        boolean asks = members.stream()
                .anyMatch(member -> ModelCheck.isRemote(member.model().name()));
        Optional<Recording> before = fresh || !asks ? Optional.empty() : Recording.read(folder);
        Purse.Paid checks = purse.checked(members, before);
        int number = Unused.nextCheck(before.map(Recording::unused).orElseGet(List::of));
        Optional<End> refused = new ModelCheck(surroundings)
                .all(checks.members(), number, spec.llm().required());
        if (refused.isPresent()) {
            return new Opening.Refused(refused.get());
        }
        if (fresh) {
            StudyFolder.setAside(folder).ifPresent(aside -> {
                surroundings.note("The old study is now " + aside + ".");
                // nobody will ask for what its jobs bring any more
                TaskRunner.close(TaskRunner.trials(surroundings, spec, runner, sandbox, jobs(aside)));
            });
        }
        StudyFolder study = StudyFolder.open(folder, FrozenSpec.text(spec, folder), surroundings.clock());
        try {
            List<Entry> entries = study.recording().entries();
            boolean named = flags.stream().anyMatch(flag -> flag.key().equals(SandboxSpec.KEY))
                    && !spec.sandbox().level().equals(SandboxSpec.AUTO);
            String origin = task.origin(file, flags, folder, SandboxSpec.KEY);
            sandboxes.requireAsGoodAsBefore(sandbox, named, origin, folder, entries);
            sandboxes
                    .notes(sandbox, spec.sandbox().level(), named, entries)
                    .forEach(note -> surroundings.note("Note: " + note));
            caution(spec, runner, study, folder);
            study.append(Versions.here());
            if (!members.isEmpty()) {
                purse.keep(study);
            }
            if (!checks.answered().get().isEmpty()) {
                study.append(checks.answered().get());
            }
            if (study.imported().sources().isEmpty() && !imported.sources().isEmpty()) {
                study.append(imported);
                imported.summary().forEach(surroundings::note);
            }
            if (entries.isEmpty()) {
                foretold(spec, file).ifPresent(foretold -> foretold.write(folder.resolve(Prediction.FILE)));
            }
            Roster roster = new Roster(surroundings, purse, spec, members, study);
            Runner trials = TaskRunner.trials(surroundings, spec, runner, sandbox, jobs(folder));
            return OpenStudy.of(
                    surroundings, spec, overruled(given, study, first), roster, study, runner, trials, folder);
        } catch (RuntimeException e) {
            study.close();
            throw e;
        }
    }

    /** Where the jobs of a study have their files. */
    private static Path jobs(Path study) {
        return study.resolve("jobs");
    }

    /** Models that a person named while the study ran are its models, unless a flag names others since. */
    private static List<Setting> inForce(List<Setting> flags, Path folder, int first) {
        int since = isGiven(flags, MODEL) ? first : 0;
        List<Setting> all = new ArrayList<>(flags);
        Recording.read(folder).map(Recording::steerings).map(Course::holding).stream()
                .flatMap(List::stream)
                .filter(taken -> taken.number() > since)
                .flatMap(taken ->
                        taken.steering() instanceof Steering.Model model ? Stream.of(model.models()) : Stream.empty())
                .reduce((earlier, later) -> later)
                .ifPresent(models -> {
                    all.removeIf(flag -> flag.key().equals(MODEL));
                    all.add(new Setting(MODEL, models, "the study's journal"));
                });
        return all;
    }

    /** What a flag of this session says holds against what was steered in an earlier one. */
    private static Predicate<Taken> overruled(List<Setting> flags, StudyFolder study, int first) {
        int before = Math.min(first, study.recording().steerings().size());
        List<String> bounds = List.of("budget.trials", "budget.train_time", "budget.llm_usd");
        return taken -> taken.number() <= before
                && ((taken.steering() instanceof Steering.Model && isGiven(flags, MODEL))
                        || (taken.steering() instanceof Steering.Share && isGiven(flags, "llm.share"))
                        || (taken.steering() instanceof Steering.Limit
                                && bounds.stream().anyMatch(key -> isGiven(flags, key))));
    }

    private static boolean isGiven(List<Setting> flags, String key) {
        return flags.stream().anyMatch(flag -> flag.key().equals(key));
    }

    private void caution(Spec spec, LocalRunner runner, StudyFolder study, Path folder) {
        if (EditorsCast.isFor(spec)) {
            runner.caution().ifPresent(caution -> surroundings.note("Note: " + caution + "."));
        }
        if (!study.keepScript(spec.folder().resolve(spec.script()))) {
            surroundings.note("Note: " + spec.script() + " is not the script that this study began with (see "
                    + surroundings.shown(folder) + "/script); values from before the change may not be comparable. "
                    + "Start over with --fresh if they are not.");
        }
    }

    /** What `init --describe` had a model foretell of this very baseline, to be scored when that has run. */
    private Optional<Prediction> foretold(Spec spec, Path file) {
        Path beside = Prediction.beside(file);
        Optional<Prediction> foretold = Prediction.read(beside);
        Optional<String> difference =
                foretold.map(Prediction::of).flatMap(of -> of.difference(TaskFile.foretold(spec)));
        difference.ifPresent(what -> surroundings.note(
                "Note: what " + surroundings.shown(beside) + " foretells is of " + what + ", so it is not scored."));
        return difference.isPresent() ? Optional.empty() : foretold;
    }

    /** Read when a study begins; one that goes on has them in its journal. */
    private Imported earlier(Spec spec, Path folder, boolean fresh) {
        boolean begins = fresh
                || Recording.read(folder)
                        .filter(study -> !study.imported().sources().isEmpty()
                                || !study.entries().isEmpty())
                        .isEmpty();
        return begins && !spec.from().sources().isEmpty()
                ? new Sources(spec, surroundings.environment()).read()
                : Imported.NONE;
    }

    /** Better known now than at night. */
    private void requireProgram(String line) {
        try {
            ProgramPath.words(line, surroundings.environment());
        } catch (IllegalArgumentException e) {
            throw new BadInput("notify_command: " + e.getMessage(), e);
        }
    }

    /** A study in the project's own folder, or in one above it, would move the user's files with --fresh. */
    private static void requireOwnFolder(Spec spec, Path folder) {
        if (spec.folder().startsWith(folder.toAbsolutePath().normalize())) {
            throw new BadInput(
                    "--study " + folder + " is the project's folder or one above it: give the study a folder of "
                            + "its own, such as chiron-study");
        }
    }
}
