package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.disk.Disk;
import dev.chiron.agent.llm.UsageJson;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.run.Checkpoints;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Marker;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A study's folder, open for writing: {@code study.yaml} (the frozen spec), {@code journal.jsonl}, {@code state.json},
 * {@code prices.yaml}, {@code llm/}, {@code trials/0007/}. Holds the study's lock until closed. Whatever is handed to it is on disk when the
 * method returns; failures of the disk come as {@link UncheckedIOException}.
 */
public final class StudyFolder implements Closeable {

    /** The file of the prices that a study reckons with. */
    public static final String PRICES = "prices.yaml";

    private static final String WORKSPACE = "workspace";
    private static final String OUTCOME = "outcome.json";
    /** The folder in it of what was said. */
    public static final String LLM = "llm";

    private final Path folder;
    private final InstantSource clock;
    private final StudyLock lock;
    private final Journal journal;
    private final StateFile stateFile;
    private final Recording recording;
    private final List<Unused> appended = new ArrayList<>();
    private Imported imported;
    private Optional<Versions> versions;

    private StudyFolder(Path folder, InstantSource clock, StudyLock lock, Journal journal, JournalReader read) {
        this.folder = folder;
        this.clock = clock;
        this.lock = lock;
        this.journal = journal;
        this.stateFile = new StateFile(folder.resolve("state.json"));
        this.recording = read.recording();
        this.imported = recording.imported();
        List<Versions.Since> all = recording.versions();
        this.versions = all.stream()
                .skip(Math.max(0, all.size() - 1))
                .map(Versions.Since::versions)
                .findFirst();
    }

    /**
     * Opens a study, or begins one where none is.
     *
     * @param spec the spec to freeze if this begins a study
     * @throws UnusableStudy if it is locked or damaged
     */
    public static StudyFolder open(Path folder, String spec, InstantSource clock) {
        try {
            Files.createDirectories(folder);
            keepOthersOut(folder);
            StudyLock lock = StudyLock.take(folder.resolve("lock"));
            try {
                return open(folder, spec, clock, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the study folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** A trial may leave files that run with its owner's rights (setuid), which nobody else is to reach. */
    private static void keepOthersOut(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static StudyFolder open(Path folder, String spec, InstantSource clock, StudyLock lock) throws IOException {
        Path file = folder.resolve("journal.jsonl");
        JournalReader reader = new JournalReader(folder);
        Journal journal = Journal.open(file, reader::add);
        if (reader.isEmpty()) {
            requireNoTrials(folder, journal);
            Disk.replace(folder.resolve("study.yaml"), spec.getBytes(StandardCharsets.UTF_8));
            journal.append(Recording.header(spec, clock.instant()));
            journal.close();
            journal = Journal.open(file, reader::add);
        }
        return new StudyFolder(folder, clock, lock, journal, reader);
    }

    /** Without its journal a study is lost, and what is left of it must not be overwritten. */
    private static void requireNoTrials(Path folder, Journal journal) throws IOException {
        if (Files.exists(folder.resolve("state.json")) || Files.exists(folder.resolve("trials"))) {
            journal.close();
            throw new UnusableStudy(folder.resolve("journal.jsonl") + " is missing or empty, but the study has trials. "
                    + "Restore it, or give another folder with --study");
        }
    }

    /**
     * Moves an existing study aside, to the first free name {@code FOLDER.1}, {@code FOLDER.2} …; none if there is none.
     *
     * @throws UnusableStudy if the folder holds something else than a study, or another process writes it
     */
    public static Optional<Path> setAside(Path folder) {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(folder) || (!Files.exists(folder.resolve("journal.jsonl")) && !isEmpty(folder))) {
            throw new UnusableStudy(folder + " is there but holds no study, so it is not moved aside for --fresh: "
                    + "give another folder with --study");
        }
        try {
            StudyLock.take(folder.resolve("lock")).close(); // refuses to move what another process writes
            int number = 1;
            while (Files.exists(folder.resolveSibling(folder.getFileName() + "." + number))) {
                number++;
            }
            return Optional.of(Files.move(folder, folder.resolveSibling(folder.getFileName() + "." + number)));
        } catch (IOException e) {
            throw new UncheckedIOException("the study folder " + folder + " cannot be moved: " + e.getMessage(), e);
        }
    }

    /** The process that writes a study now; empty if none does. Only looks. */
    public static Optional<String> writer(Path folder) {
        return StudyLock.owner(folder.resolve("lock"));
    }

    /** The same as far as it can be told without touching the lock, for one that looks often. */
    public static Optional<String> seenWriter(Path folder) {
        return StudyLock.lastOwner(folder.resolve("lock"));
    }

    /**
     * Makes sure that no trial of a study runs now, which would copy what is being changed.
     *
     * @throws UnusableStudy naming the process that writes it
     */
    public static void requireIdle(Path folder) {
        writer(folder).ifPresent(process -> {
            throw new UnusableStudy("the study " + folder + " is being run by process " + process
                    + ", and its trials are copies of the project: stop it, or wait for its end");
        });
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("the study folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What the journal held when the study was opened. */
    public Recording recording() {
        return recording;
    }

    /**
     * Keeps a copy of the script as it was when the study began.
     *
     * @return whether the script is still that one
     */
    public boolean keepScript(Path script) {
        try {
            Path copy = folder.resolve("script").resolve(script.getFileName());
            if (Files.exists(copy) && !recording.entries().isEmpty()) {
                return Files.mismatch(copy, script) == -1;
            }
            Files.createDirectories(copy.getParent());
            Disk.replace(copy, Files.readAllBytes(script));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the script cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The text of the script as it was when the study began. */
    public String script(Path script) {
        Path copy = folder.resolve("script").resolve(script.getFileName());
        try {
            return Files.readString(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(copy + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Keeps the prices that the study reckons with. */
    public void keepPrices(String text) {
        try {
            Disk.replace(folder.resolve(PRICES), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the prices cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Where it lies. */
    public Path path() {
        return folder;
    }

    /** Where prompts and replies are kept. */
    public Path llm() {
        return folder.resolve(LLM);
    }

    /** Appends a trial that was proposed while others are running, and whose outcome will follow. */
    public void append(Proposed proposed) {
        proposed.change().variant().ifPresent(this::keep);
        ObjectNode line = line(Recording.PROPOSED);
        line.setAll(EntryJson.write(proposed));
        append(line);
    }

    /** Appends with what trials are run from here on, unless that is what ran those before. */
    public void append(Versions now) {
        if (!versions.equals(Optional.of(now))) {
            ObjectNode line = line(Versions.VERSIONS);
            line.setAll(now.json());
            append(line);
            versions = Optional.of(now);
        }
    }

    /** Appends how busy the workers of a session were. */
    public void append(Utilisation utilisation) {
        ObjectNode line = line("worked");
        line.setAll(utilisation.json());
        append(line);
    }

    /** Appends a trial to the journal, after its edited script if it has one. */
    public void append(Entry entry) {
        entry.trial().change().variant().ifPresent(this::keep);
        ObjectNode line = line("trial");
        line.setAll(EntryJson.write(entry));
        append(line);
    }

    /** Appends earlier results, before the first trial; they are this study's from then on, whatever becomes of their sources. */
    public void append(Imported results) {
        ObjectNode line = line(Recording.IMPORTED);
        ImportedJson.write(results, line);
        append(line);
        imported = ImportedJson.read(line);
    }

    /** Appends what was wanted of the study while it runs, after the edited script if it wants one run. */
    public void append(Taken taken) {
        if (taken.steering() instanceof Steering.Edit edit) {
            keep(edit.change().script());
        }
        ObjectNode line = line(Recording.STEERING);
        line.setAll(SteeringJson.write(taken));
        append(line);
    }

    /** The earlier results that the study began with, as its journal holds them. */
    public Imported imported() {
        return imported;
    }

    /** Appends a run that failed without becoming a trial: the machine broke, or the baseline failed. */
    public void appendAttempt(int trial, Outcome.Failed failure, Duration took) {
        ObjectNode line = line(Attempt.ATTEMPT);
        line.put("trial", trial);
        line.put("reason", failure.reason().label());
        line.put("detail", failure.detail());
        line.put("seconds", EntryJson.seconds(took));
        append(line);
    }

    /** Appends what models answered on turns that are in no trial yet, and perhaps never will be. */
    public void append(List<Unused> unused) {
        ObjectNode line = line(Recording.UNUSED);
        ArrayNode answers = line.putArray("answers");
        for (Unused answer : unused) {
            UsageJson.write(
                    answer.usage(), answers.addObject().put("key", answer.key()).put("author", answer.author()));
        }
        append(line);
        appended.addAll(unused);
    }

    /** What models have answered on turns that are in none of the trials of {@link #recording}, with what was appended since. */
    public List<Unused> unused() {
        List<Unused> all = new ArrayList<>(recording.unused());
        all.addAll(appended);
        return Unused.without(recording.entries(), all);
    }

    private void keep(Variant variant) {
        try {
            new Variants(folder).keep(variant);
        } catch (IOException e) {
            throw new UncheckedIOException("an edited script cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    private ObjectNode line(String type) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("type", type);
        line.put("at", clock.instant().toString());
        return line;
    }

    private void append(ObjectNode line) {
        try {
            journal.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps the optimizer's state as it is after the last line of the journal.
     *
     * @param ahead the model's next question, if it is ready
     */
    public void save(OptimizerState state, Optional<Ahead> ahead) {
        try {
            stateFile.write(new StateFile.Snapshot(journal.last(), state, ahead));
        } catch (IOException e) {
            throw new UncheckedIOException("the state of " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** The kept state of a study that was never steered, and where it was taken; empty if there is none for this journal. */
    public Optional<Saved> saved(Objective objective) {
        Stream<Trial> own = recording.entries().stream()
                .map(Entry::trial)
                .filter(trial -> !trial.origin().isCheck()); // of which no optimizer is told
        List<Observation> told = Stream.concat(imported.earlier().inside().stream(), own)
                .flatMap(trial -> Observation.of(trial, objective).stream())
                .toList();
        return saved(place -> told);
    }

    /**
     * The kept state, and where it was taken; empty if there is none for this journal.
     *
     * @param told all observations of which the optimizer has been told by the end of the journal that was proposing at a place of it,
     *     oldest first
     */
    public Optional<Saved> saved(Function<Recording.Place, List<Observation>> told) {
        return saved(stateFile, recording, told);
    }

    /**
     * The same of a study that is only read; empty if the state is of a later line than the recording's last.
     *
     * @param told all observations of which the optimizer has been told by a place in the journal, oldest first
     */
    public static Optional<Saved> saved(
            Path folder, Recording recording, Function<Recording.Place, List<Observation>> told) {
        return saved(new StateFile(folder.resolve("state.json")), recording, told);
    }

    private static Optional<Saved> saved(
            StateFile file, Recording recording, Function<Recording.Place, List<Observation>> told) {
        return file.after()
                .flatMap(recording::place)
                .flatMap(place -> file.read(told.apply(place))
                        .map(snapshot ->
                                new Saved(place.trials(), place.steerings(), snapshot.state(), snapshot.ahead())));
    }

    /**
     * A state and where it was taken.
     *
     * @param trials the number of trials before it
     * @param steerings the number of steerings before it
     * @param ahead the model's question that was ready then
     */
    public record Saved(int trials, int steerings, OptimizerState state, Optional<Ahead> ahead) {

        /** Of a study that was never steered. */
        public Saved(int trials, OptimizerState state, Optional<Ahead> ahead) {
            this(trials, 0, state, ahead);
        }
    }

    /** Writes files, by name, into a trial's folder. */
    public void keep(int trial, Map<String, String> files) {
        Path place = trialFolder(folder, trial);
        try {
            Files.createDirectories(place);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Disk.write(place.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps what came of a trial until it is the trial's turn to be {@linkplain #append(Entry) appended}: a process that is killed before that
     * loses nothing of it. May be called by any thread.
     */
    public void hold(Entry ended) {
        int number = ended.trial().number();
        Path file = trialFolder(folder, number).resolve(OUTCOME);
        try {
            Files.createDirectories(trialFolder(folder, number));
            Disk.replace(file, EntryJson.write(ended).toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** What came of a trial that was proposed and is not appended yet, if it had ended before its process did. */
    public Optional<Entry> held(Proposed proposed) {
        return files(proposed.number())
                .text(OUTCOME)
                .flatMap(text ->
                        EntryJson.readHeld(text, files(proposed.number()).curve()))
                .filter(ended -> ended.trial().number() == proposed.number()
                        && ended.trial().origin() == proposed.origin()
                        && ended.trial().change().key().equals(proposed.change().key()));
    }

    /** Forgets what was held of a trial: it is appended, or it will be run again. */
    public void release(int trial) {
        Path file = trialFolder(folder, trial).resolve(OUTCOME);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /** What is kept of a trial beside the journal. */
    public TrialFolder files(int trial) {
        return new TrialFolder(trialFolder(folder, trial));
    }

    /** Where a trial's files are. */
    public static Path trialFolder(Path study, int trial) {
        return study.resolve("trials").resolve(String.format(Locale.ROOT, "%04d", trial));
    }

    /** Where the checkpoints of a study's trials lie. */
    public static Checkpoints checkpoints(Path study) {
        return new Checkpoints(study.toAbsolutePath().normalize().resolve("checkpoints"));
    }

    /**
     * Keeps the checkpoint that a trial's run has saved in its workspace; none where it has saved none, whatever an earlier run of the trial left. May be called
     * by several threads, each for its own trial.
     */
    public void keepCheckpoint(int trial, Optional<Path> saved) {
        Checkpoints checkpoints = checkpoints(folder);
        try {
            if (saved.isPresent()) {
                checkpoints.take(saved.get(), trial);
            } else {
                checkpoints.forget(trial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the checkpoint of trial " + trial + " cannot be kept in " + checkpoints.folder() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** A fresh, empty folder to run a trial in; whatever an earlier run left there is gone. */
    public Path workspace() {
        return workspace(0);
    }

    /**
     * The same for one of several workers. May be called by several threads, each for its own worker.
     *
     * @param worker counted from 0
     */
    public Path workspace(int worker) {
        Path workspace = folder.resolve(worker == 0 ? WORKSPACE : WORKSPACE + "-" + worker);
        try {
            Clearing.remove(workspace);
            return Files.createDirectories(workspace);
        } catch (IOException e) {
            throw new UncheckedIOException(workspace + " cannot be cleared: " + e.getMessage(), e);
        }
    }

    /** Ends what a killed process has left running in the workspaces of workers, but for the first so many, who look themselves. */
    public void clearWorkspaces(int workers) {
        try {
            for (Path workspace : workspaces()) {
                String name = String.valueOf(workspace.getFileName());
                int worker = name.equals(WORKSPACE) ? 0 : Integer.parseInt(name.substring(WORKSPACE.length() + 1));
                if (worker >= workers) {
                    Marker.of(workspace).end();
                    Clearing.remove(workspace);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the workspaces of " + folder + " cannot be cleared: " + e.getMessage(), e);
        }
    }

    private List<Path> workspaces() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(WORKSPACE + "(-[0-9]{1,9})?"))
                    .sorted()
                    .toList();
        }
    }

    /** Removes the workspaces, closes the journal and gives the lock back. */
    @Override
    public void close() {
        try {
            for (Path workspace : workspaces()) {
                Clearing.remove(workspace);
            }
            journal.close();
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the study folder " + folder + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
