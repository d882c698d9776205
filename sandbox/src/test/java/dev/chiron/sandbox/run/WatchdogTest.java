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
        Path place = Files.createDirectories(folder.resolve("workspace"));
        Room room = new Room(place, place, List.of(), Map.of(), false, 10, OptionalLong.empty(), OptionalLong.empty());
        long before = 100 * place.toFile().getUsableSpace(); // and since then nearly all of it was taken
        Bounds bounds = Bounds.of(Bench.WIDE, Long.MAX_VALUE / 2, before);
        Process run = new ProcessBuilder("sleep", "300").start();
        try (Confinement plain = Confinement.of(Walled.plain(), room, 1, "watched")) {
            Ending ending = new Watchdog(bounds, List.of(place), System::nanoTime, plain)
                    .watch(new ProcessTree(run, Marker.of(place), 0, true), new Console(), new Watched(Watch.NONE));
            assertThat(ending).isEqualTo(new Ending.Stopped(Reason.INFRASTRUCTURE, bounds.tooLittleLeft()));
            assertThat(bounds.tooLittleLeft()).matches("stopped: less than .* is left on the disk");
        } finally {
            run.destroyForcibly();
        }
    }
}
