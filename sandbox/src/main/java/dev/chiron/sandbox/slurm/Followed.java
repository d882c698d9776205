package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Execution;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A job that was handed in, until its end. */
final class Followed {

    /** How long a job that ended well may take to show its outcome here: file systems over the network look up to a minute late. */
    private static final Duration LATE = Duration.ofSeconds(90);

    private static final String NOT_KNOWN = "not known";

    private final JobFolder folder;
    private final String name;
    private final Board board;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Notes notes;
    private final long begun;
    private boolean ran;
    private Optional<Long> waitsSince = Optional.empty();
    private Optional<Long> endedAt = Optional.empty();

    /** How it came to its end. */
    sealed interface End {

        /** It said what came of it. */
        record Told(Execution execution) implements End {}

        /** It ended and did not say how. */
        record Silent(Seen job) implements End {}

        /** It waited too long, and still does. */
        record Overdue(String why) implements End {}
    }

    Followed(JobFolder folder, String name, Board board, Pace pace, LongSupplier nanos, Notes notes) {
        this.folder = folder;
        this.name = name;
        this.board = board;
        this.pace = pace;
        this.nanos = nanos;
        this.notes = notes;
        this.begun = nanos.getAsLong();
    }

    /** Waits for it; whatever the controller is up to, what the job wrote counts. */
    End end() throws InterruptedException, IOException {
        while (true) {
            Optional<Execution> told = folder.end();
            if (told.isPresent()) {
                return new End.Told(told.get());
            }
            Board.Answer answer = board.look();
            if (answer.covers(begun)) {
                Optional<End> end = judged(answer.find(name).orElseGet(this::unknown));
                if (end.isPresent()) {
                    return end.get();
                }
            }
            TimeUnit.NANOSECONDS.sleep(pace.look().toNanos());
        }
    }

    private Seen unknown() {
        return new Seen(folder.id().orElse(name), name, Seen.UNKNOWN, NOT_KNOWN, Duration.ZERO, "");
    }

    private Optional<End> judged(Seen job) {
        if (job.hasEnded()) {
            return ended(job);
        }
        endedAt = Optional.empty();
        if (!job.waits()) {
            ran = true;
            waitsSince = Optional.empty();
            return Optional.empty();
        }
        return waiting(job);
    }

    /** Not before one more look at what it wrote. */
    private Optional<End> ended(Seen job) {
        long now = nanos.getAsLong();
        if (endedAt.isEmpty()) {
            endedAt = Optional.of(now);
            return Optional.empty();
        }
        boolean late = now - endedAt.get() > LATE.toNanos();
        return job.shouldHaveTold() && !late ? Optional.empty() : Optional.of(new End.Silent(job));
    }

    private Optional<End> waiting(Seen job) {
        long now = nanos.getAsLong();
        if (ran) {
            ran = false;
            notes.say("job " + job.id() + " was taken off its node and waits to begin anew (" + job.why() + ").");
        }
        long since = waitsSince.orElse(now);
        waitsSince = Optional.of(since);
        if (job.hasReason()) {
            notes.once("waits: " + job.why(), "job " + job.id() + " waits: " + job.why() + ".");
        }
        return now - since > pace.pending().toNanos()
                ? Optional.of(new End.Overdue("job " + job.id() + " did not begin within " + words(pace.pending())
                        + " (slurm.pending): " + job.why()))
                : Optional.empty();
    }

    private static String words(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
