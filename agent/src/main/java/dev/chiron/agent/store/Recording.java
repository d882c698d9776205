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
import java.util.Set;
import java.util.TreeSet;

/**
 * What a study's folder says: its frozen spec and its trials, in the order in which they ended; where they were run one after the other that
 * is the order of their numbers.
 *
 * @param spec the text of {@code study.yaml}
 * @param ends when each trial was written down, which is when it had ended
 * @param after for each journal line's hash, what there was up to it
 * @param unused what models answered on turns that are in none of the trials
 * @param imported earlier results that the study began with
 * @param steerings what was wanted of the study while it ran, in order
 * @param happenings the entries, the steerings, and what was proposed while others were running, as they follow one another
 */
public record Recording(
        String spec,
        List<Entry> entries,
        List<Instant> ends,
        Map<String, Place> after,
        List<Unused> unused,
        Imported imported,
        List<Taken> steerings,
        List<Happening> happenings) {

    /** A place in the journal: how many trials and steerings there are up to it. */
    public record Place(int trials, int steerings) {}

    /** The type of a line that holds a trial which was proposed while others were running. */
    static final String PROPOSED = "proposed";

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
        List<Happening> happenings = new ArrayList<>();
        Numbers numbers = new Numbers();
        Map<String, Place> after = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode object = lines.get(i).object();
            if (object.path("type").asText().equals("trial")) {
                Entry entry = entry(journal, i + 1, object, numbers, variants);
                entries.add(entry);
                happenings.add(entry);
                ends.add(end(journal, i + 1, object));
            } else if (object.path("type").asText().equals(PROPOSED)) {
                happenings.add(proposed(journal, i + 1, object, numbers, variants));
            } else if (object.path("type").asText().equals(IMPORTED)) {
                imported = imported(journal, i + 1, object);
            } else if (object.path("type").asText().equals(UNUSED)) {
                object.path("answers")
                        .forEach(answer -> unused.add(new Unused(
                                answer.path("key").asText(),
                                answer.path("author").asText(),
                                UsageJson.read(answer))));
            } else if (object.path("type").asText().equals(STEERING)) {
                Taken taken = steering(journal, i + 1, object, variants);
                steerings.add(taken);
                happenings.add(taken);
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
                List.copyOf(steerings),
                List.copyOf(happenings));
    }

    /** The numbers that trials may have: the next one, or that of one which was proposed and has not ended. */
    private static final class Numbers {
        private final Set<Integer> pending = new TreeSet<>();
        private int next;

        void propose(int number) {
            if (number != next) {
                throw new IllegalArgumentException("trial " + next + " expected, not " + number);
            }
            pending.add(next++);
        }

        void end(int number) {
            if (!pending.remove(number)) {
                propose(number);
                pending.remove(number);
            }
        }
    }

    private static Proposed proposed(Path journal, int line, JsonNode object, Numbers numbers, Variants variants) {
        try {
            Proposed proposed = EntryJson.readProposed(object, variants);
            numbers.propose(proposed.number());
            return proposed;
        } catch (IllegalArgumentException e) {
            throw new UnusableStudy(journal + ":" + line + ": " + e.getMessage(), e);
        }
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

    private static Entry entry(Path journal, int line, JsonNode object, Numbers numbers, Variants variants) {
        try {
            Entry entry = EntryJson.read(object, variants);
            numbers.end(entry.trial().number());
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

    /** The trials that were proposed and have not ended: running, ready to run, or cut off when the study stopped. */
    public List<Proposed> pending() {
        Map<Integer, Proposed> pending = new LinkedHashMap<>();
        for (Happening happening : happenings) {
            if (happening instanceof Proposed proposed) {
                pending.put(proposed.number(), proposed);
            } else if (happening instanceof Entry entry) {
                pending.remove(entry.trial().number());
            }
        }
        return List.copyOf(pending.values());
    }

    /** What is wished for and not run yet. */
    public List<Taken> waiting() {
        return Wishes.waiting(happenings);
    }

    /** What trials were wished for, by the trials' numbers. */
    public Map<Integer, Steering.Wish> wishes() {
        return Wishes.run(happenings);
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
