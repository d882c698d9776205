package dev.chiron.sandbox.slurm;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What a person should know of the cluster, each thing once until it has changed. Safe for use by several threads. */
final class Notes {

    private final Consumer<String> listener;
    private final Set<String> told = new LinkedHashSet<>();

    Notes(Consumer<String> listener) {
        this.listener = listener;
    }

    void say(String text) {
        listener.accept("Slurm: " + text);
    }

    /** Says it unless that was said of this matter before. */
    void once(String matter, String text) {
        boolean fresh;
        synchronized (told) {
            fresh = told.add(matter);
        }
        if (fresh) {
            say(text);
        }
    }

    /** Whether something was said of the matter; from now on it may be said again. */
    boolean over(String matter) {
        synchronized (told) {
            return told.remove(matter);
        }
    }
}
