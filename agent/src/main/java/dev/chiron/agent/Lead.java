package dev.chiron.agent;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many trials are proposed ahead of the workers, so that none of them waits while the next is sought: as many as end while the slowest of
 * the last proposals is made, and one more. Whoever proposes ahead knows less, so it is none while proposing takes next to no time, and where
 * proposals must not depend on the time: there it is one where models are asked.
 */
final class Lead {

    /** So many of the last proposals say how long one takes: models are asked on some turns only. */
    private static final int LAST = 10;

    /** Proposing takes next to no time, in nanoseconds. */
    private static final long NEXT_TO_NOTHING = 250_000_000;

    /** Fewer trials than this that end while a proposal is made are as good as none. */
    private static final double NEXT_TO_NONE = 0.02;

    private final Plan plan;
    private final Deque<Long> took = new ArrayDeque<>();
    private long ran; // nanoseconds
    private int ended;

    Lead(Plan plan) {
        this.plan = plan;
    }

    /** A proposal took so many nanoseconds. */
    void proposed(long nanos) {
        took.addLast(nanos);
        if (took.size() > LAST) {
            took.removeFirst();
        }
    }

    /** A trial took so many nanoseconds. */
    void ran(long nanos) {
        ran += nanos;
        ended++;
    }

    /** How many trials are proposed ahead. */
    int trials() {
        if (plan.isAlone()) {
            return 0;
        }
        if (plan.deterministic()) {
            return plan.asks() ? 1 : 0;
        }
        if (ended == 0 || ran == 0) {
            return 0;
        }
        long slowest = took.stream().mapToLong(Long::longValue).max().orElse(0);
        double ending = (double) slowest * ended / ran * plan.workers();
        return slowest < NEXT_TO_NOTHING || ending < NEXT_TO_NONE
                ? 0
                : (int) Math.min(plan.workers(), Math.ceil(ending) + 1);
    }

    /** How many trials are pending at most. */
    int window() {
        return plan.workers() + trials();
    }
}
