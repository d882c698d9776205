package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Homes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Copies a project into a workspace, without what is not its own: version control, caches, virtual environments, studies.
 * Links within the project lead within the copy; links out of it lead where they led, since data often lies elsewhere.
 */
final class ProjectCopy extends SimpleFileVisitor<Path> {

    private static final String GIT = ".git";
    private static final List<String> LEFT_OUT = List.of(GIT, "__pycache__", ".venv", "venv", "node_modules");

    private static final int MOST_LAYERS = 16;
    private static final int MANY = 200;
    private static final long LARGE = 16 << 20;

    private final Path project;
    private final Path workspace;
    private final List<Path> outside = new ArrayList<>();
    private final List<Path> layers = new ArrayList<>();
    private final List<Path> hidden = new ArrayList<>();
    private final List<Path> unread = new ArrayList<>();
    private final Path script;
    private final Omitted omitted;
    private final BiPredicate<Path, Path> canLayer;
    private long bytes;

    /**
     * A copy, after it.
     *
     * @param outside where links lead that leave the project
     * @param bytes of all files, also of those that were not copied
     * @param layers folders of the project that were not copied but are to be laid under those of the workspace
     * @param hidden folders of the workspace that a layer would show and a copy has not
     * @param unread files and folders, relative to the project, that this process may not read
     */
    record Copied(List<Path> outside, long bytes, List<Path> layers, List<Path> hidden, List<Path> unread) {}

    /**
     * What a copy has not though it is the project's own.
     *
     * @param unseen files and folders that no run in the workspace is to see
     * @param fresh a folder that the run fills itself
     */
    record Omitted(List<Path> unseen, Optional<Path> fresh) {

        static final Omitted NOTHING = new Omitted(List.of(), Optional.empty());

        boolean has(Path path) {
            return unseen.contains(path) || fresh.filter(path::equals).isPresent();
        }
    }

    private ProjectCopy(
            Path project, Path workspace, String script, Omitted omitted, BiPredicate<Path, Path> canLayer) {
        this.project = project;
        this.workspace = workspace;
        this.omitted = omitted;
        this.script = project.resolve(script).normalize();
        this.canLayer = canLayer;
    }

    /**
     * Copies it; the workspace may lie inside the project.
     *
     * @param script its path in the project: always copied
     * @param omitted what is left out, absolute paths without links on the way
     * @param canLayer whether a large folder of the project need not be copied, but is laid under the workspace's
     * @return what was copied
     */
    static Copied copy(Path project, Path workspace, String script, Omitted omitted, BiPredicate<Path, Path> canLayer)
            throws IOException {
        Files.createDirectories(workspace);
        Path from = project.toRealPath();
        ProjectCopy copy = new ProjectCopy(from, workspace.toRealPath(), script, omitted, canLayer);
        Files.walkFileTree(from, copy);
        return new Copied(
                List.copyOf(copy.outside),
                copy.bytes,
                List.copyOf(copy.layers),
                List.copyOf(copy.hidden),
                List.copyOf(copy.unread));
    }

    private boolean isLayered(Path path) {
        return layers.stream().anyMatch(path::startsWith);
    }

    /** Whether a folder at the project's top is worth a mount of its own. The workspace's layer must not lie in what it lies over. */
    private boolean isLarge(Path folder) throws IOException {
        if (!project.equals(folder.getParent())
                || layers.size() == MOST_LAYERS
                || workspace.startsWith(folder)
                || omitted.fresh().filter(made -> made.startsWith(folder)).isPresent()) {
            return false;
        }
        long[] seen = new long[2];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                seen[0]++;
                seen[1] += attributes.size();
                return seen[0] > MANY || seen[1] > LARGE ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                return FileVisitResult.CONTINUE;
            }
        });
        return seen[0] > MANY || seen[1] > LARGE;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (folder.equals(project)) {
            return FileVisitResult.CONTINUE;
        }
        String name = folder.getFileName().toString();
        boolean study = name.startsWith("chiron-study")
                || (Files.exists(folder.resolve("journal.jsonl")) && Files.exists(folder.resolve("study.yaml")));
        boolean built = name.equals("target") && Files.exists(folder.resolveSibling("pom.xml"));
        if (omitted.has(folder)
                || study
                || built
                || LEFT_OUT.contains(name)
                || Homes.isSecret(folder)
                || folder.equals(workspace)) {
            if (isLayered(folder)) {
                hidden.add(place(folder));
            }
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (!isLayered(folder)) {
            Files.createDirectories(place(folder));
            if (isLarge(folder) && canLayer.test(folder, place(folder))) {
                layers.add(folder);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (omitted.has(file)) {
            cover(file);
        } else if (attributes.isSymbolicLink()) {
            link(file);
        } else if (isLayered(file) && !file.equals(script)) {
            bytes += attributes.size();
        } else if (attributes.isRegularFile()) { // a pipe would never end
            makeWayFor(file);
            copy(file, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    /** An empty file that nobody may read lies over what a layer would show, and whoever removes it removes what is below, too. */
    private void cover(Path file) throws IOException {
        if (isLayered(file)) {
            makeWayFor(file);
            Path cover = Files.createFile(place(file));
            if (!cover.toFile().setReadable(false, false)) {
                throw new IOException("a file over " + file + " cannot be made unreadable");
            }
        }
    }

    private void copy(Path file, BasicFileAttributes attributes) throws IOException {
        if (file.endsWith(GIT) || Homes.isSecret(file)) {
            return; // through a worktree's or a submodule's a commit would land in the person's own repository
        }
        try {
            Path copy = Files.copy(file, place(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            bytes += attributes.size();
            if (!Files.isWritable(copy) && !copy.toFile().setWritable(true, true)) {
                throw new IOException("the copy of " + file + " cannot be made writable");
            }
        } catch (AccessDeniedException | NoSuchFileException e) {
            visitFileFailed(file, e);
        }
    }

    /** What this process may not read, the script could not read either; what is gone by now, somebody works on. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
        if (problem instanceof NoSuchFileException && !file.equals(project) && !file.equals(script)) {
            return FileVisitResult.CONTINUE;
        }
        if (!(problem instanceof AccessDeniedException) || file.equals(project) || file.equals(script)) {
            throw problem;
        }
        unread.add(project.relativize(file));
        return FileVisitResult.CONTINUE;
    }

    private void link(Path link) throws IOException {
        if (!Files.exists(link) || link.endsWith(GIT)) {
            return;
        }
        Path target = link.toRealPath();
        // Relative inside the project, where an absolute link would lead out of the copy; data often lies elsewhere.
        Path relative = link.resolveSibling(".").normalize().relativize(target);
        Path inside = relative.toString().isEmpty() ? Path.of(".") : relative; // a link to the folder that it lies in
        boolean leaves = !target.startsWith(project);
        if (leaves) {
            outside.add(target);
        }
        makeWayFor(link);
        Files.createSymbolicLink(place(link), leaves ? target : inside);
    }

    /** Folders below a layer are not copied, but some of what is in them is. */
    private void makeWayFor(Path file) throws IOException {
        if (isLayered(file)) {
            Files.createDirectories(place(file).resolveSibling("."));
        }
    }

    private Path place(Path original) {
        return workspace.resolve(project.relativize(original));
    }
}
