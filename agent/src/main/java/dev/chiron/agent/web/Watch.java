package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.llm.KeyMask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Looks at studies a few times a second, and wakes those who wait for news. */
final class Watch implements AutoCloseable {

    private static final long BETWEEN = 250; // milliseconds

    private final List<WatchedStudy> studies;
    private final KeyMask mask;
    private final ObjectMapper json = new ObjectMapper();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread thread = new Thread(this::watch, "chiron-watch");
    private boolean closed;
    private long count; // of looks that found something

    Watch(List<WatchedStudy> studies, KeyMask mask) {
        this.studies = List.copyOf(studies);
        this.mask = mask;
        thread.setDaemon(true);
    }

    List<WatchedStudy> studies() {
        return studies;
    }

    /** Begins to look, in a thread of its own. */
    void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                boolean found = false;
                for (WatchedStudy study : studies) {
                    found |= study.look();
                    study.pack(json, mask);
                }
                if (found) {
                    tell(false);
                }
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
    }

    private void tell(boolean end) {
        lock.lock();
        try {
            count++;
            closed |= end;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often something was found so far. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until more was found than that.
     *
     * @param most milliseconds
     * @return false once nothing is looked at any more
     */
    boolean await(long known, long most) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(most);
            while (count == known && !closed && left > 0) {
                left = news.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        tell(true);
    }
}
