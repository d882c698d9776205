package dev.chiron.agent;

/**
 * How trials are run at once.
 *
 * @param workers how many at most; 1 or more
 * @param deterministic whether what is proposed follows from the seed alone, and not from which trial ends first: each proposal is made when
 *     just so many trials have ended, in the order of their numbers
 * @param asks whether proposing may take long, since models are asked: then trials are proposed ahead, for workers to begin meanwhile
 */
public record Plan(int workers, boolean deterministic, boolean asks) {

    /** One trial after the other. */
    public static final Plan ALONE = new Plan(1, true, false);

    /** @throws IllegalArgumentException without a worker */
    public Plan {
        if (workers < 1) {
            throw new IllegalArgumentException("a study needs a worker, not " + workers);
        }
    }

    /** Whether there is never more than one trial at a time. */
    public boolean isAlone() {
        return workers == 1;
    }
}
