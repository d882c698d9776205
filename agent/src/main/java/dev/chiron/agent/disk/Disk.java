package dev.chiron.agent.disk;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes that an interrupt does not cut off. A trial is given up by interrupting the loop's thread, and a channel that is written to
 * meanwhile, or afterwards, closes itself ({@link java.nio.channels.ClosedByInterruptException}); streams do not.
 */
public final class Disk {

    private Disk() {}

    /** Writes a file that nobody reads before it is whole. */
    public static void write(Path path, byte[] content) throws IOException {
        try (OutputStream out = new FileOutputStream(path.toFile())) {
            out.write(content);
        }
    }

    /** The same of a text, in UTF-8; what is cut inside a character is replaced. */
    public static void write(Path path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a file in the place of another, whole or not at all. */
    public static void replace(Path path, byte[] content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        write(fresh, content);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
