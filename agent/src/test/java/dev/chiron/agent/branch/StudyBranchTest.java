package dev.chiron.agent.branch;

import static dev.chiron.agent.branch.KeptStudy.config;
import static dev.chiron.agent.branch.KeptStudy.git;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.branch.StudyBranch.Synced;
import dev.chiron.optimizers.study.Evidence;
import dev.chiron.optimizers.study.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyBranchTest {

    private static final String BRANCH = "chiron/chiron-study";

    @TempDir
    Path folder;

    private Path project() throws IOException {
        return Files.createDirectories(folder.resolve("project"));
    }

    /** A repository whose last commit has the script. */
    private Path repository() throws IOException {
        Path project = project();
        git(project, "init", "-q", "-b", "main");
        Files.writeString(project.resolve("train.py"), KeptStudy.SCRIPT);
        Files.writeString(project.resolve("README"), "mine\n");
        Files.writeString(project.resolve(".gitignore"), "chiron-study/\n");
        git(project, "add", ".");
        git(project, "commit", "-q", "-m", "first");
        return project;
    }

    private static Variant good(KeptStudy study) {
        Variant warm = study.edit(study.root(), "return 1.0", "return min(1.0, step / 10)", "Warm the rate up", 0.9);
        study.tune(config(0.05, 8, 32), 0.85);
        study.edit(warm, "[1, 2, 3]", "[3, 2, 1]", "Turn the data around", 1.4);
        return study.edit(warm, "return x * LR", "return x * LR * 2", "Double the model", 0.7);
    }

    private Optional<Synced> sync(KeptStudy study) {
        return new StudyBranch(study.spec(), study.folder(), Map.of("HOME", folder.toString())).sync(study.history());
    }

    private static List<String> subjects(Path project, String branch) {
        return git(project, "log", "--reverse", "--format=%s", branch).lines().toList();
    }

    @Test
    void everythingKeptIsACommit() throws IOException {
        Path project = repository();
        KeptStudy study = new KeptStudy(project);
        Variant last = good(study);

        assertThat(sync(study)).contains(new Synced(Optional.of(BRANCH), 4, Optional.empty()));
        assertThat(subjects(project, BRANCH))
                .containsExactly(
                        "first", "Warm the rate up", "Settings: LR 0.1 -> 0.05, WIDTH 16 -> 32", "Double the model");
        assertThat(git(project, "show", BRANCH + ":train.py"))
                .isEqualTo(last.text().replace("LR = 0.1", "LR = 0.05"));
        assertThat(git(project, "log", "-1", "--format=%an <%ae>|%cn|%aI|%b", BRANCH + "~2"))
                .isEqualTo("""
                Chiron <chiron@localhost>|Chiron|2026-11-21T05:02:00+00:00|loss: 0.99975 (mean of 2 runs) -> 0.90025 (mean of 2 runs)
                noise: sd 0.0018, from 2 repeats
                trial: 1, kept after trial 3
                proposed by: llm (ollama:qwen3:8b)
                study: chiron-study

                """);
        assertThat(git(project, "diff", "--stat", BRANCH + "~1", BRANCH)).contains("train.py | 2 +-", "1 file changed");
        assertThat(git(project, "fsck", "--strict")).doesNotContain("error", "warning");
    }

    @Test
    void theRepositoryIsByteForByteAsItWas() throws IOException {
        Path project = repository();
        Files.writeString(project.resolve("README"), "stashed\n");
        git(project, "stash");
        Files.writeString(project.resolve("README"), "staged\n");
        git(project, "add", "README");
        Files.writeString(project.resolve("README"), "changed\n");
        Files.writeString(project.resolve("notes"), "untracked\n");
        Files.writeString(project.resolve("train.py"), KeptStudy.SCRIPT.replace("LR = 0.1", "LR = 0.2"));
        Path told = folder.resolve("told");
        for (String hook :
                List.of("reference-transaction", "post-commit", "pre-commit", "post-checkout", "fsmonitor")) {
            Path file =
                    Files.writeString(project.resolve(".git/hooks/" + hook), "#!/bin/sh\ntouch " + told + "\nexit 1\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        git(
                project,
                "config",
                "core.fsmonitor",
                project.resolve(".git/hooks/fsmonitor").toString());
        git(project, "config", "core.logAllRefUpdates", "always");
        git(project, "config", "gc.auto", "1");
        KeptStudy study = new KeptStudy(project);
        good(study);
        Map<String, String> before = files(project);

        assertThat(sync(study).orElseThrow().branch()).contains(BRANCH);
        assertThat(sync(study).orElseThrow().branch()).contains(BRANCH);

        assertThat(files(project)).isEqualTo(before);
        assertThat(told).doesNotExist();
        assertThat(folder.resolve(".config")).doesNotExist();
        assertThat(folder.resolve(".jgitconfig")).doesNotExist();
        git(project, "config", "--unset", "core.fsmonitor");
        assertThat(git(project, "status", "--porcelain"))
                .isEqualTo("MM README\n M train.py\n?? chiron.yaml\n?? notes\n");
        assertThat(git(project, "stash", "list")).contains("stash@{0}").hasLineCount(1);
        assertThat(git(project, "log", "--format=%s", "HEAD")).isEqualTo("first\n");
        assertThat(git(project, "fsck", "--strict")).doesNotContain("error", "warning");
        assertThat(subjects(project, BRANCH)).startsWith("first", "The script as the study began with it");
        assertThat(git(project, "diff", "--name-only", "main", BRANCH)).isEqualTo("train.py\n");
    }

    /** All files with their contents and rights, but for objects, the study's own folder and its branch. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                String name = root.relativize(file).toString();
                if (!name.startsWith("chiron-study")
                        && !name.startsWith(".git/objects")
                        && !name.startsWith(".git/refs/heads/chiron")) {
                    hashes.put(
                            name, Files.getPosixFilePermissions(file) + (Files.isRegularFile(file) ? hash(file) : ""));
                }
            }
        }
        return hashes;
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutAKeptEditThereIsNoBranch() throws IOException {
        Path project = repository();
        KeptStudy study = new KeptStudy(project);
        study.tune(config(0.05, 8, 32), 0.85);
        assertThat(sync(study)).contains(new Synced(Optional.empty(), 0, Optional.empty()));
        assertThat(git(project, "branch", "--list")).isEqualTo("* main\n");
    }

    @Test
    void stepByStepItIsTheSameBranchWhereverItStopped() throws IOException {
        Path project = repository();
        KeptStudy study = new KeptStudy(project);
        sync(study);
        Variant warm = study.edit(study.root(), "return 1.0", "return 0.5", "Halve", 0.9);
        sync(study);
        String first = git(project, "rev-parse", BRANCH);
        Files.writeString(project.resolve("README"), "and the person goes on\n");
        git(project, "commit", "-qam", "second");
        study.edit(warm, "return x * LR", "return x * LR * 2", "Double", 0.7);
        sync(study);
        assertThat(git(project, "rev-parse", BRANCH + "~1")).isEqualTo(first);
        assertThat(subjects(project, BRANCH)).containsExactly("first", "Halve", "Double");
        String last = git(project, "rev-parse", BRANCH);
        git(project, "branch", "-qD", BRANCH);
        sync(study);
        assertThat(git(project, "rev-parse", BRANCH)).isEqualTo(last);
        git(project, "branch", "-f", BRANCH, BRANCH + "~1"); // as if killed before the last
        sync(study);
        assertThat(git(project, "rev-parse", BRANCH)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({"moved", "checked out", "checked out elsewhere"})
    void aBranchThatThePersonTookIsLeftAlone(String how) throws IOException {
        Path project = repository();
        KeptStudy study = new KeptStudy(project);
        Variant warm = study.edit(study.root(), "return 1.0", "return 0.5", "Halve", 0.9);
        sync(study);
        switch (how) {
            case "moved" -> git(project, "branch", "-f", BRANCH, "main");
            case "checked out" -> git(project, "switch", "-q", BRANCH);
            default ->
                git(project, "worktree", "add", "-q", folder.resolve("tree").toString(), BRANCH);
        }
        String tip = git(project, "rev-parse", BRANCH);
        study.edit(warm, "return x * LR", "return x * LR * 2", "Double", 0.7);

        Synced synced = sync(study).orElseThrow();

        assertThat(synced.branch()).contains(BRANCH + "-2");
        assertThat(synced.note().orElseThrow()).contains(BRANCH + " ", "goes on in " + BRANCH + "-2");
        assertThat(git(project, "rev-parse", BRANCH)).isEqualTo(tip);
        assertThat(subjects(project, BRANCH + "-2")).containsExactly("first", "Halve", "Double");
        assertThat(sync(study).orElseThrow().note()).as("said once").isEmpty();
        assertThat(git(project, "status", "--porcelain", "-uno")).isEmpty();
    }

    @Test
    void twoStudiesOfOneNameHaveABranchEach() throws IOException {
        Path project = repository();
        KeptStudy one = new KeptStudy(project.resolve("a"));
        KeptStudy two = new KeptStudy(project.resolve("b"));
        sync(one);
        sync(two);
        good(one);
        good(two);
        assertThat(sync(one).orElseThrow().branch()).contains(BRANCH);
        assertThat(sync(two).orElseThrow().branch()).contains(BRANCH + "-2");
        assertThat(sync(one).orElseThrow().branch()).contains(BRANCH);
        assertThat(git(project, "show", "--name-only", "--format=", BRANCH + "-2"))
                .isEqualTo("b/train.py\n");
    }

    @Test
    void whereABranchIsCalledChironItHasAnotherName() throws IOException {
        Path project = repository();
        git(project, "branch", "chiron");
        KeptStudy study = new KeptStudy(project);
        good(study);
        assertThat(sync(study).orElseThrow().branch()).contains("chiron-chiron-study");
    }

    @Test
    void whereThereIsNoRepositoryThereIsNothing() throws IOException {
        KeptStudy study = new KeptStudy(project());
        good(study);
        assertThat(sync(study)).isEmpty();
        Path bare = Files.createDirectories(folder.resolve("bare.git"));
        git(bare, "init", "-q", "--bare");
        KeptStudy inside = new KeptStudy(bare.resolve("project"));
        good(inside);
        assertThat(sync(inside)).isEmpty();
    }

    @Test
    void aRepositoryThatIgnoresTheScriptHasNoBranch() throws IOException {
        Path project = project();
        git(project, "init", "-q");
        Files.writeString(project.resolve(".gitignore"), "*\n");
        KeptStudy study = new KeptStudy(project);
        good(study);
        assertThat(sync(study)).isEmpty();
    }

    @Test
    void aRepositoryWithoutACommitBeginsWithTheScriptAlone() throws IOException {
        Path project = project();
        git(project, "init", "-q", "-b", "main");
        KeptStudy study = new KeptStudy(project);
        good(study);
        sync(study);
        assertThat(subjects(project, BRANCH))
                .startsWith("The script as the study began with it")
                .hasSize(4);
        assertThat(git(project, "ls-tree", "-r", "--name-only", BRANCH)).isEqualTo("train.py\n");
    }

    @Test
    void aDetachedHeadStays() throws IOException {
        Path project = repository();
        git(project, "checkout", "-q", "--detach");
        KeptStudy study = new KeptStudy(project);
        good(study);
        sync(study);
        assertThat(subjects(project, BRANCH)).hasSize(4);
        assertThat(git(project, "status", "--short", "--branch")).startsWith("## HEAD (no branch)");
    }

    @Test
    void worktreesAndSubmodulesHaveTheirRepositorysBranch() throws IOException {
        Path project = repository();
        Path tree = folder.resolve("tree");
        git(project, "worktree", "add", "-q", "-b", "other", tree.toString());
        KeptStudy linked = new KeptStudy(tree, tree.resolve("linked"), new Evidence(0));
        good(linked);
        sync(linked);
        assertThat(subjects(project, "chiron/linked")).hasSize(4);
        assertThat(git(tree, "status", "--porcelain", "-uno")).isEmpty();

        Path outer = Files.createDirectories(folder.resolve("outer"));
        git(outer, "init", "-q", "-b", "main");
        git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", project.toString(), "sub");
        git(outer, "commit", "-qm", "outer");
        KeptStudy sub = new KeptStudy(outer.resolve("sub"));
        good(sub);
        sync(sub);
        assertThat(subjects(outer.resolve("sub"), BRANCH)).hasSize(4);
        assertThat(git(outer, "branch", "--list")).isEqualTo("* main\n");
    }

    @Test
    void theModeOfTheScriptIsKept() throws IOException {
        Path project = repository();
        git(project, "update-index", "--chmod=+x", "train.py");
        git(project, "commit", "-qm", "may run");
        KeptStudy study = new KeptStudy(project);
        good(study);
        sync(study);
        assertThat(git(project, "ls-tree", BRANCH, "train.py")).startsWith("100755 ");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                        true,  CRLF, LF",
        "'',                        input, CRLF, LF",
        "'',                        false, CRLF, CRLF",
        "'* text=auto',             false, CRLF, LF",
        "'*.py text eol=crlf',      false, CRLF, LF",
        "'*.py -text',              true,  CRLF, CRLF",
        "'* text=auto',             false, LF,   LF",
    })
    void endsOfLinesAreStoredAsGitStoresThem(String attributes, String autocrlf, String inFile, String inGit)
            throws IOException {
        Path project = project();
        git(project, "init", "-q", "-b", "main");
        git(project, "config", "core.autocrlf", autocrlf);
        git(project, "config", "core.safecrlf", "false");
        Files.writeString(project.resolve(".gitattributes"), attributes + "\n");
        String text = inFile.equals("CRLF") ? KeptStudy.crlf(KeptStudy.SCRIPT) : KeptStudy.SCRIPT;
        Files.writeString(project.resolve("train.py"), text);
        git(project, "add", ".");
        git(project, "commit", "-qm", "first");
        KeptStudy study = new KeptStudy(project);
        String last = good(study).text().replace("LR = 0.1", "LR = 0.05");

        assertThat(sync(study).orElseThrow().commits())
                .as("git sees the script as it is")
                .isEqualTo(4);

        assertThat(git(project, "cat-file", "blob", BRANCH + ":train.py"))
                .isEqualTo(inGit.equals("LF") ? last.replace("\r\n", "\n") : last);
        assertThat(git(project, "diff", "--numstat", "main", BRANCH)).isEqualTo("3\t3\ttrain.py\n");
        Files.writeString(project.resolve("train.py"), last);
        git(project, "symbolic-ref", "HEAD", "refs/heads/" + BRANCH);
        git(project, "reset", "-q");
        assertThat(git(project, "status", "--porcelain", "-uno")).isEmpty();
    }

    @Test
    void aFileWithCrLfThatGitLeftSoOnceIsLeftSo() throws IOException {
        Path project = project();
        git(project, "init", "-q", "-b", "main");
        Files.writeString(project.resolve("train.py"), KeptStudy.crlf(KeptStudy.SCRIPT));
        git(project, "add", ".");
        git(project, "commit", "-qm", "first");
        git(project, "config", "core.autocrlf", "true");
        KeptStudy study = new KeptStudy(project);
        good(study);
        assertThat(sync(study).orElseThrow().commits()).isEqualTo(4);
        assertThat(git(project, "diff", "--numstat", "main", BRANCH)).isEqualTo("3\t3\ttrain.py\n");
    }

    @ParameterizedTest
    @CsvSource({"*.py filter=secret, filter", "*.py working-tree-encoding=UTF-16, working-tree-encoding"})
    void whatGitWouldStoreAsAnotherTextIsNotStored(String attributes, String named) throws IOException {
        Path project = repository();
        Files.writeString(project.resolve(".gitattributes"), attributes + "\n");
        KeptStudy study = new KeptStudy(project);
        good(study);
        Synced synced = sync(study).orElseThrow();
        assertThat(synced.branch()).isEmpty();
        assertThat(synced.note().orElseThrow()).contains("could not be written", "`" + named + "`");
        assertThat(git(project, "branch", "--list")).isEqualTo("* main\n");
    }

    @Test
    void aDamagedRepositoryEndsNoStudy() throws IOException {
        Path project = repository();
        KeptStudy study = new KeptStudy(project);
        sync(study);
        good(study);
        Files.writeString(project.resolve(".git/config"), "[core\n");
        assertThat(sync(study).orElseThrow().note().orElseThrow()).contains("could not be written");
        Files.writeString(project.resolve(".git/config"), "[core]\n\tautocrlf = banana\n");
        assertThat(sync(study).orElseThrow().note().orElseThrow()).contains("could not be written");
        Files.writeString(project.resolve(".git/config"), "[core]\n\trepositoryformatversion = 99\n");
        assertThat(sync(study).orElseThrow().note().orElseThrow()).contains("could not be written");
    }

    @Test
    void aSpoiledMemoryBeginsAnotherBranch() throws IOException {
        Path project = repository();
        KeptStudy study = new KeptStudy(project);
        good(study);
        sync(study);
        Files.writeString(study.folder().resolve("branch.json"), "{\"base\":\"HEAD");
        assertThat(sync(study).orElseThrow().branch()).contains(BRANCH + "-2");
    }

    @Test
    void namesThatGitDoesNotTakeAreMadeSuch() throws IOException {
        Path project = repository();
        Path odd = project.resolve("..my study~^:?*[ö].lock");
        KeptStudy study = new KeptStudy(project, odd, new Evidence(0));
        good(study);
        assertThat(sync(study).orElseThrow().branch()).contains("chiron/my-study-ö-lock");
    }
}
