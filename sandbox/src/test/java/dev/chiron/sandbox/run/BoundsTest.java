package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundsTest {

    private static final Limits SET = new Limits(
            Duration.ofSeconds(1), OptionalLong.of(5_000_000), OptionalInt.of(7), 99, OptionalLong.of(2_000));

    @Test
    void whatTheTaskSetsHoldsWhateverTheMachineHas() {
        Bounds bounds = Bounds.of(SET, 1000, 1_000_000);
        assertThat(bounds.memory()).isEqualTo(5_000_000);
        assertThat(bounds.processes()).isEqualTo(7);
        assertThat(bounds.disk()).isEqualTo(2000);
        assertThat(bounds.tasks()).isEqualTo(256 + 16 * 7);
        assertThat(bounds.tooMuchMemory()).isEqualTo("stopped: used more memory than 5.0 MB");
        assertThat(bounds.tooManyProcesses()).isEqualTo("stopped: more than 7 processes");
        assertThat(bounds.tooMuchDisk()).isEqualTo("stopped: wrote more than 2000 bytes");
        assertThat(bounds.tooMuchOutput()).isEqualTo("stopped: printed more than 99 bytes");
    }

    @Test
    void whatItDoesNotSetIsBoundedByTheMachineAndNamed() {
        Bounds bounds = Bounds.of(Bench.WIDE, 10_000_000_000L, 200_000_000_000L);
        assertThat(bounds.tasks()).isEqualTo(10_000);
        assertThat(bounds.tooMuchMemory())
                .isEqualTo("stopped: used more memory than 9.0 GB, nine tenths of what is here (limits.memory)");
        assertThat(bounds.tooManyProcesses()).isEqualTo("stopped: more than 4096 processes (limits.processes)");
        assertThat(bounds.tooMuchDisk())
                .isEqualTo("stopped: wrote more than 180.0 GB, nine tenths of what was free (limits.disk)");
    }

    /** A trial that fills it would end the study, which could not write its state. */
    @Test
    void noTaskMayHaveMoreOfTheDiskThanIsFree() {
        Bounds bounds = Bounds.of(SET, 1000, 1000);
        assertThat(bounds.disk()).isEqualTo(900);
        assertThat(bounds.tooMuchDisk())
                .isEqualTo("stopped: wrote more than 900 bytes, nine tenths of what was free (limits.disk)");
    }

    @Test
    void oneFileMayBreakTheLimitOfTheDiskAndFillSharedMemory() {
        assertThat(Bounds.of(SET, 1, 10_000).file(0)).isEqualTo(5_000_000);
        assertThat(Bounds.of(SET, 1, 10_000).file(4_000_000)).isEqualTo(4_002_000 + (1 << 20));
    }

    @Test
    void theMachineHasSomeOfEach(@TempDir Path folder) {
        Bounds bounds = Bounds.of(Bench.WIDE, folder);
        assertThat(bounds.memory()).isPositive();
        assertThat(bounds.disk()).isPositive();
    }
}
