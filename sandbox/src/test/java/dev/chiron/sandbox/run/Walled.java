package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Probe;
import dev.chiron.sandbox.isolate.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The sandboxes of this machine, for tests. */
final class Walled {

    private static final Probe PROBE = new Probe(
            List.of(Path.of("/usr/bin"), Path.of("/usr/sbin")), Path.of("/tmp"), System.getProperty("os.arch"));

    /** Found once: each look makes a group and starts a process in it. */
    private static final Optional<Cgroups> GROUPS = Cgroups.find();

    private Walled() {}

    static Sandbox plain() {
        return new Sandbox(PROBE.look(Isolation.PLAIN).walls().orElseThrow(), Optional.empty());
    }

    /** The control groups that the tests may make. */
    static Optional<Cgroups> groups() {
        return GROUPS;
    }

    /**
     * A sandbox of a level. Where it is installed and the machine forbids it, as some containers do, the test is reported as skipped with
     * the reason; {@code -Dsandbox=required} makes that a failure, {@code -Dsandbox=bubblewrap} only for that level.
     */
    static Sandbox of(Isolation level, Optional<Cgroups> groups) {
        Probe.Finding finding = PROBE.look(level);
        List<String> required = List.of(System.getProperty("sandbox", "").split(",", -1));
        if (required.contains("required") || required.contains(level.label())) {
            assertThat(finding.walls()).as(finding.detail()).isPresent();
        }
        assumeTrue(finding.walls().isPresent(), finding.detail());
        return new Sandbox(finding.walls().orElseThrow(), groups);
    }
}
