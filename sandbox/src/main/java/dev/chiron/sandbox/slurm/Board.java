package dev.chiron.sandbox.slurm;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What the cluster says of all jobs, for all who wait: whoever looks first when it is due asks the controller, the others read the same
 * answer. A controller that does not answer is asked more and more seldom. Safe for use by several threads.
 */
final class Board {

    private static final String SILENT = "silent";

    private final Commands commands;
    private final Listing listing;
    private final String user;
    private final String label;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Notes notes;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last;
    private volatile long due;
    private int unanswered;
    private long silentSince;

    /**
     * What the cluster said.
     *
     * @param begun when it was asked; whatever was handed in before is in it
     * @param jobs by name
     */
    record Answer(boolean given, long begun, Map<String, Seen> jobs) {

        Optional<Seen> find(String name) {
            return Optional.ofNullable(jobs.get(name));
        }

        /** Whether it would name a job that was known to the cluster at that time. */
        boolean covers(long time) {
            return given && begun - time >= 0;
        }
    }

    /**
     * One on which nothing is written yet.
     *
     * @param user number of the user whose jobs are listed
     * @param label the beginning of their names
     */
    Board(Commands commands, Listing listing, String user, String label, Pace pace, LongSupplier nanos, Notes notes) {
        this.commands = commands;
        this.listing = listing;
        this.user = user;
        this.label = label;
        this.pace = pace;
        this.nanos = nanos;
        this.notes = notes;
        this.last = new Answer(false, nanos.getAsLong(), Map.of());
        this.due = nanos.getAsLong();
    }

    /** The last answer, a new one if one is due and nobody else is asking. */
    Answer look() {
        if (nanos.getAsLong() - due >= 0 && asking.tryLock()) {
            try {
                if (nanos.getAsLong() - due >= 0) {
                    ask();
                }
            } finally {
                asking.unlock();
            }
        }
        return last;
    }

    private void ask() {
        long begun = nanos.getAsLong();
        Commands.Said said = commands.run(listing.words(user));
        long now = nanos.getAsLong();
        if (listing.answered(said)) {
            Map<String, Seen> jobs = new LinkedHashMap<>();
            listing.jobs(said.out(), label).forEach(job -> jobs.put(job.name(), job));
            last = new Answer(true, begun, Collections.unmodifiableMap(jobs));
            unanswered = 0;
            if (notes.over(SILENT)) {
                notes.say("the controller answers again, after "
                        + Duration.ofNanos(now - silentSince).toSeconds() + " s.");
            }
        } else {
            silentSince = unanswered == 0 ? begun : silentSince;
            unanswered++;
            notes.once(
                    SILENT,
                    "the controller does not answer (" + Complaint.of(said).text() + "). It is asked again, every "
                            + pace.backoff(30).toSeconds() + " s at last; jobs that run are not touched by that.");
        }
        due = now + pace.backoff(unanswered).toNanos();
    }
}
