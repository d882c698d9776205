package dev.chiron.sandbox.slurm;

import java.time.Duration;
import java.util.List;

/**
 * A job as the cluster sees it.
 *
 * @param id its number; {@code 7_3} for task 3 of array 7
 * @param name what it is called, a task with its number behind it, since all of an array are called the same
 * @param state such as {@code RUNNING}
 * @param reason why it waits or failed, in Slurm's words; {@code None} without one
 * @param ran how long it has run
 * @param node where; empty before it runs
 */
record Seen(String id, String name, String state, String reason, Duration ran, String node) {

    /** The cluster does not know it: it ended a while ago. */
    static final String UNKNOWN = "UNKNOWN";

    private static final List<String> WAITING = List.of(
            "PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD");
    private static final List<String> ENDED = List.of(
            "BOOT_FAIL",
            "CANCELLED",
            "COMPLETED",
            "DEADLINE",
            "FAILED",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "PREEMPTED",
            "REVOKED",
            "TIMEOUT",
            UNKNOWN);

    /** The same of one task of an array. */
    Seen task(String array, int task) {
        return new Seen(array + "_" + task, name + "_" + task, state, reason, ran, node);
    }

    /** Whether it has not begun, or is to begin again. */
    boolean waits() {
        return WAITING.contains(state);
    }

    /** Whether it is over for good; a state that is not known is not. */
    boolean hasEnded() {
        return ENDED.contains(state);
    }

    /** Whether it has ended in a way that leaves an outcome, or may have. */
    boolean shouldHaveTold() {
        return state.equals("COMPLETED") || state.equals(UNKNOWN);
    }

    /** Whether it is said why it waits or failed; of a job that was just handed in it is not yet. */
    boolean hasReason() {
        return !reason.isEmpty() && !reason.equals("None");
    }

    /** The reason for a person, if there is one. */
    String why() {
        return hasReason() ? reason : "Slurm gives no reason";
    }
}
