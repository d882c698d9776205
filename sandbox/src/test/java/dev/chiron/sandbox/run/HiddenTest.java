package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run does not see though it is the project's, by whatever way. */
@Timeout(60)
class HiddenTest {

    private static final String SECRET = "7314";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void makeProject() throws IOException {
        bench = Bench.shell(folder, "true");
        write("data/val.txt", SECRET);
        write("data/train.txt", "1");
        write("hidden/test.txt", SECRET);
    }

    private void write(String name, String text) throws IOException {
        Path file = bench.project().resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text + "\n");
    }

    /** Looks where it is told to, saves something, and is scored by one who must see all. */
    private Execution look(List<String> hidden, String... lines) throws Exception {
        write("train.sh", String.join("\n", lines) + "\necho > $CHIRON_ARTIFACTS/x");
        write("score.sh", "echo loss: $(cat data/val.txt) other: $(cat hidden/test.txt)");
        Scoring scoring = new Scoring(Optional.of("sh score.sh"), Optional.empty(), "artifacts", hidden);
        Clearing.remove(bench.workspace());
        Execution execution = new LocalRunner(bench.training().scoredBy(scoring), System.getenv(), bench.sandbox())
                .run(new Change.Settings(Config.of(Map.of())), bench.workspace());
        assertThat(execution.outcome().toString()).contains("value=7314.0", "other=7314.0");
        return execution;
    }

    private static String training(Execution execution) {
        return execution.head().substring(0, execution.head().indexOf("--- chiron"));
    }

    @Test
    void aRunSeesNeitherHiddenFilesNorFoldersAndTheScorerBoth() throws Exception {
        Files.createSymbolicLink(bench.project().resolve("alias"), Path.of("data/val.txt"));
        Files.createSymbolicLink(
                bench.project().resolve("data/folder"), bench.project().resolve("hidden"));
        Execution execution = look(
                List.of("data/val.txt", "hidden/"),
                "ls -A . data",
                "cat alias data/val.txt hidden/test.txt data/folder/test.txt 2>/dev/null");
        assertThat(training(execution)).contains("train.txt").doesNotContain(SECRET, "val.txt", "hidden");
    }

    @Tag("bubblewrap")
    @Test
    void noLinkOrListedFolderShowsItElsewhere() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("real.txt"), SECRET + "\n");
        Files.delete(bench.project().resolve("hidden/test.txt"));
        Files.createSymbolicLink(bench.project().resolve("hidden/test.txt"), outside.resolve("real.txt"));
        Files.createSymbolicLink(bench.project().resolve("others"), outside);
        Files.createSymbolicLink(bench.project().resolve("up"), folder);
        bench = bench.inside(Walled.of(Isolation.BUBBLEWRAP, Optional.empty()))
                .seeing(new Access(List.of(folder, bench.project()), false, Optional.empty(), List.of()));
        Execution execution = look(
                List.of("data/val.txt", "hidden/test.txt"),
                "ls up/project/data",
                "for f in up/project/data/val.txt up/project/hidden/test.txt others/real.txt " + outside + "/real.txt "
                        + bench.project() + "/data/val.txt; do cat $f; done",
                "cat $(find . " + folder + " -name 'val.txt' -o -name 'real.txt' -o -name 'test.txt')",
                "true");
        assertThat(training(execution)).contains("train.txt").doesNotContain(SECRET);
    }

    @Tag("bubblewrap")
    @Test
    void aFolderThatIsNotCopiedShowsNothingHidden() throws Exception {
        for (int i = 0; i < 300; i++) {
            write("data/f" + i, "1");
        }
        write("data/sub/test.txt", SECRET);
        bench = bench.inside(Walled.of(Isolation.BUBBLEWRAP, Optional.empty())).keeping("data", "data/val.txt");
        Execution execution = look(
                List.of("data/val.txt", "data/sub"),
                "ls data | wc -l",
                "cat data/f7 data/val.txt data/sub/test.txt",
                "rm -f data/val.txt; cat data/val.txt; mv data data2; cat data2/val.txt data2/sub/test.txt",
                "true");
        assertThat(bench.workspace().resolve("data/f7")).doesNotExist();
        assertThat(training(execution)).contains("303\n", "1\n").doesNotContain(SECRET);
    }

    @Test
    void whatIsHiddenLiesInTheProject() {
        assertThat(new Scoring(Optional.of("x"), Optional.empty(), "artifacts", List.of("a/../b")).hidden())
                .containsExactly("a/../b");
        for (String path : List.of("..", "/etc", "a/../../b", ".", "")) {
            assertThatThrownBy(() -> new Scoring(Optional.of("x"), Optional.empty(), "artifacts", List.of(path)))
                    .hasMessage("must be a path below the project: " + path);
        }
    }

    @Test
    void anOutcomeIsStillOneWhereNothingIsHidden() throws Exception {
        assertThat(look(List.of(), "cat data/val.txt").outcome()).isInstanceOf(Outcome.Measured.class);
    }
}
