package dev.chiron.sandbox.branch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * The git repository that holds a project, and the script in it. Commits are made of objects alone: no method but {@link
 * #commitToHead} touches anything but objects and the branch it names, and none runs a program: no hook, no filter, no file system monitor.
 *
 * <p>Every commit is a function of what goes into it, so that making one again makes nothing new.
 */
public final class ScriptRepository implements Closeable {

    private static final String AUTHOR = "Chiron";
    private static final String MAIL = "chiron@localhost";

    private final Repository repository;
    private final ScriptBlobs blobs;

    private ScriptRepository(Repository repository, ScriptBlobs blobs) {
        this.repository = repository;
        this.blobs = blobs;
    }

    /**
     * The repository in whose work tree a script lies; empty if there is none, or it ignores the script.
     *
     * @param environment names the home whose git settings hold
     * @throws IOException if the repository cannot be used, with the reason
     */
    public static Optional<ScriptRepository> find(Path script, Map<String, String> environment) throws IOException {
        Path real = script.toRealPath();
        Optional<Path> root = root(real);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        QuietSystem.install(environment);
        Repository repository;
        try {
            repository = new FileRepositoryBuilder()
                    .findGitDir(root.get().toFile())
                    .setWorkTree(root.get().toFile())
                    .setMustExist(true)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException(root.get() + " cannot be used as a git repository: " + e.getMessage(), e);
        }
        try {
            String path = root.get().relativize(real).toString().replace('\\', '/');
            ScriptBlobs blobs = new ScriptBlobs(repository, real, path);
            if (blobs.isIgnored()) {
                repository.close();
                return Optional.empty();
            }
            return Optional.of(new ScriptRepository(repository, blobs));
        } catch (IOException e) {
            repository.close();
            throw e;
        } catch (IllegalArgumentException e) { // a setting with a value that JGit does not know
            repository.close();
            throw new IOException("git's settings cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Path> root(Path script) {
        return Stream.iterate(script.resolveSibling("."), folder -> folder != null, Path::getParent)
                .map(Path::normalize)
                .filter(folder -> Files.exists(folder.resolve(Constants.DOT_GIT), LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }

    /** The script's path below the repository's root, with slashes. */
    public String path() {
        return blobs.path();
    }

    /** The commit that is checked out; empty before the first. */
    public Optional<String> head() throws IOException {
        return id(repository.resolve("HEAD^{commit}"));
    }

    /** The branch that is checked out; empty if none is. */
    public Optional<String> currentBranch() throws IOException {
        String full = repository.getFullBranch();
        return full != null && full.startsWith(Constants.R_HEADS)
                ? Optional.of(full.substring(Constants.R_HEADS.length()))
                : Optional.empty();
    }

    /** Whether git would see no difference between these bytes of the script and a commit's. */
    public boolean holds(Optional<String> commit, byte[] script) throws IOException {
        return commit.isPresent() && blobs.isSame(ObjectId.fromString(commit.get()), script);
    }

    /**
     * Makes a commit in Chiron's name, of which no branch knows: the parent's files with another script.
     *
     * @param parent empty for one without a history, which holds the script alone
     * @param time of the author and the committer, in whole seconds
     * @return its id, which equal arguments give again
     */
    public String commit(Optional<String> parent, byte[] script, String message, Instant time) throws IOException {
        PersonIdent chiron = new PersonIdent(AUTHOR, MAIL, time, ZoneOffset.UTC);
        return blobs.commit(parent.map(ObjectId::fromString), script, message, chiron)
                .name();
    }

    /** Where a branch ends; empty if it is not there. */
    public Optional<String> tip(String branch) throws IOException {
        Ref ref = repository.exactRef(Constants.R_HEADS + branch);
        return ref == null ? Optional.empty() : id(ref.getObjectId());
    }

    /** Whether a branch of that name could be made: there is none, nor one whose name excludes it. */
    public boolean isFree(String branch) throws IOException {
        return tip(branch).isEmpty()
                && Repository.isValidRefName(Constants.R_HEADS + branch)
                && !repository.getRefDatabase().isNameConflicting(Constants.R_HEADS + branch);
    }

    /** Whether this work tree or another one of the repository stands on the branch. */
    public boolean isCheckedOut(String branch) throws IOException {
        String wanted = "ref: " + Constants.R_HEADS + branch;
        for (Path head : heads()) {
            if (Files.isRegularFile(head) && Files.readString(head).strip().equals(wanted)) {
                return true;
            }
        }
        return currentBranch().equals(Optional.of(branch));
    }

    private Set<Path> heads() throws IOException {
        Path common = repository.getCommonDirectory().toPath();
        Set<Path> heads = new LinkedHashSet<>(Arrays.asList(common.resolve(Constants.HEAD)));
        Path others = common.resolve("worktrees");
        if (Files.isDirectory(others)) {
            try (Stream<Path> trees = Files.list(others)) {
                trees.map(tree -> tree.resolve(Constants.HEAD)).forEach(heads::add);
            }
        }
        return heads;
    }

    /**
     * Makes a branch, or moves it on; no log of it is written.
     *
     * @param from where it ends now; empty to make it
     * @return false if it was something else meanwhile
     */
    public boolean move(String branch, Optional<String> from, String to) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setExpectedOldObjectId(from.isPresent() ? ObjectId.fromString(from.get()) : ObjectId.zeroId());
        update.setNewObjectId(ObjectId.fromString(to));
        update.disableRefLog();
        return switch (update.update()) {
            case NEW, FAST_FORWARD, NO_CHANGE -> true;
            case LOCK_FAILURE, REJECTED -> false;
            default -> throw new IOException("the branch " + branch + " cannot be written: " + update.getResult());
        };
    }

    /**
     * What would keep {@link #commitToHead} from making a commit of the script alone.
     *
     * @param script its bytes as they are now
     * @return a reason for people; empty if nothing would
     */
    public Optional<String> obstacle(byte[] script) throws IOException {
        return new HeadCommit(repository, blobs).obstacle(script);
    }

    /**
     * Writes the script and commits it, alone, where HEAD is, in the name of whom the settings name: what else is staged or changed stays
     * so. No hook is run and nothing is signed.
     *
     * @param write puts the script's new bytes into its file
     * @return the commit's id
     * @throws IOException if another git is at work; then nothing was written
     */
    public String commitToHead(byte[] script, String message, Instant time, Write write) throws IOException {
        PersonIdent chiron = new PersonIdent(AUTHOR, MAIL, time, ZoneOffset.UTC);
        return new HeadCommit(repository, blobs)
                .make(script, message, chiron, write)
                .name();
    }

    /** Puts something where it belongs. */
    @FunctionalInterface
    public interface Write {
        /** Does it. */
        void run() throws IOException;
    }

    @SuppressWarnings("NullAway") // JGit has null for nothing
    private static Optional<String> id(ObjectId id) {
        return Optional.ofNullable(id).map(ObjectId::getName);
    }

    @Override
    public void close() {
        repository.close();
    }
}
