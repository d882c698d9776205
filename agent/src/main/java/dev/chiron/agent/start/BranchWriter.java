package dev.chiron.agent.start;

import dev.chiron.agent.Event;
import dev.chiron.agent.branch.StudyBranch;
import dev.chiron.optimizers.study.History;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps a study's branch in the person's repository up to what was kept, and says at the end where it is. */
final class BranchWriter implements Event.Listener {

    private final StudyBranch branch;
    private final Event.Listener next;
    private final Consumer<String> sink;
    private final Set<String> notes = new LinkedHashSet<>();
    private Optional<String> written = Optional.empty();

    /** @param next is told of everything first */
    BranchWriter(StudyBranch branch, Event.Listener next, Consumer<String> sink) {
        this.branch = branch;
        this.next = next;
        this.sink = sink;
    }

    @Override
    public void on(Event event) {
        next.on(event);
        if (event instanceof Event.Started started) {
            sync(started.history());
        } else if (event instanceof Event.Finished finished
                && finished.history().crowned() == finished.entry().trial().number()) {
            sync(finished.history());
        } else if (event instanceof Event.Ended) {
            written.ifPresent(name -> sink.accept("What was kept is on the branch " + name + "."));
            notes.forEach(note -> sink.accept("Note: " + note));
        }
    }

    private void sync(History history) {
        branch.sync(history).ifPresent(synced -> {
            written = synced.branch().or(() -> written);
            synced.note().ifPresent(notes::add);
        });
    }
}
