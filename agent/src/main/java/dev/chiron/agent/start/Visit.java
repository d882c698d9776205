package dev.chiron.agent.start;

import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.store.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A session's stay at a study, which it may end and open again. Only the first opening may begin anew, and its flags hold against what was
 * steered before the visit, not against what is steered during it. For one thread at a time.
 */
public final class Visit {

    private final Studio studio;
    private final Path file;
    private final List<Setting> flags;
    private final Path folder;
    private boolean fresh;
    private Optional<Integer> steered = Optional.empty(); // steerings before the visit

    /**
     * A visit that has not begun.
     *
     * @param file the task's
     * @param flags settings that come before those of the file
     * @param folder of the study
     * @param fresh whether to begin anew; an old study is moved aside
     */
    public Visit(Surroundings surroundings, Path file, List<Setting> flags, Path folder, boolean fresh) {
        this.studio = new Studio(surroundings);
        this.file = file;
        this.flags = List.copyOf(flags);
        this.folder = folder;
        this.fresh = fresh;
    }

    /** Opens the study, as {@link Studio#open(Path, List, Path, boolean)} does. */
    public Opening open() {
        int before = steered.orElseGet(() -> fresh
                ? 0
                : Recording.read(folder).map(study -> study.steerings().size()).orElse(0));
        Opening opening = studio.open(file, flags, folder, fresh, before);
        if (opening instanceof OpenStudy) {
            steered = Optional.of(before);
            fresh = false; // what is opened again goes on
        }
        return opening;
    }

    /** Whether opening it would begin anew. */
    public boolean isFresh() {
        return fresh;
    }
}
