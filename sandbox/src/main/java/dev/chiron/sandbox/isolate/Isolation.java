package dev.chiron.sandbox.isolate;

import java.util.Optional;
import java.util.stream.Stream;

/** How well a run is kept in, the weakest first. */
public enum Isolation {
    /** Limits and a cleared environment; the run has all the rights of the user who started it. */
    PLAIN("plain"),
    /** Namespaces made by util-linux's {@code unshare}: the same view as with bubblewrap, without its filter of system calls. */
    UNSHARE("unshare"),
    /** bubblewrap: its own namespaces, a list of what is visible, no capability, a filter of system calls. */
    BUBBLEWRAP("bubblewrap");

    private final String label;

    Isolation(String label) {
        this.label = label;
    }

    /** The name in journals and settings. */
    public String label() {
        return label;
    }

    /** The level of that name. */
    public static Optional<Isolation> labelled(String label) {
        return Stream.of(values()).filter(level -> level.label.equals(label)).findFirst();
    }

    /** Whether a run at this level holds less than one at the other. */
    public boolean isWeakerThan(Isolation other) {
        return compareTo(other) < 0;
    }
}
