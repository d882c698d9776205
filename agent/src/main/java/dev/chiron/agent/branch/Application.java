package dev.chiron.agent.branch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A trial that was written into the person's script, as {@code applied/0001/} of the study's folder keeps it: what the script was before,
 * byte for byte, and what was written.
 *
 * @param folder where it is kept
 * @param trial whose version was written
 * @param after SHA-256 of what was written
 * @param commit what was made of it; empty if nothing was
 */
record Application(Path folder, int trial, String after, Optional<String> commit) {

    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String FILE = "applied.json";
    private static final String UNDONE = ".undone";

    /** Keeps one, before anything is written. */
    static Application begin(Path study, int trial, byte[] before, byte[] after) throws IOException {
        Path all = Files.createDirectories(study.resolve("applied"));
        int number = 1;
        while (Files.exists(place(all, number, "")) || Files.exists(place(all, number, UNDONE))) {
            number++;
        }
        Path fresh = Files.createTempDirectory(all, "new");
        Files.write(fresh.resolve(BEFORE), before);
        Files.write(fresh.resolve(AFTER), after);
        new Application(fresh, trial, sha256(after), Optional.empty()).write(sha256(before));
        Path folder = Files.move(fresh, place(all, number, ""), StandardCopyOption.ATOMIC_MOVE);
        return new Application(folder, trial, sha256(after), Optional.empty());
    }

    /** The last one that was not taken back; empty if there is none. */
    static Optional<Application> last(Path study) throws IOException {
        List<Application> all = all(study);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Those that were not taken back, the first one first. */
    private static List<Application> all(Path study) throws IOException {
        Path folder = study.resolve("applied");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> places;
        try (Stream<Path> there = Files.list(folder)) {
            places = there.filter(place -> String.valueOf(place.getFileName()).matches("[0-9]{4,9}"))
                    .sorted(Comparator.comparingInt(place -> Integer.parseInt(String.valueOf(place.getFileName()))))
                    .toList();
        }
        List<Application> all = new ArrayList<>();
        for (Path place : places) {
            all.add(read(place));
        }
        return all;
    }

    /** The person's own script below the last application, and below those that it was made on. */
    static byte[] own(Path study) throws IOException {
        List<Application> all = all(study);
        byte[] own = all.get(all.size() - 1).before();
        for (int i = all.size() - 2; i >= 0 && all.get(i).wrote(own); i--) {
            own = all.get(i).before();
        }
        return own;
    }

    private static Application read(Path folder) throws IOException {
        JsonNode object = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(FILE)));
        String commit = object.path("commit").asText();
        return new Application(
                folder,
                object.path("trial").asInt(),
                object.path("after").asText(),
                commit.isEmpty() ? Optional.empty() : Optional.of(commit));
    }

    /** What the script was before. */
    byte[] before() throws IOException {
        return Files.readAllBytes(folder.resolve(BEFORE));
    }

    /** What was written. */
    byte[] written() throws IOException {
        return Files.readAllBytes(folder.resolve(AFTER));
    }

    /** Whether these bytes are what was written. */
    boolean wrote(byte[] script) {
        return sha256(script).equals(after);
    }

    Application committed(String id) throws IOException {
        Application known = new Application(folder, trial, after, Optional.of(id));
        known.write(sha256(before()));
        return known;
    }

    void undone() throws IOException {
        Files.move(folder, folder.resolveSibling(folder.getFileName() + UNDONE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets one of which nothing was written. */
    void forget() throws IOException {
        Files.delete(folder.resolve(BEFORE));
        Files.delete(folder.resolve(AFTER));
        Files.delete(folder.resolve(FILE));
        Files.delete(folder);
    }

    private void write(String before) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("trial", trial);
        object.put("before", before);
        object.put("after", after);
        commit.ifPresent(id -> object.put("commit", id));
        Disk.replace(folder.resolve(FILE), (object + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Path place(Path all, int number, String ending) {
        return all.resolve(String.format(Locale.ROOT, "%04d", number) + ending);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
