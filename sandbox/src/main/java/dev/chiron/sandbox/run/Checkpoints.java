package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the checkpoints of a study's trials lie: a folder each, outside of every workspace, of regular files alone. A run never writes here. It saves into a
 * folder of its own, which is taken over once it has ended well; whole or not at all, however this process ends.
 *
 * @param folder absolute, on the file system of the workspaces; there once something was taken
 */
public record Checkpoints(Path folder) {

    /** Where a run is told the folder that it goes on from; not set where it begins from the start. */
    public static final String LOAD = "CHIRON_LOAD";

    /** Where a run is told the folder to save to. */
    public static final String SAVE = "CHIRON_SAVE";

    private static final String NAME = "[0-9]{4,9}";
    private static final String PART = ".part-";

    /** The checkpoint of a trial, there or not. */
    public Path of(int trial) {
        return folder.resolve(name(trial));
    }

    private static String name(int trial) {
        return String.format(Locale.ROOT, "%04d", trial);
    }

    /** Whether a trial's checkpoint is there. */
    public boolean has(int trial) {
        return Files.isDirectory(of(trial), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Takes over what a run has saved, in place of whatever there is of that trial: regular files alone, which nobody writes to any more. Links, pipes and the like
     * are left out.
     *
     * @param saved a folder of the run's workspace, gone afterwards; no process of the run is left
     * @return whether there is anything to go on from
     */
    public boolean take(Path saved, int trial) throws IOException {
        Files.createDirectories(folder);
        forget(trial);
        Path part = folder.resolve(PART + name(trial));
        if (!taken(saved, part)) {
            return false;
        }
        Files.move(part, of(trial));
        return true;
    }

    /** Moves what was saved and makes plain files of it; whether there is any. */
    static boolean taken(Path saved, Path place) throws IOException {
        if (!Files.isDirectory(saved, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Plainly.open(saved);
        Files.move(saved, place);
        if (!Plainly.sealed(place)) {
            Clearing.remove(place);
            return false;
        }
        return true;
    }

    /** Removes a trial's checkpoint, and what was taken of it when this process was killed. */
    public void forget(int trial) throws IOException {
        Path part = folder.resolve(PART + name(trial));
        if (has(trial)) { // gone at once, however long it takes to remove its files
            Clearing.remove(part);
            Files.move(of(trial), part);
        }
        Clearing.remove(part);
    }

    /**
     * Removes what processes that were killed have taken over or removed in part. Of a trial that is not run again nobody else would. Not while one may be taken
     * over.
     */
    public void clear() throws IOException {
        for (String name : names()) {
            if (name.startsWith(PART)) {
                Clearing.remove(folder.resolve(name));
            }
        }
    }

    /** The trials whose checkpoints are there, by number. */
    public List<Integer> trials() throws IOException {
        return names().stream()
                .filter(name -> name.matches(NAME))
                .map(Integer::parseInt)
                .sorted()
                .toList();
    }

    private List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }

    /** How many bytes of disk a trial's checkpoint takes. */
    public long bytes(int trial) {
        return DiskUse.below(List.of(of(trial))).bytes();
    }
}
