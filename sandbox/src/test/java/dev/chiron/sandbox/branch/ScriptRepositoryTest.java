package dev.chiron.sandbox.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptRepositoryTest {

    private static final Instant TIME = Instant.parse("2026-11-21T05:00:00Z");

    @TempDir
    Path folder;

    private Path project;
    private Path script;

    @BeforeEach
    void repository() throws IOException {
        project = Files.createDirectories(folder.resolve("project/deep"));
        script = Files.writeString(project.resolve("train.py"), "x = 1\n");
        Files.writeString(project.resolve("other"), "other\n");
        git("init", "-q", "-b", "main", folder.resolve("project").toString());
        git("add", ".");
        git("commit", "-qm", "first");
    }

    private String git(String... arguments) {
        try {
            List<String> command = Stream.concat(Stream.of("git", "-C", project.toString()), Stream.of(arguments))
                    .toList();
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            for (String who : List.of("AUTHOR", "COMMITTER")) {
                builder.environment().put("GIT_" + who + "_NAME", "A");
                builder.environment().put("GIT_" + who + "_EMAIL", "a@example.org");
            }
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command + ": " + said).isZero();
            return said;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ScriptRepository find() throws IOException {
        return ScriptRepository.find(script, Map.of("HOME", folder.toString())).orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCommitIsAFunctionOfWhatGoesIntoIt() throws IOException {
        try (ScriptRepository repository = find()) {
            assertThat(repository.path()).isEqualTo("deep/train.py");
            assertThat(repository.currentBranch()).contains("main");
            String commit = repository.commit(repository.head(), bytes("x = 2\n"), "Two\n\nmore ö\n", TIME);
            assertThat(repository.commit(repository.head(), bytes("x = 2\n"), "Two\n\nmore ö\n", TIME))
                    .isEqualTo(commit);
            assertThat(repository.commit(repository.head(), bytes("x = 2\n"), "Two\n", TIME))
                    .isNotEqualTo(commit);
            assertThat(repository.holds(Optional.of(commit), bytes("x = 2\n"))).isTrue();
            assertThat(repository.holds(repository.head(), bytes("x = 2\n"))).isFalse();
            assertThat(repository.holds(Optional.empty(), bytes("x = 2\n"))).isFalse();
            assertThat(git("log", "-1", "--format=%an|%ae|%ai|%B", commit))
                    .isEqualTo("Chiron|chiron@localhost|2026-11-21 05:00:00 +0000|Two\n\nmore ö\n\n");
            assertThat(git("show", "--format=", "--name-only", commit)).isEqualTo("deep/train.py\n");
        }
    }

    @Test
    void aBranchIsMovedOnByWhoKnowsWhereItEnds() throws IOException {
        try (ScriptRepository repository = find()) {
            String one = repository.commit(repository.head(), bytes("x = 2\n"), "one", TIME);
            String two = repository.commit(Optional.of(one), bytes("x = 3\n"), "two", TIME);
            assertThat(repository.isFree("a/b")).isTrue();
            assertThat(repository.move("a/b", Optional.empty(), one)).isTrue();
            assertThat(repository.tip("a/b")).contains(one);
            assertThat(repository.move("a/b", Optional.empty(), two)).isFalse();
            assertThat(repository.move("a/b", Optional.of(one), two)).isTrue();
            assertThat(repository.move("a/b", Optional.of(two), two)).isTrue();
            assertThat(repository.move("a/b", Optional.of(two), one))
                    .as("never back")
                    .isFalse();
            assertThat(repository.isFree("a/b")).isFalse();
            assertThat(repository.isFree("a")).isFalse();
            assertThat(repository.isFree("a/b/c")).isFalse();
            assertThat(repository.isFree("a..b")).isFalse();
            assertThat(repository.isCheckedOut("a/b")).isFalse();
            assertThat(repository.isCheckedOut("main")).isTrue();
            assertThat(folder.resolve("project/.git/logs/refs/heads/a")).doesNotExist();
        }
    }

    @Test
    void theScriptAloneIsCommittedWhereHeadIs() throws IOException {
        Files.writeString(project.resolve("other"), "staged\n");
        git("add", "other");
        git("config", "user.name", "Ada");
        git("config", "user.email", "ada@example.org");
        try (ScriptRepository repository = find()) {
            assertThat(repository.obstacle(bytes("x = 1\n"))).isEmpty();
            String commit = repository.commitToHead(
                    bytes("x = 2\n"), "Two\n\nmore\n", TIME, () -> Files.writeString(script, "x = 2\n"));
            assertThat(repository.head()).contains(commit);
        }
        assertThat(git("log", "-2", "--format=%an %s")).isEqualTo("Ada Two\nA first\n");
        assertThat(git("status", "--porcelain")).isEqualTo("M  deep/other\n".replace("deep/", "deep/"));
        assertThat(git("reflog", "-1", "--format=%gs")).isEqualTo("commit: Two\n");
        assertThat(git("reflog", "-1", "--format=%gs", "main")).isEqualTo("commit: Two\n");
        assertThat(git("fsck", "--strict")).doesNotContain("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "staged", "untracked", "merging", "unborn"})
    void whatKeepsACommitFromBeingMadeIsNamed(String how) throws IOException {
        String expected = switch (how) {
            case "changed" -> "has changes that are not committed";
            case "staged" -> {
                Files.writeString(script, "x = 5\n");
                git("add", ".");
                Files.writeString(script, "x = 1\n");
                yield "has changes that are not committed";
            }
            case "untracked" -> {
                git("rm", "-q", "--cached", "train.py");
                git("commit", "-qm", "gone");
                yield "is not in the last commit";
            }
            case "merging" -> {
                Files.writeString(folder.resolve("project/.git/MERGE_HEAD"), git("rev-parse", "HEAD"));
                yield "in the middle of something else";
            }
            default -> {
                git("symbolic-ref", "HEAD", "refs/heads/unborn");
                yield "has no commit yet";
            }
        };
        try (ScriptRepository repository = find()) {
            byte[] now = how.equals("changed") ? bytes("x = 7\n") : bytes("x = 1\n");
            assertThat(repository.obstacle(now).orElseThrow()).contains(expected);
        }
    }

    @Test
    void anotherGitAtWorkIsNotDisturbed() throws IOException {
        Files.createFile(folder.resolve("project/.git/index.lock"));
        try (ScriptRepository repository = find()) {
            assertThatThrownBy(() -> repository.commitToHead(bytes("x = 2\n"), "Two", TIME, () -> {
                        throw new AssertionError("written");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another git is at work");
        }
        assertThat(git("log", "--format=%s")).isEqualTo("first\n");
    }

    @Test
    void aFailureToWriteLeavesTheRepository() throws IOException {
        try (ScriptRepository repository = find()) {
            assertThatThrownBy(() -> repository.commitToHead(bytes("x = 2\n"), "Two", TIME, () -> {
                        throw new IOException("disk full");
                    }))
                    .hasMessage("disk full");
        }
        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("log", "--format=%s")).isEqualTo("first\n");
        assertThat(folder.resolve("project/.git/index.lock")).doesNotExist();
    }

    @Test
    void theHomesSettingsHoldAndNothingIsWrittenThere() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve(".gitconfig"), "[core]\n\tautocrlf = input\n");
        try (ScriptRepository repository =
                ScriptRepository.find(script, Map.of("HOME", home.toString())).orElseThrow()) {
            String commit = repository.commit(repository.head(), bytes("x = 2\r\n"), "Two", TIME);
            assertThat(git("show", commit + ":./train.py")).isEqualTo("x = 2\n");
        }
        assertThat(home).isDirectoryContaining(file -> file.endsWith(".gitconfig"));
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aSparseOrASplitIndexIsNotWritten() throws IOException {
        git("update-index", "--split-index");
        try (ScriptRepository repository = find()) {
            assertThatThrownBy(() -> repository.obstacle(bytes("x = 1\n"))).isInstanceOf(IOException.class);
            String commit = repository.commit(repository.head(), bytes("x = 2\n"), "Two", TIME);
            assertThat(repository.move("a", Optional.empty(), commit)).isTrue();
        }
    }

    @Test
    void aGitFileThatLeadsNowhereIsNoRepository() throws IOException {
        Path lost = Files.createDirectories(folder.resolve("lost"));
        Files.writeString(lost.resolve(".git"), "gitdir: ../nowhere\n");
        Path here = Files.writeString(lost.resolve("train.py"), "x\n");
        assertThatThrownBy(() -> ScriptRepository.find(here, Map.of("HOME", folder.toString())))
                .isInstanceOf(IOException.class);
    }
}
