package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessTreeTest {

    @TempDir
    Path workspace;

    /** Who is walled in has no parent outside; a thousand large environments would keep the watchdog from its work. */
    @Test
    void marksAreReadOfRunsWithoutWallsOnly() throws Exception {
        Marker marker = Marker.of(workspace);
        Process first = new ProcessBuilder("sleep", "300").start();
        ProcessBuilder apart = new ProcessBuilder("sleep", "300");
        apart.environment().put(Marker.VARIABLE, marker.value("1"));
        Process marked = apart.start();
        try {
            assertThat(seen(first, marker, true)).isEqualTo(1);
            assertThat(seen(first, marker, false)).isEqualTo(2);
        } finally {
            first.destroyForcibly();
            marked.destroyForcibly();
        }
    }

    private static int seen(Process first, Marker marker, boolean isWalled) {
        ProcessTree tree = new ProcessTree(first, marker, 0, isWalled);
        tree.lookEverywhere();
        return tree.size();
    }
}
