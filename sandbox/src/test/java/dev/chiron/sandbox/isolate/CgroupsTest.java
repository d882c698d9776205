package dev.chiron.sandbox.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a tree of plain files that looks like cgroups; the real ones are part of {@code HostileScripts}. */
class CgroupsTest {

    @TempDir
    Path folder;

    private Path own(String... lines) throws Exception {
        return Files.write(folder.resolve("own"), List.of(lines));
    }

    @Test
    void versionOneHasAFolderForMemoryAndOneForTasks() throws Exception {
        Path own = own("8:pids:/a", "4:memory:/b", "0::/");
        Files.createDirectories(folder.resolve("memory/b"));
        Files.createDirectories(folder.resolve("pids/a"));
        Cgroups groups = Cgroups.find(own, folder).orElseThrow();
        Cgroups.Group group = groups.open("x", OptionalLong.of(1000), 20);
        String name = Owner.self().name("x");
        assertThat(groups.version()).isEqualTo(1);
        assertThat(group.folders())
                .containsExactly(
                        folder.resolve("memory/b").resolve(name),
                        folder.resolve("pids/a").resolve(name));
        assertThat(group.folders().get(0).resolve("memory.limit_in_bytes")).hasContent("1000");
        assertThat(group.folders().get(1).resolve("pids.max")).hasContent("20");
        Files.writeString(group.folders().get(0).resolve("memory.oom_control"), "under_oom 0\noom_kill 3\n");
        assertThat(group.killed()).isEqualTo(3);
        group.close(); // which on plain files cannot remove the folder, and must not hang for it
    }

    @Test
    void versionTwoNeedsAParentThatGivesItsChildrenBoth() throws Exception {
        Path own = own("0::/app/mine");
        Path app = Files.createDirectories(folder.resolve("app/mine")).getParent();
        assertThat(Cgroups.find(own, folder)).isEmpty();
        Files.writeString(app.resolve("mine/cgroup.subtree_control"), "cpu");
        Files.writeString(app.resolve("cgroup.subtree_control"), "cpu memory pids");
        Cgroups groups = Cgroups.find(own, folder).orElseThrow();
        assertThat(groups.version()).isEqualTo(2);
        Cgroups.Group group = groups.open("x", OptionalLong.of(1000), 20);
        assertThat(group.entries()).hasSize(1);
        assertThat(group.folders().get(0)).hasParent(app);
        assertThat(group.folders().get(0).resolve("memory.max")).hasContent("1000");
        Files.writeString(group.folders().get(0).resolve("memory.events"), "oom 4\noom_kill 2\n");
        assertThat(group.killed()).isEqualTo(2);
    }

    /** A Chiron that was killed could end nothing, and its trial may have left a daemon that nobody else finds. */
    @Test
    void whatIsLeftOfAChironThatIsGoneIsEndedAndNothingElse() throws Exception {
        Optional<Cgroups> groups = Cgroups.find();
        assumeTrue(groups.isPresent(), "no control groups can be made here");
        Process chiron = new ProcessBuilder("sleep", "300").start();
        Owner alive = Owner.of(chiron.pid());
        Process ended = new ProcessBuilder("sleep", "300").start();
        Owner gone = Owner.of(ended.pid());
        ended.destroyForcibly().waitFor();
        List<Path> parents;
        try (Cgroups.Group group = groups.get().open("parents", OptionalLong.empty(), 10)) {
            parents = group.folders().stream().map(Path::getParent).toList();
        }
        Map<Owner, Process> daemons = new LinkedHashMap<>();
        for (Owner owner : List.of(
                gone,
                alive,
                new Owner(gone.namespace() + 1, gone.pid(), gone.start()), // in a container, and not to be seen
                new Owner(alive.namespace(), alive.pid(), alive.start() - 1))) { // its number was given away again
            daemons.put(owner, daemon(parents, owner));
        }
        assertThat(Cgroups.find()).isPresent();
        List<Boolean> left = daemons.values().stream().map(CgroupsTest::isAlive).toList();
        daemons.values().forEach(Process::destroyForcibly);
        for (Process daemon : daemons.values()) {
            daemon.waitFor();
        }
        chiron.destroyForcibly();
        for (Owner owner : daemons.keySet()) {
            for (Path parent : parents) {
                Files.deleteIfExists(parent.resolve(owner.name("test")));
            }
        }
        assertThat(left).containsExactly(false, true, true, false);
    }

    private static boolean isAlive(Process process) {
        try {
            return !process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Process daemon(List<Path> parents, Owner owner) throws Exception {
        List<Path> entries = new ArrayList<>();
        for (Path parent : parents) {
            entries.add(
                    Files.createDirectories(parent.resolve(owner.name("test"))).resolve("cgroup.procs"));
        }
        Process daemon =
                new ProcessBuilder(Start.in(entries).then(List.of("/bin/sh", "-c", "echo in; exec sleep 300"))).start();
        assertThat(daemon.inputReader().readLine()).isEqualTo("in");
        return daemon;
    }

    @Test
    void withoutAnythingThereAreNone() throws Exception {
        assertThat(Cgroups.find(folder.resolve("absent"), folder)).isEmpty();
        assertThat(Cgroups.find(own("8:pids:/", "4:memory:/"), folder)).isEmpty();
    }
}
