package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bubblewrap")
class BubblewrapTest extends HostileScripts {

    @Override
    Sandbox sandbox() {
        return Walled.of(Isolation.BUBBLEWRAP, Walled.groups());
    }

    @Test
    void aRunSeesItselfAsWhoStartedItAlsoOverFoldersThatAreNotCopied() throws Exception {
        Bench bench = Bench.shell(
                        folder, "echo uid $(id -u) gid $(id -g)", "stat -c 'owner %u' data/f7", "echo loss: 1")
                .inside(sandbox());
        Path data = Files.createDirectories(bench.project().resolve("data"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(data.resolve("f" + i), "");
        }
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Object gid = Files.getAttribute(Path.of("/proc/self"), "unix:gid");
        Execution execution = bench.execute();
        assertThat(bench.workspace().resolve("data/f7")).doesNotExist();
        assertThat(execution.head()).contains("uid " + uid + " gid " + gid + "\n", "owner " + uid + "\n", "loss: 1");
    }

    @Tag("python")
    @Test
    void systemCallsThatNoTrainingNeedsAreRefused() throws Exception {
        Execution execution = Bench.python(
                        folder,
                        "import socket, fcntl, ctypes",
                        "for family in (40, 38, 17):",
                        "    try:",
                        "        socket.socket(family, socket.SOCK_STREAM); print('OPENED', family)",
                        "    except OSError as e: print(e)",
                        "libc = ctypes.CDLL(None, use_errno=True)",
                        "for call in (321, 425, 323, 250, 298, 165, 272):",
                        "    r = libc.syscall(call, 0, 0, 0, 0, 0)",
                        "    print('ALLOWED' if r >= 0 or ctypes.get_errno() != 1 else 'refused', call)",
                        "r = libc.syscall(56, 0x10000011, 0, 0, 0, 0)", // clone, with a user namespace
                        "print('ALLOWED' if r >= 0 or ctypes.get_errno() != 1 else 'refused', 'clone')",
                        "r = libc.syscall(435, 0, 0)",
                        "print('ALLOWED' if r >= 0 or ctypes.get_errno() != 38 else 'refused', 'clone3')",
                        "r = libc.prctl(4, 0, 0, 0, 0)", // would hide its files from us
                        "print('ALLOWED' if r >= 0 or ctypes.get_errno() != 1 else 'refused', 'undumpable')",
                        "try: fcntl.ioctl(0, 0x5412, b'x'); print('TYPED')",
                        "except OSError as e: print(e)",
                        "socket.socketpair(); socket.socket(); print('loss: 1')")
                .inside(sandbox())
                .execute();
        assertThat(execution.head())
                .doesNotContain("OPENED", "ALLOWED", "TYPED")
                .contains("loss: 1");
    }
}
