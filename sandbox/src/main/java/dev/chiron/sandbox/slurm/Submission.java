package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Hands jobs in. Safe for use by several threads, each with its own folder. */
final class Submission {

    private static final String CLOSED = "closed";

    private final Commands commands;
    private final Board board;
    private final Allocation allocation;
    private final JobScript script;
    private final Training training;
    private final String label;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Notes notes;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** @param label the beginning of all jobs' names */
    Submission(
            Commands commands,
            Board board,
            Allocation allocation,
            JobScript script,
            Training training,
            String label,
            Pace pace,
            LongSupplier nanos,
            Notes notes) {
        this.commands = commands;
        this.board = board;
        this.allocation = allocation;
        this.script = script;
        this.training = training;
        this.label = label;
        this.pace = pace;
        this.nanos = nanos;
        this.notes = notes;
    }

    /** The name of an order's job, like that of no other. */
    String name(JobFolder folder) {
        return folder.name(label);
    }

    /**
     * Hands a job in, and waits while the controller is away or takes no more.
     *
     * @return why it was not taken; empty if it was
     * @throws InterruptedException if this thread was interrupted; a job may have been handed in
     */
    Optional<String> submit(JobFolder folder) throws IOException, InterruptedException {
        long start = nanos.getAsLong();
        for (int refused = 1; ; refused++) {
            folder.admit(folder.attempt() + 1);
            folder.script(script.text(folder, folder.attempt()));
            long before = nanos.getAsLong();
            Commands.Said said = oneByOne(words(folder));
            if (said.worked()) {
                folder.put(id(said.out()));
                opened();
                return Optional.empty();
            }
            Complaint complaint = Complaint.of(said);
            boolean late = nanos.getAsLong() - start > Pace.PATIENCE.toNanos();
            if (!complaint.passes() || late) {
                return Optional.of("no job was taken: " + complaint.text());
            }
            notes.once(CLOSED, "no job is taken now (" + complaint.text() + "). It is tried again.");
            TimeUnit.NANOSECONDS.sleep(pace.backoff(refused).toNanos());
            if (handedInAllTheSame(folder, before)) {
                opened();
                return Optional.empty();
            }
        }
    }

    private void opened() {
        if (notes.over(CLOSED)) {
            notes.say("jobs are taken again.");
        }
    }

    /** However many trials begin at once, the controller is given one job after the other. */
    private Commands.Said oneByOne(List<String> words) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            return commands.run(words);
        } finally {
            turn.unlock();
        }
    }

    /**
     * An answer that was lost on its way may have been a yes.
     *
     * @param before it was handed in, if it was
     */
    boolean handedInAllTheSame(JobFolder folder, long before) throws InterruptedException, IOException {
        Board.Answer answer = board.look();
        while (!answer.covers(before) && nanos.getAsLong() - before < Pace.PATIENCE.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(pace.look().toNanos());
            answer = board.look();
        }
        Optional<Seen> job = answer.find(name(folder));
        if (job.isPresent()) {
            folder.put(job.get().id());
        }
        return job.isPresent();
    }

    private List<String> words(JobFolder folder) {
        List<String> words = new ArrayList<>(List.of(
                "sbatch",
                "--parsable",
                "--job-name=" + name(folder),
                "--export=NONE",
                "--requeue",
                "--open-mode=append",
                "--output=" + folder.log().toString().replace("%", "%%"),
                "--chdir=" + folder.path()));
        words.addAll(allocation.words(training));
        words.add(folder.script().toString());
        return words;
    }

    /** With several clusters their name stands behind it. */
    private static String id(String said) {
        return said.strip().split(";", 2)[0];
    }
}
