package dev.chiron.sandbox.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes jobs back.
 *
 * @param label the beginning of their names
 */
record Recall(Commands commands, String label) {

    /** Ends a job, if there is one; Slurm sees to what it has started. Its number may not be known, where an answer was lost. */
    void job(JobFolder folder) {
        String name = folder.name(label);
        boolean single = folder.attempt().task().isEmpty();
        Optional<String> id = folder.id();
        folder.retire();
        if (id.isPresent() || !single) {
            id.or(() -> listed(name)).ifPresent(number -> commands.run(List.of("scancel", number)));
        } else {
            commands.run(List.of("scancel", "--user=" + Cluster.user(), "--name=" + name));
        }
    }

    /** The number of a task, of which {@code scancel} knows no name. Nobody answers: then it ends as soon as it begins. */
    private Optional<String> listed(String task) {
        Listing listing = Cluster.listing(commands);
        return listing.jobs(commands.run(listing.words(Cluster.user())).out(), label).stream()
                .filter(job -> job.name().equals(task))
                .map(Seen::id)
                .findFirst();
    }

    /**
     * Ends all that are left of an earlier process, and removes their folder if nothing is in it.
     *
     * @return how many there were
     */
    int all(Backlog backlog, Path jobs) {
        List<JobFolder> left = backlog.all();
        left.forEach(this::job);
        try {
            Files.deleteIfExists(jobs);
        } catch (IOException stillThere) {
            return left.size(); // jobs that were cancelled are ending, and what they leave goes with the next session
        }
        return left.size();
    }
}
