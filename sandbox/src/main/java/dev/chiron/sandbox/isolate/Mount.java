package dev.chiron.sandbox.isolate;

import java.nio.file.Path;

/**
 * One thing of the machine that a run sees.
 *
 * @param source where it is on the machine; for a link what it says
 * @param target where the run sees it
 */
public record Mount(Kind kind, Path source, Path target) {

    /** How it is seen. */
    public enum Kind {
        /** a file or folder that cannot be changed */
        READ,
        /** a folder that can be written */
        WRITE,
        /** a device */
        DEVICE,
        /** a symbolic link */
        LINK,
        /** a folder of the project, under the workspace's folder of that name */
        LAYER,
        /** an empty folder that cannot be written, over whatever is there */
        EMPTY
    }

    /** A file or folder at its own place, not to be changed. */
    public static Mount read(Path path) {
        return new Mount(Kind.READ, path, path);
    }
}
