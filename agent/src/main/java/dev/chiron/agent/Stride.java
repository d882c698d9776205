package dev.chiron.agent;

/**
 * When something is done anew that takes the longer the more trials there are: after each of the first five hundred, and from then on each
 * time that there are a few thousandths more. It follows from their number alone, so that a study that goes on does it as it was done before.
 */
public final class Stride {

    private static final int SHARE = 250;

    private Stride() {}

    /** After how many trials it was done last when there are so many. */
    public static int last(int trials) {
        return trials - trials % Math.max(1, Integer.highestOneBit(trials / SHARE));
    }
}
