package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Isolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The contents of what a run must not change, before it. Walls do not let it; this looks again, and where there are no walls also at the
 * project itself.
 */
final class Guarded {

    /** A place and the names of what is guarded in it, with what is said of a change there. */
    private record Part(Path folder, List<String> paths, String where) {}

    private final List<Part> parts;
    private final List<Map<String, String>> before = new ArrayList<>();

    private Guarded(List<Part> parts) throws IOException {
        this.parts = parts;
        for (Part part : parts) {
            before.add(hashes(part));
        }
    }

    /** What holds now for a workspace that is ready. */
    static Guarded of(Training training, Path workspace, Isolation level) throws IOException {
        List<Part> parts = new ArrayList<>(List.of(new Part(workspace, training.readonly(), "")));
        if (level == Isolation.PLAIN) {
            Scoring scoring = training.scoring();
            List<String> own = Stream.of(training.readonly(), scoring.hidden(), List.of(training.script()))
                    .flatMap(List::stream)
                    .toList();
            parts.add(new Part(training.project().toRealPath(), own, " in the project itself"));
        }
        return new Guarded(parts);
    }

    /** What has been changed since then, as a sentence; empty if nothing was. */
    Optional<String> broken() throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            Map<String, String> now = hashes(parts.get(i));
            Set<String> names = new TreeSet<>(now.keySet());
            names.addAll(before.get(i).keySet());
            for (String name : names) {
                if (!Objects.equals(before.get(i).get(name), now.get(name))) {
                    return Optional.of(
                            "the run changed " + name + parts.get(i).where() + ", which it must not (readonly:)");
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> hashes(Part part) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String path : part.paths()) {
            Path top = part.folder().resolve(path).normalize();
            if (Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
                Files.walkFileTree(top, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        hashes.put(part.folder().relativize(file).toString(), content(file, attributes));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException problem) {
                        hashes.put(part.folder().relativize(file).toString(), "unreadable");
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        }
        return hashes;
    }

    private static String content(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return "link to " + Files.readSymbolicLink(file);
        }
        if (!attributes.isRegularFile() || !Files.isReadable(file)) {
            return "unreadable";
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
