package dev.chiron.sandbox.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What a run saved to be scored. It is not trusted: only regular files are copied, no link is followed and no pipe opened.
 *
 * @param workspace without links on the way
 * @param folder below the workspace
 * @param name the folder as the task names it
 */
record Artifacts(Path workspace, Path folder, String name) {

    /** Those of a workspace; none where the task scores nothing. */
    static Optional<Artifacts> of(Training training, Path workspace) {
        Scoring scoring = training.scoring();
        return scoring.isAsked()
                ? Optional.of(new Artifacts(
                        workspace, workspace.resolve(scoring.artifacts()).normalize(), scoring.artifacts()))
                : Optional.empty();
    }

    /**
     * Makes the folder.
     *
     * @throws IllegalArgumentException if a link or a file of the project lies on the way
     */
    void make() throws IOException {
        Path at = workspace;
        for (Path part : workspace.relativize(folder)) {
            at = at.resolve(part);
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !isFolder(at)) {
                throw new IllegalArgumentException("artifacts: " + name + " leads through " + workspace.relativize(at)
                        + ", which is no folder of the project's own");
            }
        }
        Files.createDirectories(folder);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Copies them to the folder of another workspace, which is there and empty.
     *
     * @param most bytes
     * @return why there is nothing to score; empty if there is
     */
    Optional<String> copyTo(Artifacts other, long most) throws IOException {
        Path at = workspace;
        for (Path part : workspace.relativize(folder)) {
            at = at.resolve(part);
            if (!isFolder(at)) {
                return Optional.of(
                        nothing(Files.exists(at, LinkOption.NOFOLLOW_LINKS) ? "is no folder any more" : "is gone"));
            }
        }
        Copying copying = new Copying(folder, other.folder, most);
        Files.walkFileTree(folder, copying);
        if (copying.left < 0) {
            return Optional.of("what the run saved in " + name + " is larger than limits.disk allows");
        }
        return copying.files == 0
                ? Optional.of(
                        nothing(copying.others == 0 ? "is empty" : "holds no regular file, only links or the like"))
                : Optional.empty();
    }

    private String nothing(String why) {
        return "the run saved nothing to score: " + name + " " + why + " (the folder's path is in the variable "
                + Stage.ARTIFACTS + ")";
    }

    private static final class Copying extends SimpleFileVisitor<Path> {

        private final Path from;
        private final Path to;
        private long left;
        private long entries;
        private long files;
        private long others;

        Copying(Path from, Path to, long most) {
            this.from = from;
            this.to = to;
            this.left = most;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isRegularFile()) {
                others++;
                return next();
            }
            if (attributes.size() > left) {
                left = -1;
                return FileVisitResult.TERMINATE;
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                copy(in, to.resolve(from.relativize(file)));
                files++;
            } catch (AccessDeniedException unreadable) {
                others++;
            }
            return next();
        }

        private void copy(InputStream in, Path target) throws IOException {
            byte[] buffer = new byte[1 << 16];
            try (OutputStream out = Files.newOutputStream(target)) {
                for (int n = in.read(buffer); n >= 0 && left >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    left -= n;
                }
            }
        }

        private FileVisitResult next() {
            if (++entries > Bounds.FILES) {
                left = -1;
            }
            return left < 0 ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            others++;
            return next();
        }
    }
}
