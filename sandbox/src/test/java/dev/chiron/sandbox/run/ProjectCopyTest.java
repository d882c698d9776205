package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProjectCopyTest {

    @TempDir
    Path folder;

    @Test
    void copiesOnlyWhatIsTheProjectsOwn() throws Exception {
        Path project = Files.createDirectories(folder.resolve("p"));
        write("p/data/a.txt");
        write("p/node_modules/x");
        write("p/java/pom.xml");
        write("p/java/target/x");
        write("p/target/x");
        write("p/fixed");
        assertThat(project.resolve("fixed").toFile().setReadOnly()).isTrue();
        write("p/.venv/x");
        write("p/chiron-study-2/x");
        write("p/mine/journal.jsonl");
        write("p/mine/study.yaml");
        write("secret");
        write("p/sub/.git"); // of a worktree or a submodule: a file
        write("p/.netrc");
        write("p/sub/.ssh/id");
        write("repository/config");
        Files.createSymbolicLink(project.resolve(".git"), folder.resolve("repository")); // as git-new-workdir makes it
        Files.createSymbolicLink(project.resolve("out"), folder.resolve("secret"));
        Files.createSymbolicLink(project.resolve("in"), project.resolve("data/a.txt"));
        Files.createSymbolicLink(project.resolve("loop"), Path.of("."));
        Files.createSymbolicLink(project.resolve("data/up"), Path.of(".."));
        Files.createSymbolicLink(project.resolve("gone"), Path.of("nowhere"));
        new ProcessBuilder("mkfifo", project.resolve("pipe").toString()).start().waitFor();
        Path workspace = project.resolve("work/ws");
        ProjectCopy.copy(project, workspace, "fixed", ProjectCopy.Omitted.NOTHING, (lower, upper) -> false);
        assertThat(workspace).isDirectoryContaining("glob:**/data");
        try (var files = Files.list(workspace)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("data", "fixed", "in", "java", "loop", "out", "sub", "target", "work");
        }
        assertThat(workspace.resolve("sub")).isEmptyDirectory();
        assertThat(workspace.resolve("out")).hasContent("secret"); // data that lies elsewhere is found
        assertThat(workspace.resolve("java")).isDirectoryNotContaining(path -> path.endsWith("target"));
        assertThat(workspace.resolve("fixed").toFile().canWrite()).isTrue();
        assertThat(workspace.resolve("loop").toRealPath()).isEqualTo(workspace.toRealPath());
        assertThat(workspace.resolve("data/up").toRealPath()).isEqualTo(workspace.toRealPath());
        Files.writeString(workspace.resolve("in"), "changed");
        assertThat(project.resolve("data/a.txt")).hasContent("p/data/a.txt");
        assertThat(workspace.resolve("data/a.txt")).hasContent("changed");
    }

    @Test
    void whatVanishesWhileItIsCopiedStopsNobody() throws Exception {
        write("p/train.py");
        for (int i = 0; i < 40; i++) {
            write("p/f" + i);
            write("p/d" + i + "/x");
        }
        for (int i = 0; i < 300; i++) {
            write("p/big/" + i);
            write("p/great/" + i);
        }
        Path workspace = folder.resolve("ws");
        // asked when the top of the project is read and what lies in it is not: somebody cleans up just then
        ProjectCopy.Copied copied = ProjectCopy.copy(
                folder.resolve("p"), workspace, "train.py", ProjectCopy.Omitted.NOTHING, (lower, upper) -> {
                    for (int i = 0; i < 40; i++) {
                        remove(lower.resolveSibling("f" + i));
                        remove(lower.resolveSibling("d" + i));
                    }
                    return false;
                });
        assertThat(workspace.resolve("train.py")).hasContent("p/train.py");
        assertThat(workspace.resolve("big/7")).hasContent("p/big/7");
        assertThat(copied.unread()).isEmpty();
    }

    private static void remove(Path path) {
        try {
            Clearing.remove(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }
}
