package dev.chiron.sandbox.branch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;

/** One script as git's objects: stored as {@code git add} would store it, in trees that are a commit's but for it. */
final class ScriptBlobs {

    /** By which git rewrites a file on its way in, with programs or encodings that are not ours to run. */
    private static final List<String> REWRITING = List.of(Constants.ATTR_FILTER, "working-tree-encoding", "ident");

    private final Repository repository;
    private final String path;
    private final boolean executable;
    private final EolStreamType ends;
    private final boolean ignored;

    /**
     * @param path below the repository's root, with slashes
     * @throws IOException also if git would store the script other than as its text
     */
    ScriptBlobs(Repository repository, Path script, String path) throws IOException {
        this.repository = repository;
        this.path = path;
        this.executable = Files.isExecutable(script);
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setOperationType(OperationType.CHECKIN_OP);
            walk.addTree(new FileTreeIterator(repository));
            walk.setFilter(PathFilter.create(path));
            walk.setRecursive(true);
            if (!walk.next()) {
                throw new IOException(path + " is not where git sees it, in " + repository.getWorkTree());
            }
            this.ends = ends(walk);
            this.ignored = walk.getTree(0, WorkingTreeIterator.class).isEntryIgnored() && !isTracked();
        }
    }

    private EolStreamType ends(TreeWalk walk) throws IOException {
        Attributes attributes = walk.getAttributes();
        for (String rewriting : REWRITING) {
            Attribute attribute = attributes.get(rewriting);
            if (attribute != null && attribute.getState() != Attribute.State.UNSET) {
                throw new IOException(path + " has the git attribute `" + rewriting + "`, by which git stores "
                        + "another text than the file's: Chiron does not");
            }
        }
        return walk.getEolStreamType(OperationType.CHECKIN_OP);
    }

    private boolean isTracked() throws IOException {
        ObjectId head = repository.resolve("HEAD^{tree}");
        return repository.readDirCache().getEntry(path) != null
                || (head != null && entry(head).isPresent());
    }

    String path() {
        return path;
    }

    /** Whether the repository neither has the script nor wants it. */
    boolean isIgnored() {
        return ignored;
    }

    /** Where a tree has the script. */
    record Found(ObjectId blob, FileMode mode) {}

    Optional<Found> entry(ObjectId tree) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(repository, path, tree)) {
            return walk == null ? Optional.empty() : Optional.of(new Found(walk.getObjectId(0), walk.getFileMode(0)));
        }
    }

    ObjectId tree(ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getTree();
        }
    }

    boolean isSame(ObjectId commit, byte[] script) throws IOException {
        Optional<Found> found = entry(tree(commit));
        return found.isPresent() && found.get().blob().equals(id(script, found));
    }

    /** The id that the script has beside what is there of it. */
    ObjectId id(byte[] script, Optional<Found> beside) throws IOException {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, stored(script, beside));
        }
    }

    /** A file that git chose to leave its CRLFs once keeps them. */
    private byte[] stored(byte[] script, Optional<Found> beside) throws IOException {
        boolean automatic = ends == EolStreamType.AUTO_LF || ends == EolStreamType.AUTO_CRLF;
        if (automatic && beside.isPresent() && hasCrLf(beside.get().blob())) {
            return script;
        }
        try (InputStream in = EolStreamTypeUtil.wrapInputStream(new ByteArrayInputStream(script), ends)) {
            return in.readAllBytes();
        }
    }

    private boolean hasCrLf(ObjectId blob) throws IOException {
        return RawText.isCrLfText(repository.open(blob, Constants.OBJ_BLOB).getBytes());
    }

    ObjectId commit(Optional<ObjectId> parent, byte[] script, String message, PersonIdent author) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = inserter.newReader()) {
            DirCache files = DirCache.newInCore();
            Optional<Found> before = Optional.empty();
            if (parent.isPresent()) {
                ObjectId tree = tree(parent.get());
                before = entry(tree);
                DirCacheBuilder all = files.builder();
                all.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, tree);
                all.finish();
            }
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, stored(script, before));
            set(files, blob, before.map(Found::mode));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(files.writeTree(inserter));
            parent.ifPresent(commit::setParentId);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setEncoding(StandardCharsets.UTF_8);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private void set(DirCache files, ObjectId blob, Optional<FileMode> mode) {
        DirCacheEditor editor = files.editor();
        editor.add(new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setObjectId(blob);
                entry.setFileMode(mode.orElse(executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE));
            }
        });
        editor.finish();
    }
}
