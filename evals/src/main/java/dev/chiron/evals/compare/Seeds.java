package dev.chiron.evals.compare;

import java.util.stream.LongStream;

/** Seeds in a row. */
public record Seeds(long first, int count) {

    /** Each of them. */
    public LongStream stream() {
        return LongStream.range(first, first + count);
    }
}
