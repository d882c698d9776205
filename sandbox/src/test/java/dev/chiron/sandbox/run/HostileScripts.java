package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Failed;
import dev.chiron.optimizers.study.Outcome.Measured;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a script may try, in a sandbox that hides the machine. Each is bounded, and nothing of it is felt outside. */
@Timeout(120)
abstract class HostileScripts {

    @TempDir
    Path folder;

    abstract Sandbox sandbox();

    private Bench shell(String... lines) throws IOException {
        return Bench.shell(folder, lines).inside(sandbox()).within(limits(90));
    }

    private Bench python(String... lines) throws IOException {
        return Bench.python(folder, lines).inside(sandbox()).within(limits(90));
    }

    private static Limits limits(int seconds) {
        return new Limits(
                Duration.ofSeconds(seconds),
                OptionalLong.of(300_000_000),
                OptionalInt.of(40),
                5_000_000,
                OptionalLong.of(50_000_000));
    }

    private static void assertNothingLeft(Bench bench) {
        assertThat(Marker.of(bench.workspace()).processes()).isEmpty();
    }

    @Test
    void anHonestScriptRunsAndTheRunSaysHowItWasKeptIn() throws Exception {
        Execution execution =
                shell("echo loss: 1.5", "echo x > made", "cat", "exit 0").execute();
        assertThat(execution.tail()).isEqualTo("loss: 1.5\n");
        assertThat(execution.outcome()).isEqualTo(new Measured(1.5));
        assertThat(execution.containment()).contains(sandbox().containment());
        assertThat(folder.resolve("workspace/made")).hasContent("x");
    }

    @Test
    void aForkBombIsStopped() throws Exception {
        Bench bench = shell(
                // of 500 at most, for the sake of whoever shares this machine
                "f() { if [ $1 -gt 0 ]; then f $(($1 - 1)) & f $(($1 - 1)) & fi; sleep 300; }",
                "f 8 &",
                "exec sleep 300"); // what began it is not to end by a fork that is refused before anybody looks
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: more than 40 processes"));
        assertNothingLeft(bench);
    }

    @Tag("python")
    @Test
    void memoryIsCountedOverAllProcesses() throws Exception {
        Bench bench = python(
                "import os, time",
                "for i in range(8):",
                "    if os.fork() == 0:",
                "        x = b'x' * 100_000_000",
                "        time.sleep(300)",
                "for i in range(8):",
                "    os.wait()",
                "print('loss: 0')");
        assertThat(bench.outcome())
                .isEqualTo(new Failed(Reason.OUT_OF_MEMORY, "stopped: used more memory than 300.0 MB"));
        assertNothingLeft(bench);
    }

    @Tag("python")
    @Test
    void sharedMemoryIsBounded() throws Exception {
        Bench bench = python(
                "with open('/dev/shm/big', 'wb') as big:",
                "    for i in range(1000):",
                "        big.write(b'x' * 1_000_000)");
        assertThat(bench.outcome()).isInstanceOf(Failed.class);
        assertNothingLeft(bench);
    }

    @Tag("python")
    @Test
    void sharedMemoryCountsWithAllOther() throws Exception {
        Bench bench = python(
                "import mmap, os, time",
                "held = b'x' * 150_000_000",
                "with open('/dev/shm/big', 'wb') as big: big.write(b'x' * 100_000_000)",
                "shared = mmap.mmap(-1, 100_000_000)",
                "for i in range(0, 100_000_000, 4096): shared[i] = 1",
                "time.sleep(300)");
        assertThat(bench.outcome())
                .isEqualTo(new Failed(Reason.OUT_OF_MEMORY, "stopped: used more memory than 300.0 MB"));
    }

    @Tag("python")
    @Test
    void whatSeveralProcessesShareCountsOnce() throws Exception {
        Bench bench = python(
                "import mmap, os, time",
                "shared = mmap.mmap(-1, 150_000_000)",
                "for i in range(0, 150_000_000, 4096): shared[i] = 1",
                "children = []",
                "for child in range(4):",
                "    pid = os.fork()",
                "    if pid == 0:",
                "        for i in range(0, 150_000_000, 4096): shared[i]",
                "        time.sleep(2)",
                "        os._exit(0)",
                "    children.append(pid)",
                "for pid in children: os.waitpid(pid, 0)",
                "print('loss: 1')");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
    }

    @Tag("python")
    @Test
    void aFileInSharedMemoryMayBeLargerThanTheDiskAllows() throws Exception {
        Bench bench = python(
                "with open('/dev/shm/batch', 'wb') as batch: batch.write(b'x' * 120_000_000)", "print('loss: 1')");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
    }

    @Test
    void foldersAndLinksCountAsWhatTheyTake() throws Exception {
        Limits few = new Limits(
                Duration.ofSeconds(30),
                OptionalLong.empty(),
                OptionalInt.empty(),
                5_000_000,
                OptionalLong.of(4_000_000));
        Bench bench = shell("mkdir $(seq -f d%g 1200)", "sleep 300").within(few);
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: wrote more than 4.0 MB"));
    }

    @Test
    void anEndlessLoopThatIgnoresSignalsIsStopped() throws Exception {
        Bench bench = shell("trap '' TERM INT HUP", "echo loss: 0", "while :; do :; done")
                .within(limits(1));
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.TIMED_OUT, "stopped after 1 s, the limit of time"));
        assertNothingLeft(bench);
    }

    @Test
    void theTerminalIsOutOfReachInBothDirections() throws Exception {
        Bench bench = shell("echo up > up", "while [ ! -e go ]; do sleep 0.02; done", "echo loss: 1");
        CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> {
            try {
                return bench.outcome();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (!Files.exists(bench.workspace().resolve("up")) && !running.isDone()) {
            Thread.onSpinWait();
        }
        List<String> sessions = ProcessHandle.current()
                .descendants()
                .filter(process -> worksIn(process.pid(), bench.workspace()))
                .map(process -> session(process.pid()))
                .toList();
        Files.writeString(bench.workspace().resolve("go"), "");
        assertThat(running.get()).isEqualTo(new Measured(1));
        // who is in another session gets no Ctrl-C of ours, and our terminal is not its own to type into
        assertThat(sessions)
                .isNotEmpty()
                .doesNotContain(session(ProcessHandle.current().pid()));
    }

    /** Other tests run beside this one. */
    private static boolean worksIn(long pid, Path place) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd"))
                    .equals(place.toRealPath());
        } catch (IOException gone) {
            return false;
        }
    }

    private static String session(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return status.substring(status.lastIndexOf(')') + 2).split(" ")[3];
        } catch (IOException gone) {
            return "gone";
        }
    }

    @Test
    void aRunThatIsOverAtOnceKeepsToTheDiskToo() throws Exception {
        Bench bench = shell("for i in 1 2 3 4; do truncate -s 20000000 f$i; done", "echo loss: 1");
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: wrote more than 50.0 MB"));
    }

    @Test
    void aFloodOfOutputIsStopped() throws Exception {
        Bench bench = shell("yes loss: 0");
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: printed more than 5.0 MB"));
        assertNothingLeft(bench);
    }

    @Test
    void oneFileIsBoundedByTheLimitOfTheDisk() throws Exception {
        Bench bench = shell("head -c 500000000 /dev/zero > big; exit 3");
        assertThat(bench.outcome()).isInstanceOf(Failed.class);
        assertThat(folder.resolve("workspace/big").toFile().length())
                .isLessThan(302_000_000); // the kernel has one bound for disk and shared memory: the larger of both
    }

    @Test
    void manyFilesAreBoundedWhereverTheyAre() throws Exception {
        for (String place : List.of("here", "/tmp", "/var/tmp")) {
            Bench bench = Bench.shell(
                            folder.resolve("in" + place.replace('/', '-')),
                            "mkdir -p here",
                            "for i in 1 2 3 4 5 6 7 8 9; do head -c 20000000 /dev/zero > " + place
                                    + "/f$i; sleep 0.3; done",
                            "sleep 300")
                    .inside(sandbox())
                    .within(limits(90));
            assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: wrote more than 50.0 MB"));
            assertNothingLeft(bench);
        }
    }

    @Tag("python")
    @Test
    void filesWithoutANameCount() throws Exception {
        Bench bench = python(
                "import os, time",
                "held = []",
                "for i in range(20):",
                "    f = open('f', 'wb')",
                "    os.unlink('f')",
                "    f.write(b'x' * 10_000_000)",
                "    f.flush()",
                "    held.append(f)",
                "time.sleep(300)");
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: wrote more than 50.0 MB"));
    }

    @Tag("python")
    @Test
    void filesWithoutANameCountThoughTheyAreOnlyMapped() throws Exception {
        Bench bench = python(
                "import ctypes, os, time",
                "libc = ctypes.CDLL(None)",
                "libc.mmap.restype = ctypes.c_void_p",
                "for i in range(20):",
                "    with open('f', 'w+b') as f:",
                "        os.unlink('f')",
                "        f.write(b'x' * 10_000_000)",
                "        f.flush()",
                "        libc.mmap(None, ctypes.c_size_t(10_000_000), 1, 1, f.fileno(), ctypes.c_long(0))",
                "time.sleep(300)");
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: wrote more than 50.0 MB"));
    }

    @Tag("python")
    @Test
    void processesThatHideWhatTheyHoldDoNotHideIt() throws Exception {
        for (String hiding : List.of(
                "ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)", // PR_SET_DUMPABLE
                "copy('/usr/bin/python3')")) {
            Bench bench = python(
                    "import ctypes, os, shutil, sys, time",
                    "def copy(program):",
                    "    if len(sys.argv) == 1:",
                    "        shutil.copy(os.path.realpath(program), 'unreadable')",
                    "        os.chmod('unreadable', 0o111)",
                    "        os.execve('./unreadable', ['python3', 'train.py', 'again'], {'PYTHONHOME': '/usr'})",
                    hiding,
                    "held = []",
                    "for i in range(20):",
                    "    f = open('f', 'wb')",
                    "    os.unlink('f')",
                    "    f.write(b'x' * 10_000_000)",
                    "    f.flush()",
                    "    held.append(f)",
                    "time.sleep(300)");
            assertThat(((Failed) bench.outcome()).detail())
                    .as(hiding)
                    .isIn(
                            "stopped: wrote more than 50.0 MB",
                            "stopped: made processes that cannot be looked into, so no limit could be kept");
            Clearing.remove(bench.workspace());
        }
    }

    @Tag("python")
    @Test
    void foldersThatCannotBeLookedIntoHideNoFiles() throws Exception {
        Bench bench = python(
                "import os, time",
                "for i in range(2500):",
                "    os.mkdir('deep')",
                "    os.chdir('deep')",
                "for i in range(9):",
                "    with open(f'f{i}', 'wb') as f: f.write(b'x' * 20_000_000)",
                "time.sleep(300)");
        Outcome outcome = bench.outcome();
        Clearing.remove(bench.workspace());
        assertThat(outcome)
                .isEqualTo(new Failed(
                        Reason.CRASHED, "stopped: made folders that cannot be looked into, so no limit could be kept"));
        assertThat(bench.workspace()).doesNotExist();
    }

    @Test
    void daemonsEndWithTheRun() throws Exception {
        Bench bench = shell(
                "(env -i setsid sh -c 'while :; do date +%N > " + folder + "/workspace/beat; done' "
                        + "</dev/null >/dev/null 2>&1 &)",
                "while [ ! -s beat ]; do sleep 0.02; done",
                "echo loss: 1");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
        String last = Files.readString(bench.workspace().resolve("beat"));
        new ProcessBuilder("sleep", "0.3").start().waitFor();
        assertThat(bench.workspace().resolve("beat")).hasContent(last);
    }

    @Test
    void aLinkInPlaceOfTheResultIsNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.json"), "{\"loss\": -1}");
        Bench bench = shell("ln -s " + secret + " out.json").reading("out.json", "$.loss");
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.NO_METRIC, "out.json is not a regular file"));
    }

    @Test
    void aPipeInPlaceOfTheResultBlocksNobody() throws Exception {
        Bench bench = shell("mkfifo out.json").reading("out.json", "$.loss");
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.NO_METRIC, "out.json is not a regular file"));
    }

    @Test
    void aHugeResultIsNotReadWhole() throws Exception {
        Bench bench = shell("truncate -s 40000000 out.json").reading("out.json", "$.loss");
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.NO_METRIC, "out.json is larger than 1 MB"));
    }

    @Test
    void aHookInAGitFolderIsNeverRun() throws Exception {
        Path trap = folder.resolve("trapped");
        Bench bench = shell(
                "mkdir -p .git/hooks .git/objects .git/refs/heads",
                "echo 'ref: refs/heads/main' > .git/HEAD",
                "printf '[core]\\n\\tfsmonitor = touch " + trap + "\\n\\thooksPath = .git/hooks\\n' > .git/config",
                "printf '#!/bin/sh\\ntouch " + trap + "\\n' > .git/hooks/post-checkout",
                "chmod +x .git/hooks/post-checkout",
                "echo loss: 1");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
        Clearing.remove(bench.workspace()); // which is all that we do with a workspace afterwards
        assertThat(trap).doesNotExist();
    }

    @Test
    void keysCannotBeRead() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home/.ssh")).getParent();
        Files.writeString(home.resolve(".ssh/id_rsa"), "sk-secret-file");
        Bench bench = shell(
                "exec 2>&1",
                "cat " + home + "/.ssh/id_rsa",
                "cat /root/.ssh/* /home/*/.ssh/* /etc/shadow",
                "cat /proc/*/environ | tr '\\0' '\\n'",
                "tr '\\0' '\\n' < /proc/1/cmdline | grep -i secret",
                "echo loss: 1");
        Map<String, String> outer = new LinkedHashMap<>(System.getenv());
        outer.put("HOME", home.toString());
        outer.put("OPENAI_API_KEY", "sk-secret-variable");
        Execution execution = bench.runner(outer).run(new Change.Settings(Config.of(Map.of())), bench.workspace());
        assertThat(execution.outcome()).isInstanceOf(Measured.class);
        assertThat(execution.head()).doesNotContain("secret-", "root:").contains("id_rsa: No such file or directory");
    }

    @Tag("python")
    @Test
    void socketsLeadNowhere() throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path path = folder.resolve("socket");
            unix.bind(UnixDomainSocketAddress.of(path));
            unix.configureBlocking(false);
            tcp.setSoTimeout(1);
            Bench bench = python(
                    "import socket",
                    "def reach(family, address):",
                    "    try:",
                    "        with socket.socket(family, socket.SOCK_STREAM) as s:",
                    "            s.settimeout(2)",
                    "            s.connect(address)",
                    "        print('REACHED', address)",
                    "    except OSError as e:",
                    "        print(e)",
                    "reach(socket.AF_INET, ('127.0.0.1', " + tcp.getLocalPort() + "))",
                    "reach(socket.AF_INET, ('1.1.1.1', 53))",
                    "reach(socket.AF_UNIX, '" + path + "')",
                    "reach(socket.AF_UNIX, '\\0chiron-abstract')",
                    "print('loss: 1')");
            Execution execution = bench.execute();
            assertThat(execution.outcome()).isEqualTo(new Measured(1));
            assertThat(execution.head()).doesNotContain("REACHED").contains("Network is unreachable");
            assertThat(unix.accept()).isNull();
        }
    }

    @Tag("python")
    @Test
    void aFailureForWantOfANetworkNamesTheSetting() throws Exception {
        Bench bench = python("import socket", "socket.create_connection(('1.1.1.1', 53), 2)");
        assertThat(bench.outcome())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.detail())
                                .endsWith("(trials have no network: sandbox.network: true gives them one)"));
    }

    @Tag("python")
    @Test
    void aNetworkThatIsAskedForIsThere() throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Bench bench = python(
                            "import socket",
                            "socket.create_connection(('127.0.0.1', " + tcp.getLocalPort() + "), 5)",
                            "print('loss: 1')")
                    .seeing(new Access(List.of(), true, Optional.empty(), List.of()));
            assertThat(bench.outcome()).isEqualTo(new Measured(1));
        }
    }

    @Test
    void theHarnessCannotBeSignalled() throws Exception {
        long pid = ProcessHandle.current().pid();
        Bench bench = shell(
                "kill -9 " + pid + " && echo KILLED",
                "echo seen $(ls -d /proc/[0-9]* | wc -l)",
                "echo loss: 1",
                // only where that is nobody of this machine: a sandbox that leaks is to fail the test, not to end the
                // tests
                "[ $(ls -d /proc/[0-9]* | wc -l) -lt 20 ] && kill -9 -1");
        Execution execution = bench.execute();
        assertThat(execution.head()).doesNotContain("KILLED");
        assertThat(ProcessHandle.current().isAlive()).isTrue();
        assertThat(execution.head()).containsPattern("(?m)seen [2-7]$");
    }

    @Test
    void theEvaluatorCanBeNeitherDeletedNorReplacedNorMovedAway() throws Exception {
        Bench bench = shell(
                        "exec 2>/dev/null",
                        "rm -f prepare.py eval/deep/score.py",
                        "echo fake > prepare.py",
                        "echo fake > eval/deep/score.py",
                        "echo fake > x; mv x prepare.py; mv x eval/deep/score.py; ln -sf x prepare.py",
                        "mv eval old; mkdir -p eval/deep; echo fake > eval/deep/score.py",
                        "mv eval/deep eval/old; mkdir -p eval/deep; echo fake > eval/deep/score.py",
                        "mv linked other; echo fake > linked",
                        "chmod 777 prepare.py; umount prepare.py; mount -o remount,rw prepare.py",
                        "cat prepare.py eval/deep/score.py linked",
                        "echo loss: 1")
                .keeping("prepare.py", "eval/deep/score.py", "linked");
        Files.writeString(bench.project().resolve("prepare.py"), "true one\n");
        Files.createDirectories(bench.project().resolve("eval/deep"));
        Files.writeString(bench.project().resolve("eval/deep/score.py"), "true two\n");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "true three\n");
        Files.createSymbolicLink(bench.project().resolve("linked"), elsewhere);
        Execution execution = bench.execute();
        assertThat(execution.outcome()).isEqualTo(new Measured(1));
        assertThat(execution.head()).contains("true one\ntrue two\ntrue three\nloss: 1\n");
        assertThat(bench.workspace().resolve("prepare.py")).hasContent("true one\n");
        assertThat(bench.workspace().resolve("eval/deep/score.py")).hasContent("true two\n");
        assertThat(bench.project().resolve("prepare.py")).hasContent("true one\n");
        assertThat(elsewhere).hasContent("true three\n");
    }

    @Test
    void theEvaluatorStaysAtItsOwnPathWhateverIsDoneToTheFoldersAbove() throws Exception {
        Path workspace = folder.toRealPath().resolve("workspace"); // below /tmp, as a project may well be
        Path top = Path.of("/tmp").resolve(workspace.getName(1));
        Bench bench = shell(
                        "exec 2>&1; mv " + workspace + " " + workspace + "-old",
                        "mv " + top + " /tmp/old; mv " + top + "/* /tmp/; rm -rf " + top,
                        "mkdir -p " + workspace + "; echo fake > " + workspace + "/prepare.py",
                        "cat " + workspace + "/prepare.py",
                        "find / -xdev -name '.chiron*' -o -name '*-walls'",
                        "for copy in $(find / -path '*/workspace/prepare.py' 2>/dev/null); do",
                        "  echo fake > $copy; cmp -s $copy " + workspace + "/prepare.py && echo at $copy",
                        "done",
                        "touch " + top + "/made && echo MADE; ls -A /tmp",
                        "echo loss: 1")
                .keeping("prepare.py");
        Files.writeString(bench.project().resolve("prepare.py"), "true\n");
        Execution execution = bench.execute();
        assertThat(((Measured) execution.outcome()).value()).isEqualTo(1); // complaints look like metrics, too
        assertThat(execution.head().lines().filter(line -> !line.contains(": ")))
                .containsExactly(
                        "true",
                        "at " + workspace + "/prepare.py",
                        top.getFileName().toString());
    }

    @Test
    void anEndThatLooksLikeBrokenWallsIsTheRunsOwn() throws Exception {
        for (String words : List.of("bwrap: Can't mkdir /x", "unshare: unshare failed", "mount: /x: failed")) {
            Bench bench = shell(
                    "echo \"" + words + "\" >&2",
                    "rm -rf /tmp/.[a-z]* /tmp/* .[a-z]* * 2>/dev/null",
                    "for open in /proc/[0-9]*/fd/[3-9]; do echo fake > $open; done 2>/dev/null",
                    "exit 1");
            assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "exit 1: " + words));
            assertThat(bench.folder()).isDirectoryNotContaining("glob:**-walls");
        }
    }

    @Test
    void wallsThatCannotBeBuiltAreTheMachinesFault() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path inside = Files.createDirectories(folder.resolve("project/data"));
        Files.writeString(inside.resolve("x"), "");
        Bench bench = shell("echo loss: 1")
                .seeing(new Access(
                        List.of(),
                        false,
                        Optional.empty(),
                        List.of(new Access.Cache(data, "data/x/cache", false)))); // a folder at a file's place
        assertThat(bench.outcome()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.INFRASTRUCTURE);
            assertThat(failed.detail()).startsWith("the sandbox could not be built: ");
        });
    }

    @Test
    void whatMayNotBeReadStopsNoRun() throws Exception {
        Bench bench = shell("cat private/x secret; echo loss: 1");
        Path hidden = Files.createDirectories(bench.project().resolve("private"));
        Files.writeString(hidden.resolve("x"), "x\n");
        Path secret = Files.writeString(bench.project().resolve("secret"), "x\n");
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Outcome outcome = bench.outcome();
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
        assertThat(outcome).isEqualTo(new Measured(1)); // root may read everything: see OrdinaryUserTest
    }

    @Test
    void nothingIsWrittenOutside() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Bench bench = shell(
                "for place in " + outside + " " + folder
                        + "/project / /usr/bin /usr/local /etc /dev /proc/sys/kernel /sys /home /root; do",
                "  (echo evil > $place/chiron-was-here) && echo WROTE $place",
                "done",
                "cat /proc/sys/kernel/core_pattern > pattern",
                "(cat pattern > /proc/sys/kernel/core_pattern) && echo WROTE core_pattern",
                "(echo h > /proc/sysrq-trigger) && echo WROTE sysrq",
                "mount -o remount,rw /usr && echo WROTE remount",
                "mount -t tmpfs x /tmp && echo WROTE mount",
                "unshare --user --map-root-user --mount sh -c 'mount -o remount,bind,rw /usr && echo evil > /usr/x' && echo WROTE nested",
                "chroot / true && echo WROTE chroot",
                "echo loss: 1");
        Execution execution = bench.execute();
        assertThat(execution.outcome()).isEqualTo(new Measured(1));
        assertThat(execution.head()).doesNotContain("WROTE");
        assertThat(outside).isEmptyDirectory();
        assertThat(Path.of("/usr/bin/chiron-was-here")).doesNotExist();
        assertThat(bench.project()).isDirectoryNotContaining("glob:**chiron-was-here");
    }

    @Test
    void noCapabilityIsLeftAndNoneCanBeGained() throws Exception {
        Execution execution = shell("grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status", "echo loss: 1")
                .execute();
        assertThat(execution.head())
                .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
    }

    @Test
    void whatTheTaskListsIsSeenAndCannotBeChanged() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("train.bin"), "data");
        Path hidden = Files.writeString(folder.resolve("hidden"), "x");
        Bench bench = shell(
                        "exec 2>&1; cat " + data + "/train.bin; rm " + data + "/train.bin; echo x > " + data
                                + "/train.bin",
                        "echo loss: 1; cat " + hidden)
                .seeing(new Access(List.of(data), false, Optional.empty(), List.of()));
        Execution execution = bench.execute();
        assertThat(execution.head()).startsWith("data");
        assertThat(data.resolve("train.bin")).hasContent("data");
        assertThat(execution.outcome())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.detail())
                                .contains("if " + hidden + " is there, add it to sandbox.read"));
    }

    @Test
    void cachesAreSharedAsTheTaskSays() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        Files.writeString(models.resolve("weights"), "w");
        Path kernels = folder.resolve("kernels");
        Access access = new Access(
                List.of(),
                false,
                Optional.empty(),
                List.of(
                        new Access.Cache(models, ".cache/models", false),
                        new Access.Cache(kernels, ".cache/kernels", true)));
        Bench bench = shell(
                        "exec 2>&1",
                        "cat ~/.cache/models/weights",
                        "echo evil > ~/.cache/models/weights || echo refused",
                        "cat ~/.cache/kernels/k || echo k > ~/.cache/kernels/k",
                        "echo loss: 1")
                .seeing(access);
        assertThat(bench.execute().head()).contains("w", "refused", "kernels/k: No such file");
        assertThat(kernels.resolve("k")).hasContent("k\n");
        assertThat(models.resolve("weights")).hasContent("w");
        Outcome again = Bench.shell(folder.resolve("again"), "echo loss: 1; cat ~/.cache/kernels/k")
                .inside(sandbox())
                .seeing(access)
                .outcome();
        assertThat(again).isEqualTo(new Measured(1));
    }

    @Test
    void aLargeFolderIsSeenAndChangedWithoutBeingCopied() throws Exception {
        Bench bench = shell(
                        "exec 2>&1; cat data/f7 data/sub/link data/out; ls data | wc -l; ls -A data/.venv | wc -l",
                        "echo new > data/f7; rm data/f8; echo more > data/sub/made; echo {} > data/out.json",
                        "echo evil > data/sub/score; mv data/sub data/old; cat data/f7 data/sub/score",
                        "ls data/f8 || echo gone; touch .chiron-layers/x || echo closed; echo '{\"loss\": 2}' > data/out.json")
                .reading("data/out.json", "$.loss")
                .keeping("data/sub/score");
        Path data = Files.createDirectories(bench.project().resolve("data/sub")).getParent();
        for (int i = 0; i < 300; i++) {
            Files.writeString(data.resolve("f" + i), "f" + i + "\n");
        }
        Files.writeString(data.resolve("out.json"), "{\"loss\": 9}");
        Files.writeString(data.resolve("sub/score"), "true\n");
        Files.createSymbolicLink(data.resolve("sub/link"), data.resolve("f9"));
        Path outside = Files.writeString(folder.resolve("outside"), "out\n");
        Files.createSymbolicLink(data.resolve("out"), Path.of("../../outside"));
        Files.writeString(Files.createDirectories(data.resolve(".venv")).resolve("x"), "");
        Execution execution = bench.execute();
        assertThat(execution.outcome()).isEqualTo(new Measured(2));
        if (sandbox().level() == Isolation.BUBBLEWRAP) {
            assertThat(bench.workspace().resolve("data/f9")).doesNotExist();
        }
        assertThat(execution.head()).startsWith("f7\nf9\nout\n").contains("new\n", "true\n", "gone\n", "closed\n");
        assertThat(data.resolve("f7")).hasContent("f7\n");
        assertThat(data.resolve("f8")).exists();
        assertThat(data.resolve("sub/score")).hasContent("true\n");
        assertThat(outside).hasContent("out\n");
        Clearing.remove(bench.workspace());
        assertThat(bench.workspace()).doesNotExist();
        assertThat(data.resolve("f9")).exists();
    }

    @Test
    void anEvaluatorBehindALinkOfTheProjectCannotBeChangedWhereItReallyLies() throws Exception {
        for (String kept : List.of("eval.sh", "lnk/eval.sh")) {
            Bench bench = shell(
                            "exec 2>/dev/null; echo evil > src/eval.sh; rm -f src/eval.sh; mv src old",
                            "cat src/eval.sh " + kept + "; echo loss: 1")
                    .keeping(kept);
            Path src = Files.createDirectories(bench.project().resolve("src"));
            Files.writeString(src.resolve("eval.sh"), "true\n");
            Files.deleteIfExists(bench.project().resolve("eval.sh"));
            Files.deleteIfExists(bench.project().resolve("lnk"));
            Files.createSymbolicLink(bench.project().resolve("eval.sh"), Path.of("src/eval.sh"));
            Files.createSymbolicLink(bench.project().resolve("lnk"), Path.of("src"));
            Execution execution = bench.execute();
            assertThat(execution.outcome()).isEqualTo(new Measured(1));
            assertThat(execution.head().lines().filter(line -> !line.contains(": ")))
                    .as(kept)
                    .containsExactly("true", "true");
            Clearing.remove(bench.workspace());
        }
    }

    @Test
    void aReadonlyFolderStaysSoThoughAFileInItIsListed() throws Exception {
        Bench bench = shell("exec 2>/dev/null; echo evil > lib/b; echo evil > lib/a; cat lib/a lib/b; echo loss: 1")
                .keeping("lib", "lib/a");
        Path lib = Files.createDirectories(bench.project().resolve("lib"));
        Files.writeString(lib.resolve("a"), "true\n");
        Files.writeString(lib.resolve("b"), "true\n");
        Execution execution = bench.execute();
        assertThat(execution.outcome()).isEqualTo(new Measured(1));
        assertThat(execution.head().lines().filter(line -> !line.contains(": ")))
                .containsExactly("true", "true");
    }

    @Test
    void whatIsHiddenOfALargeFolderStaysHiddenThoughAFileInItIsReadonly() throws Exception {
        Bench bench = shell(
                        "exec 2>/dev/null; cat big/.git/config; cat big/7; echo evil > big/7; cat big/7; echo loss: 1")
                .keeping("big/7");
        Path big = Files.createDirectories(bench.project().resolve("big/.git")).getParent();
        Files.writeString(big.resolve(".git/config"), "token\n");
        for (int i = 0; i < 300; i++) {
            Files.writeString(big.resolve(String.valueOf(i)), i + "\n");
        }
        Execution execution = bench.execute();
        assertThat(execution.outcome()).isEqualTo(new Measured(1));
        assertThat(execution.head().lines().filter(line -> !line.contains(": ")))
                .containsExactly("7", "7");
    }

    @Test
    void keysAreNotInTheProjectEvenWhereTheyLieInItOrALinkLeadsToThem() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("me/.ssh"));
        Files.writeString(elsewhere.resolve("id"), "PRIVATE\n");
        Bench bench = shell("cat key .ssh/id .netrc; echo loss: 1");
        Files.createSymbolicLink(bench.project().resolve("key"), elsewhere.resolve("id"));
        Files.writeString(
                Files.createDirectories(bench.project().resolve(".ssh")).resolve("id"), "PRIVATE\n");
        Files.writeString(bench.project().resolve(".netrc"), "PRIVATE\n");
        Execution execution = bench.execute();
        assertThat(execution.outcome()).isEqualTo(new Measured(1));
        assertThat(execution.head()).doesNotContain("PRIVATE");
    }

    @Test
    void aFileWhereTheTemporaryFolderIsToBeGivesWay() throws Exception {
        Bench bench = shell("echo x > ${TMPDIR:-/tmp}/x && echo loss: 1");
        Files.writeString(bench.project().resolve(".tmp"), "");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
    }

    @Test
    void aCacheThatIsFilledCountsAsWritten() throws Exception {
        Access access = new Access(
                List.of(),
                false,
                Optional.empty(),
                List.of(new Access.Cache(folder.resolve("kernels"), ".cache/kernels", true)));
        Limits limits = new Limits(
                Duration.ofSeconds(30),
                OptionalLong.of(300_000_000),
                OptionalInt.of(40),
                1_000_000,
                OptionalLong.of(16_000_000));
        Bench bench = shell("head -c 60000000 /dev/zero > ~/.cache/kernels/k; echo loss: 1")
                .within(limits)
                .seeing(access);
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: wrote more than 16.0 MB"));
    }

    @Test
    void linksLaidInTheWorkspaceLeadNobodyOut() throws Exception {
        Path precious = Files.createDirectories(folder.resolve("precious"));
        Files.writeString(precious.resolve("file"), "x");
        Bench bench = shell("ln -s " + precious + " out; ln -s / root; echo loss: 1");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
        assertThat(Files.isSymbolicLink(bench.workspace().resolve("out"))).isTrue();
        assertThat(Files.exists(precious.resolve("file"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
