package dev.chiron.agent;

import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Removes the checkpoints that there is no room for. What is kept follows from the trials that have been told, in their order, and from how large their
 * checkpoints are, so that a study which goes on has kept the same. Belongs to whoever writes the journal.
 */
public final class Keeping {

    /** No trial saves anything. */
    public static final Keeping NONE = new Keeping(Optional.empty(), 0, history -> Wanted.NOTHING, note -> {});

    private final Optional<Checkpoints> checkpoints;
    private final long room;
    private final Order order;
    private final Consumer<String> notes;
    private final Map<Integer, Long> sizes = new HashMap<>(); // of those that are there, by trial
    private boolean noted;

    /** Which checkpoints a study may still go on from. */
    public interface Order {

        /** Those of trials that have ended; what pending trials go on from is needed in any case. */
        Wanted wanted(History history);

        /** Where no trial goes on from another: the last ones. */
        Order LAST = history -> {
            List<Integer> numbers =
                    history.trials().stream().map(Trial::number).collect(Collectors.toCollection(ArrayList::new));
            Collections.reverse(numbers);
            return new Wanted(Set.of(), numbers);
        };
    }

    /**
     * What may still be gone on from.
     *
     * @param needed trials whose checkpoints stay, however little room there is
     * @param further others, the most wanted first; those that are in neither are of no use any more
     */
    public record Wanted(Set<Integer> needed, List<Integer> further) {

        static final Wanted NOTHING = new Wanted(Set.of(), List.of());

        /** Copies both. */
        public Wanted {
            needed = Collections.unmodifiableSet(new LinkedHashSet<>(needed));
            further = List.copyOf(further);
        }
    }

    private Keeping(Optional<Checkpoints> checkpoints, long room, Order order, Consumer<String> notes) {
        this.checkpoints = checkpoints;
        this.room = room;
        this.order = order;
        this.notes = notes;
    }

    /**
     * Within some room.
     *
     * @param room in bytes, which checkpoints that are needed may exceed
     * @param notes is told once when they do
     */
    public static Keeping within(Checkpoints checkpoints, long room, Order order, Consumer<String> notes) {
        return new Keeping(Optional.of(checkpoints), room, order, notes);
    }

    /** Removes what a process that was killed has left, too; before any trial is run. */
    void begin(History history) {
        checkpoints.ifPresent(all -> removing(all, all::clear));
        tidy(history);
    }

    /** Removes what there is no room for, now that these trials have ended; those of the best come right after those that are needed. */
    void tidy(History history) {
        if (!history.trials().isEmpty()) {
            checkpoints.ifPresent(all -> removing(all, () -> tidy(all, history)));
        }
    }

    private interface Removal {

        void run() throws IOException;
    }

    private static void removing(Checkpoints all, Removal removal) {
        try {
            removal.run();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoints in " + all.folder() + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private void tidy(Checkpoints all, History history) throws IOException {
        Set<Integer> ended = new HashSet<>();
        history.trials().forEach(trial -> ended.add(trial.number()));
        List<Integer> there = all.trials().stream().filter(ended::contains).toList();
        for (int trial : there) {
            if (!sizes.containsKey(trial)) {
                sizes.put(trial, all.bytes(trial));
            }
        }
        Set<Integer> kept = kept(there, history);
        for (int trial : there) {
            if (!kept.contains(trial)) {
                all.forget(trial);
                sizes.remove(trial);
            }
        }
    }

    /** From the most wanted down, whatever there is still room for: what is removed changes nothing about what is kept. */
    private Set<Integer> kept(List<Integer> there, History history) {
        Wanted wanted = order.wanted(history);
        Set<Integer> kept = new HashSet<>(wanted.needed());
        history.pending()
                .forEach(trial ->
                        kept.addAll(trial.change().begin().map(Begin::trials).orElse(List.of())));
        kept.retainAll(there);
        long taken = kept.stream().mapToLong(sizes::get).sum();
        if (taken > room && !noted) {
            noted = true;
            notes.accept("Note: checkpoints that are still needed take " + megabytes(taken)
                    + ", more than checkpoints.keep (" + megabytes(room) + ").");
        }
        List<Integer> further =
                new ArrayList<>(history.front().stream().map(Trial::number).toList());
        further.addAll(wanted.further());
        for (int trial : further) {
            long size = sizes.getOrDefault(trial, 0L);
            if (there.contains(trial) && !kept.contains(trial) && taken + size <= room) {
                kept.add(trial);
                taken += size;
            }
        }
        return kept;
    }

    private static String megabytes(long bytes) {
        return Math.max(1, Math.round(bytes / 1048576.0)) + " MB";
    }
}
