package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Reported;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A job that was handed in, until its end. */
final class Followed {

    /** How long a job that ended well may take to show its outcome here: file systems over the network look up to a minute late. */
    private static final Duration LATE = Duration.ofSeconds(90);

    private static final String NOT_KNOWN = "it did not say what came of it";
    private static final String VANISHED = "it waited when it was last heard of, so someone may have cancelled it";

    private final JobFolder folder;
    private final CurveFile curve;
    private final Reported reported;
    private final String name;
    private final Board board;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Notes notes;
    private final long begun;
    private long due; // the next look at its curve
    private boolean ran;
    private Optional<Long> waitsSince = Optional.empty();
    private Optional<Long> endedAt = Optional.empty();

    /** How it came to its end. */
    sealed interface End {

        /** It said what came of it. */
        record Told(Execution execution) implements End {}

        /**
         * What it has reported is reason to stop it.
         *
         * @param ran how long it has run, as far as is known
         */
        record Recalled(Duration ran) implements End {}

        /** It ended and did not say how. */
        record Silent(Seen job) implements End {}

        /** It waited too long, and still does. */
        record Overdue(String why) implements End {}
    }

    /**
     * One of which nothing is known yet.
     *
     * @param curve what it reports, told to the next
     * @param reported says whether it is to be stopped
     */
    Followed(
            JobFolder folder,
            CurveFile curve,
            Reported reported,
            String name,
            Board board,
            Pace pace,
            LongSupplier nanos,
            Notes notes) {
        this.folder = folder;
        this.curve = curve;
        this.reported = reported;
        this.name = name;
        this.board = board;
        this.pace = pace;
        this.nanos = nanos;
        this.notes = notes;
        this.begun = nanos.getAsLong();
        this.due = begun;
    }

    /** Waits for it; whatever the controller is up to, what the job wrote counts. */
    End end() throws InterruptedException, IOException {
        while (true) {
            Optional<Execution> told = folder.end();
            if (told.isPresent()) {
                curve.look(); // it wrote that first, and what is decided by it does not depend on how fast it went on
                return new End.Told(told.get());
            }
            Board.Answer answer = board.look();
            if (isRecalled()) {
                return new End.Recalled(longer(answer.find(name).map(Seen::ran).orElse(Duration.ZERO), curve.took()));
            }
            if (answer.covers(begun)) {
                Optional<End> end = judged(answer.find(name).orElseGet(this::unknown));
                if (end.isPresent()) {
                    return end.get();
                }
            }
            TimeUnit.NANOSECONDS.sleep(pace.look().toNanos());
        }
    }

    /** Looks at its curve as often as the cluster is asked about all jobs. */
    private boolean isRecalled() throws IOException {
        if (nanos.getAsLong() - due >= 0) {
            curve.look();
            due = nanos.getAsLong() + pace.poll().toNanos();
        }
        return reported.isOver();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Of a task of an array that is cancelled while it waits Slurm keeps no record. */
    private Seen unknown() {
        String reason = waitsSince.isPresent() ? VANISHED : NOT_KNOWN;
        return new Seen(folder.id().orElse(name), name, Seen.UNKNOWN, reason, Duration.ZERO, "");
    }

    private Optional<End> judged(Seen job) throws IOException {
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
    private Optional<End> ended(Seen job) throws IOException {
        long now = nanos.getAsLong();
        if (endedAt.isEmpty()) {
            endedAt = Optional.of(now);
            return Optional.empty();
        }
        curve.look();
        if (reported.isOver()) {
            return Optional.of(new End.Recalled(longer(job.ran(), curve.took())));
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
