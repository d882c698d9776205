package dev.chiron.agent.session;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.start.OpenStudy;
import dev.chiron.agent.start.Opening;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.OptimizerState;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The loop of a session, in a thread of its own: opened, paused, ended and opened again. Methods are called by the thread that
 * reads the prompt, and by signals.
 */
final class Driver {

    private static final long FAREWELL = 5_000; // milliseconds for a trial to be given up

    private final Supplier<Opening> opening;
    private final Event.Listener listener;
    private Optional<Running> running = Optional.empty();
    private End last = End.INTERRUPTED;
    private final SortedSet<Integer> busy = new TreeSet<>(); // the numbers of the running trials
    private boolean waiting;
    private OptionalInt sought = OptionalInt.empty(); // the number of the trial that is being proposed
    private boolean done; // the budget is spent, or nothing more is proposed
    private String why = ""; // it waits
    private Optional<OptimizerState> state = Optional.empty();

    /** @param opening opens the study, which must not be opened already */
    Driver(Supplier<Opening> opening, Event.Listener listener) {
        this.opening = opening;
        this.listener = listener;
    }

    private record Running(OpenStudy study, Control control, Thread thread) {}

    /**
     * Opens the study and begins.
     *
     * @param paused whether the loop waits before its first trial
     * @return why it cannot begin, if its models refuse
     */
    Optional<End> open(boolean paused) {
        Opening opened = opening.get();
        if (opened instanceof Opening.Refused refused) {
            last = refused.end();
            return Optional.of(refused.end());
        }
        OpenStudy study = (OpenStudy) opened;
        Control control = Control.staying();
        if (paused) {
            control.pause();
        }
        Thread thread = new Thread(() -> run(study, control), "chiron-loop");
        synchronized (this) {
            done = false;
            waiting = false;
            running = Optional.of(new Running(study, control, thread));
        }
        thread.start();
        return Optional.empty();
    }

    private void run(OpenStudy study, Control control) {
        End end = End.INTERRUPTED;
        try {
            end = study.run(event -> on(study, event), control);
        } finally {
            study.close();
            ended(end);
        }
    }

    private synchronized void ended(End end) {
        last = end;
        busy.clear();
        running = Optional.empty();
        notifyAll();
    }

    private void on(OpenStudy study, Event event) {
        synchronized (this) {
            if (event instanceof Event.Running trial) {
                busy.add(trial.number());
            } else if (event instanceof Event.Finished trial) {
                busy.remove(trial.entry().trial().number());
            }
            sought = event instanceof Event.Proposing proposing
                    ? OptionalInt.of(proposing.number())
                    : event instanceof Event.Steered ? sought : OptionalInt.empty();
            waiting = event instanceof Event.Waiting
                    || (waiting && !(event instanceof Event.Proposing || event instanceof Event.Running));
            done = event instanceof Event.Waiting stop
                    ? !stop.why().equals("paused")
                    : done && waiting && !(event instanceof Event.Steered);
            why = event instanceof Event.Waiting stop ? stop.why() : why;
            if (event instanceof Event.Finished || event instanceof Event.Started || event instanceof Event.Steered) {
                state = study.state();
            }
            notifyAll();
        }
        listener.on(event);
    }

    /** Whether the study is open here. */
    synchronized boolean isOpen() {
        return running.isPresent();
    }

    /** Whether it is open and waits. */
    synchronized boolean isWaiting() {
        return running.isPresent() && waiting;
    }

    /** Whether it waits because nothing more is to be run. */
    synchronized boolean isDone() {
        return isWaiting() && done;
    }

    /** Why it waits. */
    synchronized String why() {
        return why;
    }

    /** Whether it will wait after the running trial. */
    synchronized boolean isPausing() {
        return running.filter(one -> one.control().isPaused()).isPresent();
    }

    /** The running trial, or several, in words; empty if none runs. */
    synchronized Optional<String> busy() {
        if (busy.isEmpty()) {
            return Optional.empty();
        }
        String numbers = busy.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of((busy.size() == 1 ? "trial " : "trials ") + numbers);
    }

    /** The number of the trial that is being proposed now; empty if none is. */
    synchronized OptionalInt sought() {
        return sought;
    }

    /** How the loop ended last. */
    synchronized End last() {
        return running.isPresent() && done ? End.DONE : last;
    }

    /** What the optimizer believes since the last trial. */
    synchronized Optional<OptimizerState> state() {
        return state;
    }

    /** The open study. */
    synchronized Optional<OpenStudy> study() {
        return running.map(Running::study);
    }

    private Running running() {
        return running.orElseThrow(() -> new BadInput("the loop has ended: /resume opens it again"));
    }

    private Control control() {
        return running().control();
    }

    /** Asks the loop to wait after the running trial. */
    synchronized void pause() {
        control().pause();
    }

    /** Goes on. */
    synchronized void resume() {
        waiting = false;
        control().resume();
    }

    /** Goes on for some trials. */
    synchronized void step(int trials) {
        waiting = false;
        control().step(trials);
    }

    /** Asks for something before the next trial, and waits for that if none runs now. What becomes of it is an event. */
    void steer(Steering steering) throws InterruptedException {
        CompletableFuture<Taken> answer;
        boolean now;
        synchronized (this) {
            Running here = running();
            answer = here.study().steer(here.control(), steering);
            now = waiting;
        }
        if (now) {
            try {
                answer.get(FAREWELL, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return; // an event has said so, or will
            }
        }
    }

    /** Waits until the loop waits or has ended. */
    synchronized void await() throws InterruptedException {
        while (running.isPresent() && !waiting) {
            wait();
        }
    }

    /** Ends the loop after the running trial, and waits for that. */
    void end() throws InterruptedException {
        Optional<Running> now;
        synchronized (this) {
            now = running;
            now.ifPresent(one -> one.control().stop());
        }
        if (now.isPresent()) {
            now.get().thread().join();
        }
    }

    /** Ends the loop now: the running trial is given up, and will be run again when the study goes on. */
    void giveUp() {
        Optional<Running> now;
        synchronized (this) {
            now = running;
            now.ifPresent(one -> one.control().stop());
        }
        now.ifPresent(one -> one.thread().interrupt());
        try {
            if (now.isPresent()) {
                now.get().thread().join(FAREWELL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
