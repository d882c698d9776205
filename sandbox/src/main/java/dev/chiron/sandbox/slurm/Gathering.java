package dev.chiron.sandbox.slurm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Those who have a job to hand in at the same moment. Whoever's turn it is hands in for all who wait, up to a number; the others find theirs
 * done. Whoever comes while the cluster is being spoken to waits for that anyway. Beyond that one waits for others for a short time, and
 * only while there are others who could come. Safe for use by several threads.
 */
final class Gathering {

    private final int most;
    private final Duration window;
    private final IntSupplier around;
    private final Desk desk;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock hall = new ReentrantLock();
    private final Condition arrival = hall.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>(); // in the hall

    /** Hands jobs in together. */
    interface Desk {

        /** Hands them in, and says what became of each, in their order. */
        List<Reply> handIn(List<JobFolder> together);
    }

    /** What became of a job that was handed in. */
    sealed interface Reply {

        record Taken() implements Reply {}

        /**
         * It was not taken.
         *
         * @param before when the cluster was asked
         */
        record Refused(Complaint complaint, long before) implements Reply {}

        /** Its files could not be written; it may have been handed in. */
        record Broken(IOException cause) implements Reply {}
    }

    private static final class Waiting {

        private final JobFolder folder;
        private volatile Optional<Reply> reply = Optional.empty();

        private Waiting(JobFolder folder) {
            this.folder = folder;
        }
    }

    /**
     * One in which nobody waits.
     *
     * @param most at a time, at least 1
     * @param window how long one waits for others who could come
     * @param around how many there are at this time who wait here, or could come
     */
    Gathering(int most, Duration window, IntSupplier around, Desk desk) {
        this.most = most;
        this.window = window;
        this.around = around;
        this.desk = desk;
    }

    /**
     * Hands a job in, with those of others.
     *
     * @throws InterruptedException if this thread was interrupted before its job was handed in; an interrupt while it is is kept
     */
    Reply bring(JobFolder folder) throws InterruptedException {
        Waiting own = new Waiting(folder);
        arrive(own);
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            leave(own, e);
            turn.lock(); // another one is handing it in
            Thread.currentThread().interrupt();
        }
        try {
            while (own.reply.isEmpty()) {
                handIn(own);
            }
        } finally {
            turn.unlock();
        }
        return own.reply.get();
    }

    private void arrive(Waiting own) {
        hall.lock();
        try {
            waiting.add(own);
            arrival.signalAll();
        } finally {
            hall.unlock();
        }
    }

    private void leave(Waiting own, InterruptedException interrupt) throws InterruptedException {
        hall.lock();
        try {
            if (waiting.remove(own)) {
                throw interrupt;
            }
        } finally {
            hall.unlock();
        }
    }

    private void handIn(Waiting own) throws InterruptedException {
        List<Waiting> group;
        try {
            group = gathered();
        } catch (InterruptedException e) {
            leave(own, e);
            throw e;
        }
        List<Reply> replies = desk.handIn(group.stream().map(one -> one.folder).toList());
        for (int place = 0; place < group.size(); place++) {
            group.get(place).reply = Optional.of(replies.get(place));
        }
    }

    private List<Waiting> gathered() throws InterruptedException {
        hall.lockInterruptibly();
        try {
            long left = window.toNanos();
            while (left > 0 && waiting.size() < Math.min(most, around.getAsInt())) {
                left = arrival.awaitNanos(left);
            }
            List<Waiting> group = new ArrayList<>();
            while (group.size() < most && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
            return group;
        } finally {
            hall.unlock();
        }
    }
}
