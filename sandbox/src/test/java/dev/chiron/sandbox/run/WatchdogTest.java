package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Room;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchdogTest {

    @TempDir
    Path folder;

    /** However it is hidden who fills it. */
    @Test
    void aDiskThatIsNearlyFullEndsARun() throws Exception {
        assertThat(watched("sleep", "300"))
                .isInstanceOfSatisfying(
                        Ending.Stopped.class,
                        ending -> assertThat(ending.why()).matches("stopped: less than .* is left on the disk"));
    }

    /** A script that cannot write is no fault of its config where others have filled the disk, and may be over before anyone looks. */
    @Test
    void aRunThatFailsOnADiskThatIsNearlyFullIsTheMachinesFailure() throws Exception {
        assertThat(watched("false"))
                .isInstanceOfSatisfying(
                        Ending.Stopped.class,
                        ending -> assertThat(ending.reason()).isEqualTo(Reason.INFRASTRUCTURE));
        assertThat(watched("true")).isEqualTo(new Ending.Exited(0));
    }

    /** How a command ends on a disk of which nearly all was taken since it began. */
    private Ending watched(String... command) throws Exception {
        Path place = Files.createDirectories(folder.resolve("workspace"));
        Room room = new Room(place, place, List.of(), Map.of(), false, 10, OptionalLong.empty(), OptionalLong.empty());
        Bounds bounds =
                Bounds.of(Bench.WIDE, Long.MAX_VALUE / 2, 100 * place.toFile().getUsableSpace());
        Process run = new ProcessBuilder(command).start();
        try (Confinement plain = Confinement.of(Walled.plain(), room, 1, "watched")) {
            return new Watchdog(bounds, List.of(place), System::nanoTime, plain)
                    .watch(new ProcessTree(run, Marker.of(place), 0, true), new Console(), new Watched(Watch.NONE));
        } finally {
            run.destroyForcibly();
        }
    }
}
