package dev.chiron.agent.branch;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.optimizers.study.Change;
import dev.chiron.sandbox.branch.ScriptRepository;
import dev.chiron.sandbox.branch.ThreeWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The script that belongs to the person, into which a study's result is written and from which it is taken back. */
public final class PersonsScript {

    private final Spec spec;
    private final Path study;
    private final Path file;
    private final Map<String, String> environment;

    /**
     * The script of a study's project.
     *
     * @param environment names the home whose git settings hold
     * @throws BadInput if it is not there any more
     */
    public PersonsScript(Spec spec, Path study, Map<String, String> environment) {
        this.spec = spec;
        this.study = study;
        this.environment = new LinkedHashMap<>(environment);
        try {
            this.file = spec.folder().resolve(spec.script()).toRealPath();
        } catch (IOException e) {
            throw new BadInput(spec.folder().resolve(spec.script()) + " is not there any more", e);
        }
    }

    /**
     * What was done to the script.
     *
     * @param commit the commit that was made; empty if none was
     * @param note why none was, or what else a person should know; empty if there is nothing to say
     */
    public record Written(Optional<String> commit, Optional<String> note) {}

    /** Its bytes as they are now. */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What a trial's version makes of the script, with all that the person did to it since the study began. What an earlier application
     * wrote is not the person's, and gives way.
     *
     * @param now what the script is
     * @throws BadInput if that is no text, or cannot be read as a script
     */
    public ThreeWay with(StudyScript script, Change change, byte[] now) {
        String ours = StudyScript.decoded(now, spec.script());
        try {
            Optional<Application> last = Application.last(study);
            if (last.isEmpty() || Arrays.equals(now, last.get().before())) {
                return script.onto(ours, change);
            }
            ThreeWay fresh = script.onto(StudyScript.decoded(Application.own(study), spec.script()), change);
            return fresh instanceof ThreeWay.Merged merged
                    ? ThreeWay.merge(StudyScript.decoded(last.get().written(), spec.script()), ours, merged.text())
                    : fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("what was applied before cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a trial's version, and keeps what it takes to undo that.
     *
     * @param now what the script is, so that nothing is lost that came between
     * @param message of the commit; empty for none
     * @throws BadInput if the script was changed meanwhile
     */
    public Written apply(int trial, byte[] now, byte[] after, Optional<String> message, Instant time) {
        try {
            requireUnchanged(now);
            Application applied = Application.begin(study, trial, now, after);
            try {
                Written written = write(now, after, message, time);
                if (written.commit().isPresent()) {
                    applied.committed(written.commit().get());
                }
                return written;
            } catch (IOException e) {
                if (!applied.wrote(bytes())) {
                    applied.forget();
                }
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(spec.script() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Takes the last application back.
     *
     * @return empty if there is none
     * @throws BadInput if the script is not what that wrote any more
     */
    public Optional<Undone> undo(Instant time) {
        try {
            Optional<Application> last = Application.last(study);
            if (last.isEmpty()) {
                return Optional.empty();
            }
            Application applied = last.get();
            byte[] now = bytes();
            byte[] before = applied.before();
            Written written = new Written(Optional.empty(), Optional.empty());
            if (applied.wrote(now)) {
                written = restore(applied, now, before, time);
            } else if (!Arrays.equals(now, before)) {
                throw new BadInput(spec.script() + " was changed since trial " + applied.trial()
                        + " was written into it, so it is left as it is. What it was before is " + applied.folder()
                        + "/before");
            }
            applied.undone();
            return Optional.of(new Undone(applied.trial(), written));
        } catch (IOException e) {
            throw new UncheckedIOException(spec.script() + " cannot be restored: " + e.getMessage(), e);
        }
    }

    /** What was taken back. */
    public record Undone(int trial, Written written) {}

    private Written restore(Application applied, byte[] now, byte[] before, Instant time) throws IOException {
        Optional<String> commit = applied.commit();
        if (commit.isEmpty()) {
            replace(before);
            return new Written(Optional.empty(), Optional.empty());
        }
        try (ScriptRepository repository = repository().orElse(null)) {
            if (repository != null && repository.head().equals(commit)) {
                String message = "Take trial " + applied.trial() + " of the study " + study.getFileName()
                        + " back\n\nThis reverts commit " + commit.get() + ".\n";
                return commit(repository, now, before, message, time);
            }
        }
        replace(before);
        return new Written(
                Optional.empty(),
                Optional.of("the commit " + commit.get().substring(0, 10)
                        + " is not the last one any more: the script is restored, the change back is not committed"));
    }

    private Written write(byte[] now, byte[] after, Optional<String> message, Instant time) throws IOException {
        Optional<ScriptRepository> found = Optional.empty();
        Optional<String> note = Optional.empty();
        if (message.isPresent()) {
            try {
                found = repository();
            } catch (IOException e) {
                note = Optional.of("no commit was made: " + e.getMessage());
            }
        }
        if (found.isEmpty()) {
            replace(after);
            return new Written(Optional.empty(), note);
        }
        try (ScriptRepository repository = found.get()) {
            return commit(repository, now, after, message.orElseThrow(), time);
        }
    }

    private Written commit(ScriptRepository repository, byte[] now, byte[] after, String message, Instant time)
            throws IOException {
        Optional<String> obstacle = obstacle(repository, now);
        if (obstacle.isPresent()) {
            replace(after);
            return uncommitted(obstacle.get());
        }
        String id = repository.commitToHead(after, message, time, () -> replace(after));
        return new Written(Optional.of(id), Optional.empty());
    }

    private static Optional<String> obstacle(ScriptRepository repository, byte[] now) {
        try {
            return repository.obstacle(now);
        } catch (IOException e) {
            return Optional.of("the repository cannot be used: " + e.getMessage()); // such as by a split index
        }
    }

    private static Written uncommitted(String why) {
        return new Written(Optional.empty(), Optional.of("no commit was made: " + why));
    }

    private Optional<ScriptRepository> repository() throws IOException {
        return ScriptRepository.find(file, environment);
    }

    private void requireUnchanged(byte[] now) {
        if (!Arrays.equals(now, bytes())) {
            throw new BadInput(spec.script() + " was changed while you were asked: nothing was written");
        }
    }

    /** All of it or nothing, with the rights that it has. */
    private void replace(byte[] content) throws IOException {
        Path fresh = Files.createTempFile(file.resolveSibling("."), ".chiron", ".new");
        try {
            Files.write(fresh, content);
            if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
