package dev.chiron.sandbox.slurm;

import java.util.Optional;

/**
 * The job that may run an order.
 *
 * @param number from 1, counted for each order; 0 if none may, any more or yet
 * @param task the task of an array that it is, such as {@code array-77aa0b12_3}; empty for a job by itself
 */
record Attempt(int number, Optional<String> task) {

    /** No job may. */
    static final Attempt NONE = new Attempt(0, Optional.empty());

    /** What {@link #text} wrote; none for anything else. */
    static Attempt read(String text) {
        String[] words = text.strip().split(" ", 2);
        try {
            return new Attempt(
                    Integer.parseInt(words[0]), words.length == 2 ? Optional.of(words[1]) : Optional.empty());
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /** In one line, which the job's script reads as well. */
    String text() {
        return number + task.map(" "::concat).orElse("");
    }

    /** The next one, by a job by itself. */
    Attempt next() {
        return new Attempt(number + 1, Optional.empty());
    }

    /** The next one, by a task of an array. */
    Attempt next(String task) {
        return new Attempt(number + 1, Optional.of(task));
    }

    /** No job may any more, though this one's array still names it. */
    Attempt over() {
        return new Attempt(0, task);
    }
}
