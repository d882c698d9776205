package dev.chiron.sandbox.slurm;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Reported;
import dev.chiron.sandbox.run.Runner;
import dev.chiron.sandbox.run.Training;
import dev.chiron.sandbox.run.Watch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Runs a training as jobs of a Slurm cluster, one a run. Outcomes are what the jobs write into files; the cluster is asked, once for all
 * jobs, only whether they still wait or run. A job goes on when this JVM ends, and the next runner on the same folder has its outcome
 * instead of running it again. Safe for use by several threads, each with its own workspace.
 */
public final class SlurmRunner implements Runner, Closeable {

    private final Training training;
    private final Isolation least;
    private final boolean exact;
    private final Path jobs;
    private final Pace pace;
    private final Commands commands;
    private final Board board;
    private final Submission submission;
    private final Backlog backlog;
    private final Recall recall;
    private final Notes notes;
    private final Semaphore places;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final Queue<JobFolder> left =
            new ConcurrentLinkedQueue<>(); // of jobs that were cancelled, and may be ending

    /**
     * Where and how a runner works.
     *
     * @param label the beginning of the jobs' names
     * @param jobs a folder of its own for its jobs, made if it is not there, on a file system that this machine and the nodes share
     * @param program the command that runs an order in a job, whose folder it is given as its last word: a Java, and what calls {@link Job}
     * @param least the weakest walls that a run may have on its node
     * @param exact whether a run must have these walls and no stronger ones
     * @param environment this JVM's variables; those of Slurm are passed on to its programs, none to jobs
     * @param notes is told what a person should know, a line each
     */
    public record Site(
            String label,
            Path jobs,
            List<String> program,
            Isolation least,
            boolean exact,
            Map<String, String> environment,
            Consumer<String> notes) {}

    /** @throws IOException if the folder cannot be made or read */
    public SlurmRunner(Training training, Allocation allocation, Pace pace, Site site) throws IOException {
        this(training, allocation, pace, site, System::nanoTime, new SecureRandom());
    }

    /** @param random draws names, which no other process may draw, too */
    SlurmRunner(
            Training training, Allocation allocation, Pace pace, Site site, LongSupplier nanos, RandomGenerator random)
            throws IOException {
        this.training = allocation.bounded(training);
        this.places = new Semaphore(pace.jobs(), true);
        this.random = random;
        this.least = site.least();
        this.exact = site.exact();
        this.pace = pace;
        this.nanos = nanos;
        this.jobs = Files.createDirectories(site.jobs().toAbsolutePath().normalize())
                .toRealPath();
        this.notes = new Notes(site.notes());
        this.commands = new Commands(site.environment());
        this.board = new Board(commands, Cluster.listing(commands), Cluster.user(), site.label(), pace, nanos, notes);
        this.submission = new Submission(
                commands,
                board,
                allocation,
                new JobScript(site.program(), allocation.setup()),
                this.training,
                site.label(),
                new Submission.Arrays(jobs, random, this::running),
                pace,
                nanos,
                notes);
        this.backlog = Backlog.in(jobs);
        this.recall = new Recall(commands, site.label());
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout) throws InterruptedException {
        return run(change, workspace, holdout, Watch.NONE);
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout, Watch watch) throws InterruptedException {
        String order = new Order(training, change, holdout, least, exact, watch != Watch.NONE).text();
        Path slot = workspace.toAbsolutePath().normalize();
        places.acquire();
        try {
            Optional<JobFolder> before = backlog.same(order);
            if (before.isEmpty()) {
                backlog.of(slot).ifPresent(this::cancel);
            }
            JobFolder folder = before.isPresent()
                    ? before.get()
                    : JobFolder.make(jobs.resolve(HexFormat.of().toHexDigits(random.nextInt())), order, slot);
            return delivered(folder, new Reported(watch), before.isPresent(), slot);
        } catch (IOException e) {
            return broken("the folder of a job cannot be used: " + e.getMessage());
        } finally {
            places.release();
        }
    }

    /** How many jobs there are, or are about to be. */
    private int running() {
        return pace.jobs() - places.availablePermits();
    }

    /** An outcome leaves this object only when nobody can take it for that of a later trial. */
    private Execution delivered(JobFolder folder, Reported reported, boolean begun, Path slot)
            throws InterruptedException, IOException {
        try {
            Execution execution = saved(begun ? adopted(folder, reported) : submitted(folder, reported), folder, slot);
            folder.close();
            return reported.recalled()
                    .map(outcome -> stopped(execution, outcome))
                    .orElse(execution);
        } catch (InterruptedException | IOException e) {
            cancel(folder);
            throw e;
        }
    }

    /** What it has saved outlives the job's folder, in the workspace that it was run for. */
    private static Execution saved(Execution execution, JobFolder folder, Path slot) throws IOException {
        Optional<Path> there = execution.saved().filter(saved -> saved.startsWith(folder.work()));
        if (there.isEmpty() || !Files.isDirectory(there.get(), LinkOption.NOFOLLOW_LINKS)) {
            return execution.saving(Optional.empty());
        }
        Path here = slot.resolve(String.valueOf(there.get().getFileName()));
        Clearing.remove(here);
        Files.createDirectories(slot);
        return execution.saving(Optional.of(Files.move(there.get(), here)));
    }

    private Execution adopted(JobFolder folder, Reported reported) throws InterruptedException, IOException {
        boolean handedIn = folder.attempt().number() > 0
                && (folder.id().isPresent()
                        || folder.end().isPresent()
                        || submission.handedInAllTheSame(folder, nanos.getAsLong()));
        if (!handedIn) {
            return submitted(folder, reported);
        }
        notes.say("job " + folder.id().orElse("") + " of an earlier session is this trial's: its outcome counts.");
        return followed(folder, reported);
    }

    private Execution submitted(JobFolder folder, Reported reported) throws InterruptedException, IOException {
        Optional<String> refused = submission.submit(folder);
        return refused.isPresent() ? broken(refused.get()) : followed(folder, reported);
    }

    private Execution followed(JobFolder folder, Reported reported) throws InterruptedException, IOException {
        CurveFile curve = new CurveFile(folder.path(), reported);
        while (true) {
            Followed job = new Followed(folder, curve, reported, submission.name(folder), board, pace, nanos, notes);
            Followed.End end = job.end();
            if (end instanceof Followed.End.Told told) {
                return told.execution();
            }
            if (end instanceof Followed.End.Recalled recalled) {
                cancel(folder);
                left.add(folder);
                return silent(reported.recalled().orElseThrow(), recalled.ran());
            }
            if (end instanceof Followed.End.Overdue overdue) {
                cancel(folder);
                return broken(overdue.why());
            }
            Seen seen = ((Followed.End.Silent) end).job();
            Verdict verdict = Verdict.of(seen, folder.lastWords());
            if (verdict instanceof Verdict.Final known) {
                return silent(known.outcome(), seen.ran());
            }
            notes.say(((Verdict.Again) verdict).why() + ", and is handed in again.");
            Optional<String> refused = submission.submit(folder);
            if (refused.isPresent()) {
                return broken(refused.get());
            }
        }
    }

    /** The same where it is stopped: what a run prints after that, and how it ends, is nothing. */
    private static Execution stopped(Execution execution, Outcome outcome) {
        return new Execution(
                outcome,
                execution.took(),
                execution.head(),
                execution.tail(),
                OptionalInt.empty(),
                execution.diff(),
                execution.containment());
    }

    private static Execution broken(String detail) {
        return silent(new Outcome.Failed(Reason.INFRASTRUCTURE, detail), Duration.ZERO);
    }

    private static Execution silent(Outcome outcome, Duration took) {
        return new Execution(outcome, took, "", "", OptionalInt.empty(), "");
    }

    private void cancel(JobFolder folder) {
        recall.job(folder);
    }

    /** Cancels the jobs of an earlier process whose outcome nobody has asked for. */
    @Override
    public void close() {
        left.forEach(JobFolder::close); // what they started has ended by now
        recall.all(backlog, jobs);
    }
}
