package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Workers of this machine: a thread each, with a workspace and perhaps a GPU of its own. Where there are several, what came of a trial is on
 * disk before it is reported, since the loop may take a while to write it into the journal.
 */
public final class LocalCrew implements Crew {

    private final StudyFolder folder;
    private final List<Worker> workers;
    private final LongSupplier nanos;
    private final long since;
    private final List<Thread> threads = new ArrayList<>();
    private final Deque<Job> ready = new ArrayDeque<>();
    private final Deque<Report> reports = new ArrayDeque<>();
    private final long[] begun; // when each worker began its trial; 0 for one that is free
    private long busy; // nanoseconds of trials that have ended
    private int out; // trials that were handed over and whose end was not taken note of
    private boolean woken;
    private boolean closed;
    private Optional<Throwable> broken = Optional.empty();

    /**
     * A worker.
     *
     * @param runner runs its trials
     * @param gpu its own, which the runner shows them; empty if it has none
     */
    public record Worker(Runner runner, Optional<String> gpu) {}

    /**
     * A crew whose workers are free.
     *
     * @param workers one or more
     */
    public LocalCrew(StudyFolder folder, List<Worker> workers) {
        this(folder, workers, System::nanoTime);
    }

    LocalCrew(StudyFolder folder, List<Worker> workers, LongSupplier nanos) {
        this.folder = folder;
        this.workers = List.copyOf(workers);
        this.nanos = nanos;
        this.since = nanos.getAsLong();
        this.begun = new long[workers.size()];
        if (workers.isEmpty()) {
            throw new IllegalArgumentException("a crew needs a worker");
        }
    }

    @Override
    public int size() {
        return workers.size();
    }

    @Override
    public synchronized void submit(Job job) {
        if (threads.isEmpty()) {
            start();
        }
        out++;
        ready.addLast(job);
        notifyAll();
    }

    private void start() {
        folder.clearWorkspaces(workers.size());
        for (int worker = 0; worker < workers.size(); worker++) {
            int number = worker;
            Thread thread = new Thread(() -> work(number), "chiron-worker-" + number);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void work(int worker) {
        try {
            for (Optional<Job> job = next(worker); job.isPresent(); job = next(worker)) {
                Report.Ended ended = run(worker, job.get());
                report(worker, ended);
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            breakOff(e);
        }
    }

    private synchronized Optional<Job> next(int worker) throws InterruptedException {
        while (ready.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return Optional.empty();
        }
        Job job = ready.removeFirst();
        begun[worker] = Math.max(1, nanos.getAsLong() - since);
        reports.addLast(new Report.Begun(job.number()));
        notifyAll();
        return Optional.of(job);
    }

    private Report.Ended run(int worker, Job job) throws InterruptedException {
        Worker who = workers.get(worker);
        Execution execution = who.runner().run(job.change(), folder.workspace(worker), job.holdout(), job.watch());
        folder.keepCheckpoint(job.number(), execution.saved());
        if (workers.size() > 1 && !isBroken(execution.outcome())) {
            keep(folder, job, execution, who.gpu());
        }
        return new Report.Ended(job.number(), execution, who.gpu());
    }

    /** Keeps what came of a trial until the loop takes it up, which may be in a later session. */
    static void keep(StudyFolder folder, Job job, Execution execution, Optional<String> gpu) {
        folder.keep(job.number(), TrialFiles.of(execution));
        folder.keep(job.number(), job.notes().get());
        Trial trial =
                new Trial(job.number(), job.change(), job.trial().origin(), execution.outcome(), execution.took());
        folder.hold(new Entry(trial, Optional.empty(), execution.containment(), gpu));
    }

    private static boolean isBroken(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.INFRASTRUCTURE;
    }

    private synchronized void report(int worker, Report.Ended ended) {
        busy += nanos.getAsLong() - since - begun[worker];
        begun[worker] = 0;
        reports.addLast(ended);
        notifyAll();
    }

    private synchronized void breakOff(Throwable problem) {
        if (broken.isEmpty()) {
            broken = Optional.of(problem);
        }
        notifyAll();
    }

    @Override
    public synchronized Optional<Report> await() throws InterruptedException {
        while (reports.isEmpty() && broken.isEmpty() && out > 0 && !woken) {
            wait();
        }
        woken = false;
        if (!reports.isEmpty()) {
            Report report = reports.removeFirst();
            out -= report instanceof Report.Ended ? 1 : 0;
            return Optional.of(report);
        }
        if (broken.isPresent()) {
            rethrow(broken.get());
        }
        return Optional.empty();
    }

    private static void rethrow(Throwable problem) throws InterruptedException {
        if (problem instanceof InterruptedException) {
            throw new InterruptedException("a run was given up");
        } else if (problem instanceof RuntimeException unexpected) {
            throw unexpected;
        } else if (problem instanceof Error error) {
            throw error;
        }
        throw new AssertionError(problem);
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public synchronized List<Integer> hold() {
        List<Integer> held = ready.stream().map(Job::number).toList();
        ready.clear();
        out -= held.size();
        return held;
    }

    @Override
    public synchronized Utilisation utilisation(Duration away) {
        long now = nanos.getAsLong() - since;
        long running = 0;
        for (long start : begun) {
            running += start == 0 ? 0 : now - start;
        }
        Duration all = Duration.ofNanos(now).minus(away).multipliedBy(workers.size());
        return new Utilisation(workers.size(), Duration.ofNanos(busy + running), all);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            ready.clear();
            notifyAll();
        }
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true; // no process may be left behind, so it is waited for all the same
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
