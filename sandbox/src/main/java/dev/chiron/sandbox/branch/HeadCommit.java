package dev.chiron.sandbox.branch;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryState;
import org.eclipse.jgit.lib.StoredConfig;

/** A commit of the script alone on what is checked out, as {@code git commit --only} makes it, without hooks. */
final class HeadCommit {

    private final Repository repository;
    private final ScriptBlobs blobs;

    HeadCommit(Repository repository, ScriptBlobs blobs) {
        this.repository = repository;
        this.blobs = blobs;
    }

    /** Why no commit can be made, for people; empty if one can. */
    Optional<String> obstacle(byte[] script) throws IOException {
        ObjectId head = repository.resolve("HEAD^{commit}");
        if (head == null) {
            return Optional.of("the repository has no commit yet");
        }
        RepositoryState state = repository.getRepositoryState();
        if (state != RepositoryState.SAFE) {
            return Optional.of("the repository is in the middle of something else: " + state.getDescription());
        }
        Optional<ScriptBlobs.Found> found = blobs.entry(blobs.tree(head));
        if (found.isEmpty()) {
            return Optional.of(blobs.path() + " is not in the last commit");
        }
        DirCacheEntry staged = repository.readDirCache().getEntry(blobs.path());
        boolean clean = staged != null
                && staged.getObjectId().equals(found.get().blob())
                && found.get().blob().equals(blobs.id(script, found));
        return clean ? Optional.empty() : Optional.of(blobs.path() + " has changes that are not committed");
    }

    ObjectId make(byte[] script, String message, PersonIdent otherwise, ScriptRepository.Write write)
            throws IOException {
        DirCache index;
        try {
            index = repository.lockDirCache();
        } catch (LockFailedException e) {
            throw new IOException("another git is at work in this repository; try again when it has ended", e);
        }
        try {
            ObjectId head = repository.resolve("HEAD^{commit}");
            ObjectId commit = blobs.commit(Optional.of(head), script, message, author(otherwise));
            ScriptBlobs.Found found = blobs.entry(blobs.tree(commit)).orElseThrow();
            write.run();
            stage(index, found);
            if (!index.commit()) {
                throw new IOException("the index of " + repository.getDirectory() + " cannot be written");
            }
            move(head, commit, message);
            return commit;
        } finally {
            index.unlock();
        }
    }

    private void stage(DirCache index, ScriptBlobs.Found found) throws IOException {
        File file = new File(repository.getWorkTree(), blobs.path());
        DirCacheEditor editor = index.editor();
        editor.add(new DirCacheEditor.PathEdit(blobs.path()) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setObjectId(found.blob());
                entry.setFileMode(found.mode());
                entry.setLength(file.length());
                entry.setLastModified(repository.getFS().lastModifiedInstant(file));
            }
        });
        editor.finish();
        index.write();
    }

    private void move(ObjectId from, ObjectId to, String message) throws IOException {
        RefUpdate update = repository.updateRef(Constants.HEAD);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        String title = message.lines().findFirst().orElse("");
        update.setRefLogMessage("commit: " + title, false);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.FAST_FORWARD) {
            throw new IOException("HEAD cannot be moved on: " + result + "; the script is written and staged");
        }
    }

    private PersonIdent author(PersonIdent otherwise) {
        StoredConfig settings = repository.getConfig();
        String name = settings.getString("user", null, "name");
        String mail = settings.getString("user", null, "email");
        return name == null || mail == null
                ? otherwise
                : new PersonIdent(name, mail, otherwise.getWhenAsInstant(), otherwise.getZoneId());
    }
}
