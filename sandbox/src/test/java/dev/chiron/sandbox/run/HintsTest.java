package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.isolate.Isolation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {

    private static final Path PLACE = Path.of("/home/me/project/chiron-study/workspace");

    private static String hint(String text) {
        return new Hints(Isolation.BUBBLEWRAP, false, PLACE, List.of(Path.of("data/private")))
                .find(text)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "socket.gaierror: [Errno -3] Temporary failure in name resolution|sandbox.network",
                "OSError: [Errno 101] Network is unreachable|sandbox.network",
                "java.net.UnknownHostException: huggingface.co|sandbox.network",
                "FileNotFoundError: [Errno 2] No such file or directory: '/data/train.bin'|/data/train.bin is there",
                "cat: /data/x: No such file or directory|if /data/x is there",
                "java.nio.file.NoSuchFileException: /data/x|sandbox.read",
                "OSError: [Errno 30] Read-only file system: '/home/me/out'|caches:",
                "RuntimeError: Found no NVIDIA driver on your system.|sandbox.devices",
                "DataLoader worker is killed: out of shared memory|limits.memory",
                "OSError: [Errno 27] File too large|limits.disk",
                "PermissionError: [Errno 1] Operation not permitted|--sandbox off",
                "FileNotFoundError: No such file or directory: '/home/me/project/chiron-study/workspace/x'|none",
                "FileNotFoundError: [Errno 2] No such file or directory: 'data/x'|none",
                "ModuleNotFoundError: No module named 'mylib'|if mylib is such a package, add its folder to sandbox.read; if another Python has it",
                "FileNotFoundError: [Errno 2] No such file or directory: '../data/x.bin'|beside which ../data/x.bin is not",
                "cat: ../shared/x: No such file or directory|beside which ../shared/x is not",
                "FileNotFoundError: No such file or directory: 'data/private/x'|data/private was not copied: you may not read it",
                "ValueError: x|none"
            })
    void whatLooksLikeTheSandboxNamesTheSetting(String line, String expected) {
        assertThat(hint("step 1\n" + line + "\n")).contains(expected);
    }

    @Test
    void theLastLineThatSaysSomethingDecides() {
        assertThat(hint("Network is unreachable\nNo such file or directory: '/data/x'\nbye"))
                .contains("/data/x");
    }

    @Test
    void nothingIsBlamedOnWallsThatAreNotThere() {
        String text = "Network is unreachable";
        assertThat(new Hints(Isolation.PLAIN, false, PLACE, List.of()).find(text))
                .isEmpty();
        assertThat(new Hints(Isolation.BUBBLEWRAP, true, PLACE, List.of()).find(text))
                .isEmpty();
    }
}
