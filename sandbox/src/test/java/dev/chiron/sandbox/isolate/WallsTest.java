package dev.chiron.sandbox.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WallsTest {

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void data() throws Exception {
        folder = folder.toRealPath();
        data = Files.createDirectories(folder.resolve("some data"));
    }

    private static Walls walls(Isolation level) {
        Probe probe = new Probe(
                List.of(Path.of("/usr/bin"), Path.of("/usr/sbin")), Path.of("/tmp"), System.getProperty("os.arch"));
        Probe.Finding finding = probe.look(level);
        assumeTrue(finding.walls().isPresent(), finding.detail());
        return finding.walls().orElseThrow();
    }

    private Room room() throws Exception {
        List<Mount> mounts = new ArrayList<>(Machine.programs());
        mounts.add(Mount.read(data));
        return new Room(
                Files.createDirectories(folder.resolve("work")),
                Files.createDirectories(folder.resolve("tmp")),
                mounts,
                Map.of("PATH", "/usr/bin:/bin"),
                false,
                1000,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static String said(Launch launch, List<String> before) throws Exception {
        List<String> words = new ArrayList<>(before);
        words.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        launch.feed(process);
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Tag("bubblewrap")
    @Test
    void aShellIsUnderTheFilterOfSystemCallsAsATrialIs() throws Exception {
        Walls walls = walls(Isolation.BUBBLEWRAP);
        assumeTrue(Seccomp.of(System.getProperty("os.arch")).isPresent(), "system calls are not known here");
        Room room = room();
        walls.prepare(room);
        Launch shell = walls.shell(room, List.of("/bin/sh", "-c", "grep Seccomp: /proc/self/status"), List.of());
        assertThat(said(shell, List.of())).isEqualTo("Seccomp:\t2\n");
    }

    @Tag("bubblewrap")
    @Test
    void onlyFoldersThatAreAllOnesOwnAreLaidUnderAWorkspace() throws Exception {
        Walls walls = walls(Isolation.BUBBLEWRAP);
        Path upper = Files.createDirectories(folder.resolve("upper"));
        Files.writeString(Files.createDirectories(data.resolve("sub")).resolve("file"), "x");
        assumeTrue(walls.canLayer(data, upper), "overlays do not work here");
        assertThat(upper).isEmptyDirectory();
        Path odd = Files.createDirectories(folder.resolve("a,b:c"));
        assertThat(walls.canLayer(odd, upper))
                .as("cannot be said in an option of mount")
                .isFalse();
        assertThat(walls.canLayer(data, upper)).isTrue();
        assertThat(walls.canLayer(Path.of("/dev"), upper))
                .as("other file systems")
                .isFalse();
        Path other = data.resolve("sub/file");
        if (new ProcessBuilder("chgrp", "1", other.toString()).start().waitFor() == 0) { // which only root can
            assertThat(walls.canLayer(data, upper)).isFalse();
        }
    }

    @Tag("unshare")
    @Test
    void whatIsMountedBelowAReadOnlyFolderCannotBeChangedEither() throws Exception {
        Walls walls = walls(Isolation.UNSHARE);
        Room room = room();
        walls.prepare(room);
        Path mounted = Files.createDirectories(data.resolve("other disk"));
        Launch launch = walls.launch(
                room,
                List.of(
                        "/bin/sh",
                        "-c",
                        "cd \"$1\"; cat file; (echo evil > file) 2>/dev/null && echo WROTE; echo end",
                        "x",
                        mounted.toString()),
                List.of());
        List<String> disk = List.of(
                "/usr/bin/unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "/bin/sh",
                "-c",
                "mount -t tmpfs x \"$0\" && echo inner > \"$0/file\" && exec \"$@\"",
                mounted.toString());
        assertThat(said(launch, disk)).isEqualTo("inner\nend\n");
    }
}
