package dev.chiron.sandbox.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrlimitTest {

    @TempDir
    Path folder;

    private static final Path PROGRAM = Path.of("/usr/bin/prlimit");

    private Room room(int tasks, long file) {
        return new Room(folder, folder, List.of(), Map.of(), false, tasks, OptionalLong.of(file), OptionalLong.empty());
    }

    @Test
    void noLimitIsRaisedAboveOnesOwn() throws Exception {
        Path limits = Files.writeString(folder.resolve("limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max file size             500                  2000                 bytes
                Max processes             40                   63                   processes
                """);
        Prlimit prlimit = Prlimit.of(PROGRAM, limits);
        assertThat(prlimit.limited(room(100, 3000), true, List.of("x")))
                .containsExactly("/usr/bin/prlimit", "--core=0", "--fsize=2000", "--nproc=63", "x");
        assertThat(prlimit.limited(room(50, 100), true, List.of("x")))
                .containsExactly("/usr/bin/prlimit", "--core=0", "--fsize=100", "--nproc=50", "x");
    }

    @Test
    void withoutLimitsOfOnesOwnItIsAsTheRoomSays() throws Exception {
        Path limits = Files.writeString(
                folder.resolve("limits"),
                "Max processes             unlimited            unlimited            processes\n");
        for (Path table : List.of(limits, folder.resolve("missing"))) {
            assertThat(Prlimit.of(PROGRAM, table).limited(room(100, 3000), true, List.of("x")))
                    .containsExactly("/usr/bin/prlimit", "--core=0", "--fsize=3000", "--nproc=100", "x");
        }
    }
}
