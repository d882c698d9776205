package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.llm.UsageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study's folder says: its frozen spec and its trials, in order.
 *
 * @param spec the text of {@code study.yaml}
 * @param ends when each trial was written down, which is when it had ended
 * @param after for each journal line's hash, what there was up to it
 * @param unused what models answered on turns that are in none of the trials
 * @param imported earlier results that the study began with
 * @param steerings what was wanted of the study while it ran, in order
 */
public record Recording(
        String spec,
        List<Entry> entries,
        List<Instant> ends,
        Map<String, Place> after,
        List<Unused> unused,
        Imported imported,
        List<Taken> steerings) {

    /** A place in the journal: how many trials and steerings there are up to it. */
    public record Place(int trials, int steerings) {}

    /** The type of a line that holds earlier results. */
    static final String IMPORTED = "imported";

    /** The type of a line that says what models answered on turns that are in no trial. */
    static final String UNUSED = "unused";

    /** The type of a line that holds a steering. */
    static final String STEERING = "steering";

    private static final int VERSION = 1;

    /**
     * Reads a study without locking it; empty if the folder holds none.
     *
     * @throws UnusableStudy if it is damaged
     */
    public static Optional<Recording> read(Path folder) {
        try {
            List<Journal.Line> lines = Journal.read(folder.resolve("journal.jsonl"));
            return lines.isEmpty() ? Optional.empty() : Optional.of(of(folder, lines));
        } catch (IOException e) {
            throw new UncheckedIOException("the study " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    static ObjectNode header(String spec, Instant now) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("type", "study");
        header.put("v", VERSION);
        header.put("at", now.toString());
        header.put("spec", sha256(spec));
        return header;
    }

    static Recording of(Path folder, List<Journal.Line> lines) throws IOException {
        Path journal = folder.resolve("journal.jsonl");
        JsonNode header = lines.get(0).object();
        if (!header.path("type").asText().equals("study") || header.path("v").asInt() != VERSION) {
            throw new UnusableStudy(journal + ":1: not a journal that this version of Chiron can read");
        }
        Path specFile = folder.resolve("study.yaml");
        String spec = Files.isRegularFile(specFile) ? Files.readString(specFile) : "";
        if (!sha256(spec).equals(header.path("spec").asText())) {
            throw new UnusableStudy(
                    specFile + " was changed or removed after the study began. Restore it, or start over "
                            + "with --fresh (the old study is kept aside).");
        }
        Variants variants = new Variants(folder);
        List<Entry> entries = new ArrayList<>();
        List<Instant> ends = new ArrayList<>();
        List<Unused> unused = new ArrayList<>();
        Imported imported = Imported.NONE;
        List<Taken> steerings = new ArrayList<>();
        Map<String, Place> after = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode object = lines.get(i).object();
            if (object.path("type").asText().equals("trial")) {
                entries.add(entry(journal, i + 1, object, entries.size(), variants));
                ends.add(end(journal, i + 1, object));
            } else if (object.path("type").asText().equals(IMPORTED)) {
                imported = imported(journal, i + 1, object);
            } else if (object.path("type").asText().equals(UNUSED)) {
                object.path("answers")
                        .forEach(answer -> unused.add(new Unused(
                                answer.path("key").asText(),
                                answer.path("author").asText(),
                                UsageJson.read(answer))));
            } else if (object.path("type").asText().equals(STEERING)) {
                steerings.add(steering(journal, i + 1, object, variants));
            }
            after.put(lines.get(i).hash(), new Place(entries.size(), steerings.size()));
        }
        return new Recording(
                spec,
                List.copyOf(entries),
                List.copyOf(ends),
                after,
                Unused.without(entries, unused),
                imported,
                List.copyOf(steerings));
    }

    private static Taken steering(Path journal, int line, JsonNode object, Variants variants) {
        try {
            return SteeringJson.read(object, variants);
        } catch (IllegalArgumentException e) {
            throw new UnusableStudy(journal + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private static Imported imported(Path journal, int line, JsonNode object) {
        try {
            return ImportedJson.read(object);
        } catch (IllegalArgumentException e) {
            throw new UnusableStudy(journal + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private static Entry entry(Path journal, int line, JsonNode object, int number, Variants variants) {
        try {
            Entry entry = EntryJson.read(object, variants);
            if (entry.trial().number() != number) {
                throw new IllegalArgumentException("trial " + number + " expected, not " + object.path("trial"));
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw new UnusableStudy(journal + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private static Instant end(Path journal, int line, JsonNode object) {
        try {
            return Instant.parse(object.path("at").asText());
        } catch (DateTimeParseException e) {
            throw new UnusableStudy(journal + ":" + line + ": no time: " + object.path("at"), e);
        }
    }

    /** What is wished for and not run yet. */
    public List<Taken> waiting() {
        return Wishes.waiting(entries, steerings);
    }

    /** What trials were wished for, by the trials' numbers. */
    public Map<Integer, Steering.Wish> wishes() {
        return Wishes.run(entries, steerings);
    }

    /** The place of the journal line of that hash; empty if the journal has no such line. */
    Optional<Place> place(String hash) {
        return Optional.ofNullable(after.get(hash));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
