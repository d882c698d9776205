package dev.chiron.sandbox.slurm;

import java.time.Duration;

/**
 * How a cluster is treated.
 *
 * @param jobs most jobs in flight, waiting ones included; each task of an array is one
 * @param array most jobs that are handed in together, as an array; 1 for no arrays
 * @param poll between two questions to the controller, whatever the number of jobs
 * @param pending how long a job may wait before it is given up
 */
public record Pace(int jobs, int array, Duration poll, Duration pending) {

    /** The longest wait before a controller that does not answer is asked again. */
    static final Duration SLOWEST = Duration.ofMinutes(1);

    /** How long a controller that takes no jobs is waited for. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** Between two looks whether a job's files are there, which cost the controller nothing. */
    Duration look() {
        return Duration.ofMillis(Math.max(50, Math.min(1000, poll.toMillis() / 10)));
    }

    /** Before the next question when so many in a row were not answered. */
    Duration backoff(int unanswered) {
        Duration slow = poll.multipliedBy(1L << Math.min(unanswered, 20));
        Duration most = poll.compareTo(SLOWEST) > 0 ? poll : SLOWEST;
        return slow.compareTo(most) < 0 ? slow : most;
    }
}
