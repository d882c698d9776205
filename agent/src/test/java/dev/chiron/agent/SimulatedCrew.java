package dev.chiron.agent;

import dev.chiron.agent.store.Utilisation;
import dev.chiron.sandbox.run.Execution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Workers whose time is simulated: it passes only while the loop waits for them, or when a model {@linkplain #pass takes} some. */
final class SimulatedCrew implements Crew {

    private final int workers;
    private final Function<Job, Duration> durations;
    private final Function<Job, Execution> runs;
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparingLong(Running::end)
            .thenComparingInt(one -> one.job().number()));
    private final Deque<Job> ready = new ArrayDeque<>();
    private final Deque<Report> reports = new ArrayDeque<>();
    private long now; // nanoseconds
    private long busy;
    private int most;

    private record Running(Job job, long since, long end) {}

    /**
     * Workers who do nothing yet.
     *
     * @param durations how long a trial takes
     * @param runs what comes of it, asked when it ends
     */
    SimulatedCrew(int workers, Function<Job, Duration> durations, Function<Job, Execution> runs) {
        this.workers = workers;
        this.durations = durations;
        this.runs = runs;
    }

    /** The time, in nanoseconds. */
    long now() {
        return now;
    }

    /** Time passes while the loop does something else. */
    void pass(Duration time) {
        advance(now + time.toNanos());
    }

    /** How many trials have run at once. */
    int most() {
        return most;
    }

    private void advance(long until) {
        for (Optional<Running> next = first(); next.isPresent() && next.get().end() <= until; next = first()) {
            end(next.get());
        }
        now = until;
    }

    private Optional<Running> first() {
        return Optional.ofNullable(running.peek());
    }

    private void end(Running one) {
        now = one.end();
        running.remove(one);
        busy += one.end() - one.since();
        reports.add(new Report.Ended(one.job().number(), runs.apply(one.job()), Optional.empty()));
        if (!ready.isEmpty()) {
            start(ready.removeFirst());
        }
    }

    private void start(Job job) {
        running.add(new Running(job, now, now + durations.apply(job).toNanos()));
        most = Math.max(most, running.size());
        reports.add(new Report.Begun(job.number()));
    }

    @Override
    public int size() {
        return workers;
    }

    @Override
    public void submit(Job job) {
        if (running.size() < workers) {
            start(job);
        } else {
            ready.add(job);
        }
    }

    @Override
    public Optional<Report> await() {
        if (reports.isEmpty()) {
            first().ifPresent(this::end);
        }
        return Optional.ofNullable(reports.poll());
    }

    @Override
    public void wake() {}

    @Override
    public List<Integer> hold() {
        List<Integer> held = ready.stream().map(Job::number).toList();
        ready.clear();
        return held;
    }

    @Override
    public Utilisation utilisation(Duration away) {
        long running = this.running.stream().mapToLong(one -> now - one.since()).sum();
        Duration all = Duration.ofNanos(now).minus(away).multipliedBy(workers);
        return new Utilisation(workers, Duration.ofNanos(busy + running), all);
    }

    @Override
    public void close() {}
}
