package dev.chiron.sandbox.isolate;

import java.util.Optional;

/**
 * What this machine has to keep runs in.
 *
 * @param walls the way it is done
 * @param groups control groups, where this process may make some
 */
public record Sandbox(Walls walls, Optional<Cgroups> groups) {

    /** How well its walls hold. */
    public Isolation level() {
        return walls.level();
    }

    /** How it keeps runs in. */
    public Containment containment() {
        return new Containment(level(), groups.isPresent());
    }
}
