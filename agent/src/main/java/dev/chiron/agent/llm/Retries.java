package dev.chiron.agent.llm;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How often and after which wait a request is repeated: as long as the server asks for, otherwise exponentially longer
 * with jitter, never longer than a cap.
 */
final class Retries {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final int limit;
    private final Sleeper sleeper;
    private final SplittableRandom random;

    Retries(int limit, Sleeper sleeper, long seed) {
        this.limit = limit;
        this.sleeper = sleeper;
        this.random = new SplittableRandom(seed);
    }

    /** The most repetitions of one request. */
    int limit() {
        return limit;
    }

    /**
     * Waits before a repetition.
     *
     * @param repetition 0 for the first
     * @param asked the wait that the server asked for; zero when it asked for none
     */
    void pause(int repetition, Duration asked) throws InterruptedException {
        Duration wait = asked.isZero() ? backOff(repetition) : asked;
        sleeper.sleep(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    /** Whether a server asks for a longer wait than a study should stand still for. */
    boolean isTooLong(Duration asked) {
        return asked.compareTo(LONGEST) > 0;
    }

    /** Half fixed, half random, so that several studies do not come back together. */
    private synchronized Duration backOff(int repetition) {
        double full = FIRST.toMillis() * Math.pow(2, Math.min(repetition, 20));
        return Duration.ofMillis((long) (full / 2 + random.nextDouble() * full / 2));
    }

    /** Waits; tests count instead. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration wait) throws InterruptedException;
    }
}
