package dev.chiron.sandbox.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProbeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    /** A probe that finds a bwrap of ours. */
    private Probe probe(String script) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Path bwrap = Files.writeString(programs.resolve("bwrap"), "#!/bin/sh\n" + script + "\n");
        assertThat(bwrap.toFile().setExecutable(true)).isTrue();
        return new Probe(
                List.of(programs, Path.of("/usr/bin"), Path.of("/usr/sbin")),
                folder,
                System.getProperty("os.arch"),
                PATIENCE);
    }

    private List<String> tries() throws Exception {
        return Files.readAllLines(folder.resolve("tries"));
    }

    @Test
    void aProgramThatHangsIsWaitedForOnceAndLeavesNothingBehind() throws Exception {
        Probe probe = probe("echo $$ >> " + folder + "/tries; sleep 1234; true");
        Probe.Finding finding = probe.look(Isolation.BUBBLEWRAP);
        assertThat(finding.walls()).isEmpty();
        assertThat(finding.detail()).contains("no answer in 2 s");
        assertThat(probe.look(Isolation.BUBBLEWRAP)).isSameAs(finding);
        assertThat(tries()).hasSize(1);
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("sleep 1234")))
                .isEmpty();
    }

    @Test
    void whatIsLeftBehindWithThePipeDoesNotHoldUsUp() throws Exception {
        Probe probe = probe("echo no room; sleep 30 & exit 1");
        assertThat(probe.look(Isolation.BUBBLEWRAP).detail()).contains("no room");
    }
}
