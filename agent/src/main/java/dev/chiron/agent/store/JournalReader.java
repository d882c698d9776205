package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.agent.llm.UsageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a {@link Recording} of a journal's lines, as many as there are so far. */
final class JournalReader {

    private final Path folder;
    private final Path journal;
    private final Variants variants;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Instant> ends = new ArrayList<>();
    private final List<Unused> unused = new ArrayList<>();
    private final List<Taken> steerings = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Versions.Since> versions = new ArrayList<>();
    private final Numbers numbers = new Numbers();
    private final Map<String, Recording.Place> after = new LinkedHashMap<>();
    private Imported imported = Imported.NONE;
    private String spec = "";
    private int lines;

    /** A reader of a study's journal, of which it has read nothing. */
    JournalReader(Path folder) {
        this.folder = folder;
        this.journal = folder.resolve("journal.jsonl");
        this.variants = new Variants(folder);
    }

    /** Whether there was no line. */
    boolean isEmpty() {
        return lines == 0;
    }

    private void begin(JsonNode object) {
        if (!object.path("type").asText().equals("study") || object.path("v").asInt() != Recording.VERSION) {
            throw new UnusableStudy(journal + ":1: not a journal that this version of Chiron can read");
        }
        Path specFile = folder.resolve("study.yaml");
        try {
            spec = Files.isRegularFile(specFile) ? Files.readString(specFile) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(specFile + " cannot be read: " + e.getMessage(), e);
        }
        if (!Recording.sha256(spec).equals(object.path("spec").asText())) {
            throw new UnusableStudy(
                    specFile + " was changed or removed after the study began. Restore it, or start over "
                            + "with --fresh (the old study is kept aside).");
        }
    }

    /**
     * Adds the next line.
     *
     * @throws UnusableStudy if it cannot be understood, naming the line; at the first if the study is of another version, or its spec is
     *     not the one that it began with
     */
    void add(Journal.Line line) {
        JsonNode object = line.object();
        if (lines++ == 0) {
            begin(object);
        }
        try {
            switch (object.path("type").asText()) {
                case "trial" -> {
                    Entry entry = entry(object);
                    entries.add(entry);
                    happenings.add(entry);
                    ends.add(Instant.parse(object.path("at").asText()));
                }
                case Attempt.ATTEMPT -> attempts.add(Attempt.of(object));
                case Versions.VERSIONS -> versions.add(new Versions.Since(entries.size(), Versions.of(object)));
                case Recording.PROPOSED -> happenings.add(proposed(object));
                case Recording.IMPORTED -> imported = ImportedJson.read(object);
                case Recording.UNUSED ->
                    object.path("answers")
                            .forEach(answer -> unused.add(new Unused(
                                    answer.path("key").asText(),
                                    answer.path("author").asText(),
                                    UsageJson.read(answer))));
                case Recording.STEERING -> {
                    Taken taken = SteeringJson.read(object, variants);
                    steerings.add(taken);
                    happenings.add(taken);
                }
                default -> {
                    // how busy workers were, or the header: neither is a trial
                }
            }
        } catch (DateTimeParseException e) {
            throw new UnusableStudy(journal + ":" + lines + ": no time: " + object.path("at"), e);
        } catch (IllegalArgumentException e) {
            throw new UnusableStudy(journal + ":" + lines + ": " + e.getMessage(), e);
        }
        after.put(line.hash(), new Recording.Place(entries.size(), steerings.size()));
    }

    private Entry entry(JsonNode object) {
        Entry entry = EntryJson.read(object, variants);
        numbers.end(entry.trial().number());
        return entry;
    }

    private Proposed proposed(JsonNode object) {
        Proposed proposed = EntryJson.readProposed(object, variants);
        numbers.propose(proposed.number());
        return proposed;
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

    /** What there is so far; what is added later does not change it, but for its {@link Recording#after}. */
    Recording recording() {
        return new Recording(
                spec,
                List.copyOf(entries),
                List.copyOf(ends),
                after,
                Unused.without(entries, unused),
                imported,
                List.copyOf(steerings),
                List.copyOf(happenings),
                List.copyOf(attempts),
                List.copyOf(versions));
    }
}
