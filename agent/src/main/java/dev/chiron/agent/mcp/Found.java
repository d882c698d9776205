package dev.chiron.agent.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The studies and task files in a folder, not far below it and without following links.
 *
 * @param studies their folders, in the order of their names
 * @param tasks files called {@code chiron.yaml}
 */
record Found(List<Path> studies, List<Path> tasks) {

    private static final int DEPTH = 5;
    private static final int MOST = 200;

    static Found in(Path root) {
        List<Path> studies = new ArrayList<>();
        List<Path> tasks = new ArrayList<>();
        try {
            Files.walkFileTree(
                    root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEPTH, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                            String name = String.valueOf(folder.getFileName());
                            if (!folder.equals(root) && (name.startsWith(".") || name.equals("node_modules"))) {
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            if (Files.isRegularFile(folder.resolve("journal.jsonl"))) {
                                studies.add(folder);
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            return studies.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile()
                                    && file.getFileName().toString().equals("chiron.yaml")
                                    && tasks.size() < MOST) {
                                tasks.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException problem) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(root + " cannot be read: " + e.getMessage(), e);
        }
        return new Found(
                studies.stream().sorted().toList(), tasks.stream().sorted().toList());
    }
}
