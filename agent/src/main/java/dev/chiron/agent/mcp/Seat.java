package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Course;
import dev.chiron.agent.start.OpenStudy;
import dev.chiron.agent.start.Opening;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.start.Visit;
import dev.chiron.agent.store.Steering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A study that a client has opened. Its loop runs for as many trials as it is asked for, in a thread of its own; between, nothing holds the
 * study's folder. For any thread.
 */
final class Seat {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Spec spec;
    private final List<String> notes = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final Visit visit;
    private Optional<Drive> drive = Optional.empty();
    private Optional<Drive> last = Optional.empty(); // that one, or one that only looked or steered since

    /**
     * @param spec the task as it was checked
     * @param fresh whether a study in that folder is moved aside when the first trial is run
     */
    Seat(Path task, Path folder, List<Setting> flags, Spec spec, boolean fresh, Surroundings surroundings) {
        this.folder = folder;
        this.spec = spec;
        this.visit = new Visit(
                new Surroundings(
                        surroundings.directory(), surroundings.environment(), surroundings.clock(), this::note),
                task,
                flags,
                folder,
                fresh);
    }

    private void note(String line) {
        synchronized (notes) {
            if (told.add(line)) { // each opening says it again
                notes.add(line);
            }
        }
    }

    /** What a person should know and has not been told yet. */
    List<String> takeNotes() {
        synchronized (notes) {
            List<String> taken = List.copyOf(notes);
            notes.clear();
            return taken;
        }
    }

    Path folder() {
        return folder;
    }

    /** The task as it was when it was opened here. */
    Spec spec() {
        return spec;
    }

    /** The loop that runs trials, or that ran some last; empty before the first. */
    synchronized Optional<Drive> drive() {
        return drive;
    }

    /** The loop that runs. */
    synchronized Optional<Drive> running() {
        return last.filter(Drive::isRunning);
    }

    /**
     * Runs so many more trials.
     *
     * @param trials 0 to only look at where the study stands
     * @throws BadInput if some are being run, or the study cannot be opened
     */
    Drive start(int trials) {
        return start(trials, List.of());
    }

    /**
     * The same, after something was taken up.
     *
     * @param wishes if one cannot be taken up, none is run
     */
    synchronized Drive start(int trials, List<Steering> wishes) {
        running().ifPresent(running -> {
            throw new BadInput("trials of this study are being run (" + running.words() + "): call `wait` until they "
                    + "end, or `pause` first");
        });
        Opening opening = visit.open();
        if (!(opening instanceof OpenStudy study)) {
            throw new BadInput("the study cannot begin: " + String.join(" ", takeNotes()));
        }
        Drive started = new Drive(study, trials, wishes);
        last = Optional.of(started);
        drive = trials > 0 ? last : drive;
        started.start();
        return started;
    }

    /** The loop that looked last at where the study stands; an idle study is opened for a moment if none did. */
    Drive looked(Caller caller) throws InterruptedException {
        Optional<Drive> known = last();
        if (known.isPresent()) {
            return known.get();
        }
        Drive look = start(0);
        look.await(PATIENCE, PATIENCE, caller);
        return look;
    }

    /** The task as it is in force, by all steering so far. */
    Spec inForce(Caller caller) throws InterruptedException {
        return hasBegun() ? looked(caller).course().map(Course::spec).orElse(spec) : spec;
    }

    private synchronized Optional<Drive> last() {
        return last.filter(known -> known.course().isPresent());
    }

    /** Whether there is a journal. */
    boolean hasBegun() {
        return !visit.isFresh() && Files.isRegularFile(folder.resolve("journal.jsonl"));
    }

    /** Ends what runs, now; the trial that is being run is given up. */
    void end() {
        running().ifPresent(Drive::giveUp);
    }
}
