package dev.chiron.agent.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A study that another process may be writing, read without its lock and without writing a byte: each look reads only what the journal
 * has gained. For one thread.
 */
public final class Tail {

    private static final String NONE = "";

    private final Path folder;
    private final Path journal;
    private Optional<JournalReader> reader = Optional.empty();
    private String first = NONE; // hash of the journal's first line
    private String last = Journal.BEFORE_FIRST;
    private int lines;
    private long bytes;

    public Tail(Path folder) {
        this.folder = folder;
        this.journal = folder.resolve("journal.jsonl");
    }

    /**
     * What there is now.
     *
     * @param study names the study as long as its journal is the same one, whoever reads it; empty where none is
     * @param recording empty where none is
     */
    public record Look(String study, Optional<Recording> recording) {}

    /**
     * Looks again; empty if nothing has changed since the last look.
     *
     * @throws UnusableStudy if the journal is damaged; the next look begins anew
     */
    public Optional<Look> look() {
        try {
            if (!Files.isRegularFile(journal)) {
                return gone();
            }
            if (bytes > 0 && Files.size(journal) == bytes) {
                return Optional.empty();
            }
            return read();
        } catch (NoSuchFileException | FileNotFoundException e) {
            return gone(); // moved away meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException("the study " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<Look> read() throws IOException {
        try {
            return gain();
        } catch (UnusableStudy e) {
            boolean known = bytes > 0;
            forget();
            if (known) {
                return gain(); // another study lies here now, or this one is damaged
            }
            throw e;
        } catch (IOException | RuntimeException e) {
            forget();
            throw e;
        }
    }

    private Optional<Look> gain() throws IOException {
        JournalReader known = reader.orElseGet(() -> new JournalReader(folder));
        Journal.Content gained = Journal.gained(journal, bytes, lines, last, line -> {
            first = known.isEmpty() ? line.hash() : first;
            known.add(line);
        });
        if (gained.lines() == 0) {
            return Optional.empty();
        }
        reader = Optional.of(known);
        bytes += gained.bytes();
        lines += gained.lines();
        last = gained.last();
        return Optional.of(new Look(first, Optional.of(known.recording())));
    }

    private Optional<Look> gone() {
        boolean was = bytes > 0;
        forget();
        return was ? Optional.of(new Look(NONE, Optional.empty())) : Optional.empty();
    }

    private void forget() {
        reader = Optional.empty();
        first = NONE;
        last = Journal.BEFORE_FIRST;
        lines = 0;
        bytes = 0;
    }
}
