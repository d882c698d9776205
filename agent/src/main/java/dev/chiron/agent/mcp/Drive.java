package dev.chiron.agent.mcp;

import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.start.Course;
import dev.chiron.agent.start.OpenStudy;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A study's loop on its way through some trials, watched from other threads. */
final class Drive {

    private static final long SECOND = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final OpenStudy study;
    private final int wanted;
    private final Control control = new Control();
    private final Thread thread;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String doing = "starting";
    private long since = System.nanoTime();
    private int done;
    private int trials;
    private final List<Taken> awaited =
            new ArrayList<>(); // of the wishes that it began with, those that are not run yet
    private int begun; // wishes that it began with and that are not taken up yet
    private final List<Taken> taken = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private Optional<OptimizerState> state = Optional.empty();
    private Optional<Course> course = Optional.empty();
    private Optional<End> end = Optional.empty();
    private String why = "";

    /**
     * @param study is closed when the loop ends
     * @param wishes are taken up before the first trial; if one cannot be, none is run. It ends when they were run, whatever was queued before
     */
    Drive(OpenStudy study, int wanted, List<Steering> wishes) {
        this.study = study;
        this.wanted = wanted;
        this.begun = wishes.size();
        for (Steering wish : wishes) {
            var unused = control.steer(wish); // what becomes of it comes as an event
        }
        this.thread = new Thread(this::run, "study-" + study.folder().getFileName());
        if (wanted == 0) {
            control.stop(); // what is wished for is taken up before the loop looks whether it shall end
        }
    }

    /** Asks for something more while it runs; it is taken up before the next trial. */
    void steer(Steering wish) {
        var unused = study.steer(control, wish); // what becomes of it comes as an event
    }

    void start() {
        thread.start();
    }

    private void run() {
        End ended = End.INTERRUPTED;
        String problem = "";
        try (study) {
            ended = study.run(this::on, control);
        } catch (RuntimeException | AssertionError e) {
            problem = String.valueOf(e.getMessage());
        } finally {
            finish(ended, problem);
        }
    }

    private synchronized void finish(End ended, String problem) {
        end = Optional.of(ended);
        why = problem.isEmpty() ? why : problem;
        doing = "ended";
        notifyAll();
    }

    private synchronized void on(Event event) {
        if (event instanceof Event.Started started) {
            trials = started.entries().size();
            look();
        } else if (event instanceof Event.Steered steered) {
            taken.add(steered.taken());
            if (begun-- > 0 && steered.taken().steering() instanceof Steering.Wish) {
                awaited.add(steered.taken());
            }
            look();
        } else if (event instanceof Event.Unsteered refused) {
            refusals.add(refused.why());
            control.stop();
        } else if (event instanceof Event.Waiting waiting) {
            doing(waiting.why());
        } else if (event instanceof Event.Proposing proposing) {
            doing("looking for trial " + proposing.number());
        } else if (event instanceof Event.Running running) {
            doing("running trial " + running.number() + " by "
                    + running.proposal().origin().label());
        } else if (event instanceof Event.Finished finished) {
            trials = finished.entry().trial().number() + 1;
            entries.add(finished.entry());
            lines.add(TrialLine.of(finished.entry(), finished.history()));
            look();
            done++;
            awaited.removeIf(wish -> isOf(wish, finished.entry().trial()));
            if (done >= wanted && awaited.isEmpty()) { // what was queued before is run before
                control.stop();
            }
        } else if (event instanceof Event.Retrying retrying) {
            doing("running trial " + retrying.number() + " again, since the machine failed");
        } else if (event instanceof Event.Mending mending) {
            doing("running trial " + mending.number() + " again, mended");
        } else if (event instanceof Event.BaselineFailed failed) {
            why = "the baseline failed (" + failed.failure().reason().label() + "): "
                    + PlainText.lines(failed.failure().detail());
        } else if (event instanceof Event.Worked) {
            return; // never: one trial is run after the other here
        } else if (event instanceof Event.Ended ended) {
            why = why.isEmpty() ? ended.why() : why;
        } else {
            throw new AssertionError(event);
        }
        notifyAll();
    }

    private static boolean isOf(Taken wish, Trial trial) {
        return trial.origin().isWished()
                && ((Steering.Wish) wish.steering())
                        .change()
                        .key()
                        .equals(trial.change().key());
    }

    private void look() {
        state = study.state();
        course = Optional.of(study.course());
    }

    private void doing(String what) {
        doing = what;
        since = System.nanoTime();
    }

    /** Whether it only looks or steers, and runs no trial. */
    boolean isLook() {
        return wanted == 0;
    }

    synchronized boolean isRunning() {
        return end.isEmpty();
    }

    /** What it does now and since when, in words. */
    synchronized String words() {
        return end.isPresent()
                ? "ended after " + done + (done == 1 ? " trial" : " trials")
                : doing + " for " + Texts.time(Duration.ofNanos(System.nanoTime() - since)) + ", " + done + " of "
                        + wanted + " done";
    }

    /** The trials that it has run so far, a line each. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The trials of the study so far. */
    synchronized int trials() {
        return trials;
    }

    /** The trials that were wanted and are not run. */
    synchronized int left() {
        return Math.max(0, wanted - done);
    }

    synchronized Optional<OptimizerState> state() {
        return state;
    }

    /** The task as it is in force. */
    synchronized Optional<Course> course() {
        return course;
    }

    /** What was taken up on the way. */
    synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** What it began with and has not run. */
    synchronized List<Taken> awaited() {
        return List.copyOf(awaited);
    }

    /** Why something that was asked for cannot be. */
    synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    synchronized Optional<End> end() {
        return end;
    }

    /** Why it ended. */
    synchronized String why() {
        return why;
    }

    /** Ends it after the trial that is being run. */
    void pause() {
        control.stop();
    }

    /** Ends it now. The trial that is being run is given up and leaves nothing in the journal. */
    void giveUp() {
        control.stop();
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for its end, and tells the caller how it goes.
     *
     * @param most no longer than this
     * @param limit the longest that a trial may take
     * @return whether it has ended
     */
    boolean await(Duration most, Duration limit, Caller caller) throws InterruptedException {
        return await(most, limit, caller, () -> end.isPresent());
    }

    private synchronized boolean await(Duration most, Duration limit, Caller caller, BooleanSupplier over)
            throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        caller.call().onCancel(this::wake);
        double told = -1;
        long last = 0;
        while (!over.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || caller.call().isCancelled()) {
                return false;
            }
            double share = Math.min(0.99, (System.nanoTime() - since) / (double) Math.max(SECOND, limit.toNanos()));
            boolean isDue = done > Math.floor(told) || System.nanoTime() - last >= SECOND / 2;
            if (done + share > told && isDue) { // whatever else wakes it says nothing new to the caller
                told = done + share;
                last = System.nanoTime();
                caller.progress(Math.min(told, wanted), Math.max(1, wanted), words());
            }
            wait(Math.max(1, Math.min(left, SECOND) / 1_000_000));
        }
        return true;
    }

    private synchronized void wake() {
        notifyAll();
    }
}
