package dev.chiron.agent.propose;

import java.util.OptionalInt;

/**
 * What stands around an optimizer, whichever it is.
 *
 * @param localShare share of the trials that move the incumbent instead of asking the optimizer, 0 to 1
 * @param feasible whether proposals that will almost surely fail are left out
 * @param novel whether less is known of options that no trial has run, which are left out less easily then
 * @param edited how many trials there were before the last edit that opened something in the space; empty if none did
 */
public record Tactics(double localShare, boolean feasible, boolean novel, OptionalInt edited) {

    /** The optimizer as it is. */
    public static final Tactics NONE = new Tactics(0, false);

    /** Both, as measured best. */
    public static final Tactics DEFAULT = new Tactics(1.0 / 3, true);

    /** A config that fails with a larger probability is left out. */
    static final double RISK = 0.3;

    /**
     * The same with options that no trial has run judged as little as a model's: measured better with the random forest, which else shuns
     * them after one failure, and worse with TPE (docs/centaur.md).
     */
    public static final Tactics NOVEL = new Tactics(1.0 / 3, true, true);

    /**
     * The same of a model's proposal with an option that no trial has run: of it the probability says next to nothing, and lies near a
     * half. For all of a model's proposals it was measured worse (docs/centaur.md).
     */
    static final double NOVEL_RISK = 0.6;

    private static final int FIRST_LOCAL = 4; // before it the incumbent means little
    private static final int MOST_RATED = 40; // trials after an edit
    private static final int FREE = 50; // every so-manieth trial may fail

    /** Checks the share. */
    public Tactics {
        if (!(localShare >= 0 && localShare <= 1)) {
            throw new IllegalArgumentException("a share is between 0 and 1: " + localShare);
        }
    }

    /** What no trial has run is judged like everything else. */
    public Tactics(double localShare, boolean feasible) {
        this(localShare, feasible, false);
    }

    /** Before anything is edited. */
    public Tactics(double localShare, boolean feasible, boolean novel) {
        this(localShare, feasible, novel, OptionalInt.empty());
    }

    /** The same after an edit of the space that opened something when there were so many trials. */
    public Tactics editedAt(int trials) {
        return new Tactics(localShare, feasible, novel, OptionalInt.of(trials));
    }

    /** The same without local moves. */
    public Tactics withoutLocal() {
        return new Tactics(0, feasible, novel, edited);
    }

    /** Whether the trial of that number moves the incumbent: evenly spread, and exactly the share. */
    boolean isLocal(int trial) {
        int turn = trial - FIRST_LOCAL;
        return turn >= 0 && Math.floor((turn + 1) * localShare) > Math.floor(turn * localShare);
    }

    /**
     * Whether the trial of that number is the most promising of many moves of the incumbent: every other one after an edit that opened
     * something, for as many trials as there were before it and at most forty. The best place of what was opened is seldom where the other
     * parameters were best before.
     */
    boolean isRated(int trial) {
        if (localShare == 0 || edited.isEmpty()) {
            return false;
        }
        int since = trial - edited.getAsInt();
        return since >= 0 && since < Math.min(MOST_RATED, edited.getAsInt()) && since % 2 == 0;
    }

    /** Whether the trial of that number looks for what keeps the conditions on metrics, as long as nothing does: every other one. */
    boolean seeks(int trial) {
        return feasible && trial % 2 == 0;
    }

    boolean avoidsFailures(int trial) {
        return feasible && trial % FREE != FREE - 1;
    }
}
