package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies a project into a workspace, without what is not its own: version control, caches, virtual environments, studies.
 * Links within the project lead within the copy; links out of it lead where they led, since data often lies elsewhere.
 */
final class ProjectCopy extends SimpleFileVisitor<Path> {

    private static final List<String> LEFT_OUT = List.of(".git", "__pycache__", ".venv", "venv", "node_modules");

    private final Path project;
    private final Path workspace;
    private final List<Path> outside = new ArrayList<>();
    private long bytes;

    /**
     * A copy, after it.
     *
     * @param outside where links lead that leave the project
     * @param bytes of all files
     */
    record Copied(List<Path> outside, long bytes) {}

    private ProjectCopy(Path project, Path workspace) {
        this.project = project;
        this.workspace = workspace;
    }

    /**
     * Copies it; the workspace may lie inside the project.
     *
     * @return what was copied
     */
    static Copied copy(Path project, Path workspace) throws IOException {
        Files.createDirectories(workspace);
        Path from = project.toRealPath();
        ProjectCopy copy = new ProjectCopy(from, workspace.toRealPath());
        Files.walkFileTree(from, copy);
        return new Copied(List.copyOf(copy.outside), copy.bytes);
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
        if (study || built || LEFT_OUT.contains(name) || folder.equals(workspace)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(place(folder));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            link(file);
        } else if (attributes.isRegularFile()) { // a pipe would never end
            Path copy = Files.copy(file, place(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            bytes += attributes.size();
            if (!Files.isWritable(copy) && !copy.toFile().setWritable(true, true)) {
                throw new IOException("the copy of " + file + " cannot be made writable");
            }
        }
        return FileVisitResult.CONTINUE;
    }

    private void link(Path link) throws IOException {
        if (!Files.exists(link)) {
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
        Files.createSymbolicLink(place(link), leaves ? target : inside);
    }

    private Path place(Path original) {
        return workspace.resolve(project.relativize(original));
    }
}
