package dev.chiron.agent;

import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a person asks of a running study. Safe for use by several threads: others ask, the loop's thread looks between two trials
 * what it is to do.
 */
public final class Control {

    private final boolean stays;
    private final List<Wish> wishes = new ArrayList<>();
    private boolean stopping;
    private boolean closed;
    private Runnable onChange = () -> {};
    private long left = Long.MAX_VALUE; // trials until the loop waits

    /** A steering that waits for the loop, and what will become of it. */
    record Wish(Steering steering, CompletableFuture<Taken> answer) {}

    /** Of a study that ends when it is done. */
    public Control() {
        this(false);
    }

    private Control(boolean stays) {
        this.stays = stays;
    }

    /** Of a study that waits when it is done, as if paused: it may be given another budget, or be stopped. */
    public static Control staying() {
        return new Control(true);
    }

    /** Asks the loop to end after the running trial; true the first time. */
    public synchronized boolean stop() {
        boolean first = !stopping;
        stopping = true;
        changed();
        return first;
    }

    /** Whether the loop shall end. */
    public synchronized boolean isStopping() {
        return stopping;
    }

    /** Asks the loop to wait after the running trial. */
    public synchronized void pause() {
        left = 0;
    }

    /** The loop goes on, with no end to it. */
    public synchronized void resume() {
        left = Long.MAX_VALUE;
        changed();
    }

    /**
     * The loop goes on for so many trials, and waits then. The one that is running is none of them.
     *
     * @throws IllegalArgumentException if it is not even one
     */
    public synchronized void step(int trials) {
        if (trials < 1) {
            throw new IllegalArgumentException("a step is of 1 trial or more, not " + trials);
        }
        left = trials;
        changed();
    }

    /** Whether the loop waits, or will after the running trial. */
    public synchronized boolean isPaused() {
        return left == 0;
    }

    /**
     * Asks for something that the loop takes up before the next trial, at once if it waits.
     *
     * @return completes when it is taken up and written down, or with a {@link BadInput} that says why it cannot be
     */
    public synchronized CompletableFuture<Taken> steer(Steering steering) {
        CompletableFuture<Taken> answer = new CompletableFuture<>();
        if (closed) {
            answer.completeExceptionally(ended(steering));
        } else {
            wishes.add(new Wish(steering, answer));
            changed();
        }
        return answer;
    }

    /** What was asked for and is not taken up yet, in order. */
    public synchronized List<Steering> queued() {
        return wishes.stream().map(Wish::steering).toList();
    }

    /** Has this told whenever something else is asked for. */
    synchronized void onChange(Runnable listener) {
        onChange = listener;
    }

    private void changed() {
        notifyAll();
        onChange.run();
    }

    /** The first that was asked for and is not taken up yet; none if the queue is empty. */
    synchronized Optional<Steering> first() {
        return wishes.stream().map(Wish::steering).findFirst();
    }

    /** Takes the first that was asked for out of the queue; none if it is empty. */
    synchronized List<Wish> next() {
        return wishes.isEmpty() ? List.of() : List.of(wishes.remove(0));
    }

    /** Whether the loop has nothing to do now but to wait. */
    synchronized boolean isIdle() {
        return left == 0 && !stopping && wishes.isEmpty();
    }

    /** Waits until there is something to do. */
    synchronized void await() throws InterruptedException {
        while (isIdle()) {
            wait();
        }
    }

    /** A trial begins. */
    synchronized void begin() {
        left = left == Long.MAX_VALUE ? left : Math.max(0, left - 1);
    }

    /** Whether the study is done only for now: then the loop waits. */
    synchronized boolean waitsWhenDone() {
        if (stays && !stopping) {
            left = 0;
        }
        return stays && !stopping;
    }

    /** The loop has ended: nothing more is taken up. */
    synchronized void close() {
        closed = true;
        wishes.forEach(wish -> wish.answer().completeExceptionally(ended(wish.steering())));
        wishes.clear();
    }

    private static BadInput ended(Steering steering) {
        return new BadInput(steering.text() + ": the study has ended; open it again to steer it");
    }
}
