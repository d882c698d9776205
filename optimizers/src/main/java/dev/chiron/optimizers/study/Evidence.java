package dev.chiron.optimizers.study;

/**
 * What it takes to become the incumbent.
 *
 * @param repeats how often a config that is or may become the incumbent is run again, at most; 0 for never
 * @param edits what an edited script needs beside that
 */
public record Evidence(int repeats, Edits edits) {

    /** Without edits, nothing but the repeats. */
    public Evidence(int repeats) {
        this(repeats, Edits.DEFAULT);
    }

    /**
     * For a change whose script is not the incumbent's: it is run again, as the incumbent is, until a sequential test decides.
     *
     * @param repeats how often each is run again at most, 1 or more
     * @param level how often an edit that is no better may be kept, above 0 and below 1
     * @param ablation how often the best script is run without an edit, to tell what that does; 0 for never
     * @param holdout whether the gain must show on the hold-out as well
     */
    public record Edits(int repeats, double level, int ablation, boolean holdout) {
        /** Five repeats at the level of 5 %, three ablations, without a hold-out. */
        public static final Edits DEFAULT = new Edits(5, 0.05, 3, false);
    }
}
