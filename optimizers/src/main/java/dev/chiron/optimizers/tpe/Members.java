package dev.chiron.optimizers.tpe;

import java.util.Arrays;

/** Which observations, numbered from old to new, a mixture has a kernel on; one left out keeps its number. */
final class Members {

    private boolean[] in = new boolean[0];
    private int size;
    private int count;

    /** How many observations are numbered. */
    int size() {
        return size;
    }

    /** How many of them the mixture has a kernel on. */
    int count() {
        return count;
    }

    boolean has(int observation) {
        return in[observation];
    }

    /** A newer observation than all others. */
    void add() {
        if (size == in.length) {
            in = Arrays.copyOf(in, Growth.of(size));
        }
        in[size++] = true;
        count++;
    }

    void removeLast() {
        count -= in[--size] ? 1 : 0;
    }

    /** Takes an observation in or leaves it out; says whether that is a change. */
    boolean set(int observation, boolean member) {
        boolean changes = in[observation] != member;
        in[observation] = member;
        count += !changes ? 0 : member ? 1 : -1;
        return changes;
    }
}
