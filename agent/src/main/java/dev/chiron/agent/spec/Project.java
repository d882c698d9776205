package dev.chiron.agent.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of a task; checks the files that the task names. */
record Project(Path folder) {

    /** The project of a chiron.yaml: the folder that it lies in. */
    static Project of(Path file) {
        return new Project(folderOf(file));
    }

    /** The folder that a file lies in, absolute. */
    static Path folderOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return Optional.ofNullable(absolute.getParent()).orElse(absolute);
    }

    /** The script's path below the folder, with slashes. */
    String script(Scalar name) {
        Path file = existing(name, "correct the name");
        if (!Files.isRegularFile(file)) {
            throw name.bad(name.shown() + " is not a file");
        }
        return relative(file);
    }

    /** The path below the folder of a file or folder that must not be edited. */
    String readonly(Scalar name) {
        return relative(existing(name, "correct or remove it"));
    }

    /** The path below the folder of a file or folder that trials do not see. */
    String hidden(Scalar name) {
        return relative(existing(name, "correct or remove it"));
    }

    /** The path of a file or folder that a run will write. */
    String written(Scalar name) {
        return relative(inside(name));
    }

    private Path existing(Scalar name, String remedy) {
        Path file = inside(name);
        if (!Files.exists(file)) {
            throw name.bad("no file " + name.shown() + " in " + folder + "; " + remedy);
        }
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw name.bad(name.shown() + " leads out of the project's folder " + folder);
            }
        } catch (IOException e) {
            throw name.bad(name.shown() + " cannot be looked at: " + e.getMessage());
        }
        return file;
    }

    private Path inside(Scalar name) {
        Path file;
        try {
            file = folder.resolve(name.words()).normalize();
        } catch (InvalidPathException e) {
            throw name.bad(name.shown() + " is no file name");
        }
        if (Path.of(name.words()).isAbsolute() || !file.startsWith(folder) || file.equals(folder)) {
            throw name.bad(name.shown() + " must lie in the project's folder " + folder);
        }
        return file;
    }

    private String relative(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
