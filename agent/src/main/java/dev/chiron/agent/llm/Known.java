package dev.chiron.agent.llm;

import java.util.OptionalInt;
import java.util.function.Supplier;

/** A number that is asked for until it is known: a server that is not up yet will know later. */
final class Known implements Supplier<OptionalInt> {
    private final Supplier<OptionalInt> source;
    private OptionalInt known = OptionalInt.empty();

    Known(Supplier<OptionalInt> source) {
        this.source = source;
    }

    @Override
    public synchronized OptionalInt get() {
        if (known.isEmpty()) {
            known = source.get();
        }
        return known;
    }
}
