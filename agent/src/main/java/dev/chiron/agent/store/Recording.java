package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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
 * @param attempts the runs that came to no trial, in order
 * @param versions with what the trials were run; none if it is from before that was kept
 */
public record Recording(
        String spec,
        List<Entry> entries,
        List<Instant> ends,
        Map<String, Place> after,
        List<Unused> unused,
        Imported imported,
        List<Taken> steerings,
        List<Happening> happenings,
        List<Attempt> attempts,
        List<Versions.Since> versions) {

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

    static final int VERSION = 1;

    /**
     * Reads a study without locking it; empty if the folder holds none.
     *
     * @throws UnusableStudy if it is damaged
     */
    public static Optional<Recording> read(Path folder) {
        try {
            JournalReader reader = new JournalReader(folder);
            Journal.read(folder.resolve("journal.jsonl"), reader::add);
            return reader.isEmpty() ? Optional.empty() : Optional.of(reader.recording());
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

    /**
     * The same with its trials in the order of their numbers, up to the first that has not ended: those that have ended before it are left out
     * until then.
     */
    public Recording inOrder() {
        List<Integer> order = IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                        place -> entries.get(place).trial().number()))
                .toList();
        int whole = 0;
        while (whole < order.size() && entries.get(order.get(whole)).trial().number() == whole) {
            whole++;
        }
        return new Recording(
                spec,
                order.subList(0, whole).stream().map(entries::get).toList(),
                order.subList(0, whole).stream().map(ends::get).toList(),
                after,
                unused,
                imported,
                steerings,
                happenings,
                attempts,
                versions);
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

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
