package dev.chiron.sandbox.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
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
        String name = "chiron-" + ProcessHandle.current().pid() + "-x";
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

    @Test
    void withoutAnythingThereAreNone() throws Exception {
        assertThat(Cgroups.find(folder.resolve("absent"), folder)).isEmpty();
        assertThat(Cgroups.find(own("8:pids:/", "4:memory:/"), folder)).isEmpty();
    }
}
