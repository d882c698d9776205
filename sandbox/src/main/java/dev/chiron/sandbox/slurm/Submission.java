package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

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
    private final Arrays arrays;
    private final Gathering gathering;
    private volatile boolean together = true;

    /**
     * What arrays are made with.
     *
     * @param jobs the folder of all orders
     * @param names draws their names
     * @param around how many trials there are at this time that have a job, or are about to
     */
    record Arrays(Path jobs, RandomGenerator names, IntSupplier around) {}

    /** @param label the beginning of all jobs' names */
    Submission(
            Commands commands,
            Board board,
            Allocation allocation,
            JobScript script,
            Training training,
            String label,
            Arrays arrays,
            Pace pace,
            LongSupplier nanos,
            Notes notes) {
        this.commands = commands;
        this.board = board;
        this.allocation = allocation;
        this.script = script;
        this.training = training;
        this.label = label;
        this.arrays = arrays;
        this.gathering = new Gathering(pace.array(), pace.look(), arrays.around(), this::handIn);
        this.pace = pace;
        this.nanos = nanos;
        this.notes = notes;
    }

    /** The name of an order's job, like that of no other. */
    String name(JobFolder folder) {
        return folder.name(label);
    }

    /**
     * Hands a job in, with those of others who wait for the same, and waits while the controller is away or takes no more.
     *
     * @return why it was not taken; empty if it was
     * @throws InterruptedException if this thread was interrupted; a job may have been handed in
     */
    Optional<String> submit(JobFolder folder) throws IOException, InterruptedException {
        long start = nanos.getAsLong();
        for (int refused = 1; ; refused++) {
            Gathering.Reply reply = gathering.bring(folder);
            if (reply instanceof Gathering.Reply.Broken broken) {
                throw broken.cause();
            }
            if (!(reply instanceof Gathering.Reply.Refused no)) {
                opened();
                return Optional.empty();
            }
            boolean late = nanos.getAsLong() - start > Pace.PATIENCE.toNanos();
            if (!no.complaint().passes() || late) {
                return Optional.of("no job was taken: " + no.complaint().text());
            }
            notes.once(CLOSED, "no job is taken now (" + no.complaint().text() + "). It is tried again.");
            TimeUnit.NANOSECONDS.sleep(pace.backoff(refused).toNanos());
            if (handedInAllTheSame(folder, no.before())) {
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

    /** However many trials begin at once, the controller is given one job, or one array of them, after the other. */
    private List<Gathering.Reply> handIn(List<JobFolder> folders) {
        if (folders.size() > 1 && together) {
            Gathering.Reply reply = array(folders);
            if (!(reply instanceof Gathering.Reply.Refused no) || no.complaint().isAway()) {
                return Collections.nCopies(folders.size(), reply);
            }
            together = no.complaint().passes(); // there may be room for some of them
            notes.once(
                    "array",
                    "an array of " + folders.size() + " jobs was not taken ("
                            + no.complaint().text()
                            + "): they are handed in one by one. slurm.array says how many there are at most.");
        }
        return folders.stream().map(this::single).toList();
    }

    private Gathering.Reply single(JobFolder folder) {
        try {
            folder.admit(folder.attempt().next());
            folder.script(script.text(folder, folder.attempt().number()));
            return reply(
                    words(name(folder), escaped(folder.log()), folder.path(), folder.script()),
                    number -> folder.put(number));
        } catch (IOException e) {
            return new Gathering.Reply.Broken(e);
        }
    }

    private Gathering.Reply array(List<JobFolder> folders) {
        try {
            ArrayFolder array = ArrayFolder.make(arrays.jobs(), arrays.names().nextInt(), folders);
            for (int task = 0; task < folders.size(); task++) {
                JobFolder folder = folders.get(task);
                folder.admit(folder.attempt().next(array.task(task)));
            }
            Files.writeString(array.script(), script.text(array));
            List<String> words =
                    words(label + "-" + array.name(), escaped(array.path()) + "/%a/log", arrays.jobs(), array.script());
            words.add(1, "--array=0-" + (folders.size() - 1));
            return reply(words, number -> {
                for (int task = 0; task < folders.size(); task++) {
                    folders.get(task).put(number + "_" + task);
                }
            });
        } catch (IOException e) {
            return new Gathering.Reply.Broken(e);
        }
    }

    /** Takes the number down that the cluster has given. */
    private interface Taken {
        void as(String number) throws IOException;
    }

    private Gathering.Reply reply(List<String> words, Taken taken) throws IOException {
        long before = nanos.getAsLong();
        Commands.Said said = commands.run(words);
        if (!said.worked()) {
            return new Gathering.Reply.Refused(Complaint.of(said), before);
        }
        taken.as(id(said.out()));
        return new Gathering.Reply.Taken();
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

    private List<String> words(String name, String output, Path place, Path script) {
        List<String> words = new ArrayList<>(List.of(
                "sbatch",
                "--parsable",
                "--job-name=" + name,
                "--export=NONE",
                "--requeue",
                "--open-mode=append",
                "--output=" + output,
                "--chdir=" + place));
        words.addAll(allocation.words(training));
        words.add(script.toString());
        return words;
    }

    /** Where Slurm reads patterns. */
    private static String escaped(Path path) {
        return path.toString().replace("%", "%%");
    }

    /** With several clusters their name stands behind it. */
    private static String id(String said) {
        return said.strip().split(";", 2)[0];
    }
}
