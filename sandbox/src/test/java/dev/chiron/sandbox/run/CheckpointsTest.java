package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that save and go on, in rooms of all kinds. */
class CheckpointsTest {

    private static final String ADDS_ONE = """
            n=0; if [ -n "$CHIRON_LOAD" ]; then n=$(cat "$CHIRON_LOAD/n"); fi
            n=$((n + 1)); mkdir -p "$CHIRON_SAVE/deep"; echo $n > "$CHIRON_SAVE/n"; echo x > "$CHIRON_SAVE/deep/x"
            echo loss: $n
            """;

    @TempDir
    Path folder;

    private Checkpoints checkpoints;

    @BeforeEach
    void places() {
        checkpoints = new Checkpoints(folder.resolve("study").resolve("checkpoints"));
    }

    private static Sandbox sandbox(Isolation level) {
        return level == Isolation.PLAIN ? Walled.plain() : Walled.of(level, Optional.empty());
    }

    private Execution run(Isolation level, String script, Optional<String> merge, Optional<Begin> begin)
            throws IOException, InterruptedException {
        Training training = Bench.shell(folder, script).training().saving(new Saving(checkpoints, merge));
        Path workspace = folder.resolve("workspace");
        Clearing.remove(workspace);
        Files.createDirectories(workspace);
        return new LocalRunner(training, System.getenv(), sandbox(level))
                .run(new Change.Settings(Config.of(Map.of()), Optional.empty(), begin), workspace);
    }

    private Execution run(Isolation level, String script, Begin begin) throws IOException, InterruptedException {
        return run(level, script, Optional.empty(), Optional.of(begin));
    }

    private void saved(Isolation level, int trial) throws IOException, InterruptedException {
        Execution execution = run(level, ADDS_ONE, Optional.empty(), Optional.empty());
        assertThat(checkpoints.take(execution.saved().orElseThrow(), trial)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aRunGoesOnFromAnothersCheckpoint(Isolation level) throws IOException, InterruptedException {
        saved(level, 3);
        assertThat(checkpoints.of(3).resolve("n")).hasContent("1");
        assertThat(checkpoints.of(3).resolve("deep").resolve("x")).hasContent("x");
        assertThat(checkpoints.trials()).containsExactly(3);
        assertThat(checkpoints.bytes(3)).isPositive();

        Execution next = run(level, ADDS_ONE, Begin.from(3, 0.5));
        assertThat(next.outcome()).isEqualTo(new Outcome.Measured(2, Map.of(), curve(next)));
        assertThat(checkpoints.take(next.saved().orElseThrow(), 4)).isTrue();
        assertThat(checkpoints.of(4).resolve("n")).hasContent("2");
        assertThat(checkpoints.of(3).resolve("n")).hasContent("1");
        checkpoints.forget(3);
        assertThat(checkpoints.has(3)).isFalse();
        assertThat(checkpoints.trials()).containsExactly(4);
    }

    private static List<Outcome.CurvePoint> curve(Execution execution) {
        return ((Outcome.Measured) execution.outcome()).curve();
    }

    /** Whatever a run does with what it goes on from, the next one finds it as it was. */
    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aRunCannotChangeWhatItGoesOnFrom(Isolation level) throws IOException, InterruptedException {
        saved(level, 0);
        String vandal = """
                cd "$CHIRON_LOAD"
                echo 99 > n; rm -rf deep n; echo more > more; chmod -R 777 . ; mv n m
                cd ..; rm -rf "$CHIRON_LOAD"
                echo loss: 1
                """;
        Execution execution = run(level, vandal, Begin.from(0, 0.5));
        assertThat(execution.outcome()).isInstanceOf(Outcome.Measured.class);
        assertThat(checkpoints.of(0).resolve("n")).hasContent("1");
        assertThat(checkpoints.of(0).resolve("deep").resolve("x")).hasContent("x");
        assertThat(checkpoints.of(0).resolve("more")).doesNotExist();
        Path kept = checkpoints.of(0).resolve("n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("r--r--r--");
    }

    /** In a room it sees no other's. */
    @ParameterizedTest
    @EnumSource(value = Isolation.class, mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void aRunInARoomSeesTheOneCheckpointAlone(Isolation level) throws IOException, InterruptedException {
        saved(level, 0);
        saved(level, 1);
        Execution execution = run(level, "echo loss: $(ls \"$CHIRON_LOAD/..\" | wc -l)", Begin.from(0, 0.5));
        assertThat(((Outcome.Measured) execution.outcome()).value()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void linksAndPipesAreNotTakenOver(Isolation level) throws IOException, InterruptedException {
        Path outside = Files.writeString(folder.resolve("secret"), "secret");
        String script = """
                cd "$CHIRON_SAVE"; echo fine > fine
                ln -s %s link; ln -s / root; mkfifo pipe; mkdir sub; ln -s .. sub/up; chmod 000 sub
                echo two > two; ln two "$HOME/other"; ln two again; chmod 4777 fine
                echo loss: 1
                """.formatted(outside);
        Execution execution = run(level, script, Optional.empty(), Optional.empty());
        assertThat(checkpoints.take(execution.saved().orElseThrow(), 7)).isTrue();
        Path kept = checkpoints.of(7);
        for (String gone : List.of("link", "root", "pipe", "sub/up")) {
            assertThat(Files.exists(kept.resolve(gone), LinkOption.NOFOLLOW_LINKS))
                    .as(gone)
                    .isFalse();
        }
        assertThat(kept.resolve("fine")).hasContent("fine");
        assertThat(kept.resolve("two")).hasContent("two");
        assertThat(kept.resolve("again")).hasContent("two");
        assertThat(Files.getAttribute(kept.resolve("two"), "unix:nlink")).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.resolve("fine"))))
                .isEqualTo("r--r--r--");
        assertThat(outside).hasContent("secret");
    }

    /** The folder itself may be another when the run has ended. */
    @Test
    void aLinkInPlaceOfTheFolderIsNoCheckpoint() throws IOException, InterruptedException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("n"), "5");
        String script = "rmdir \"$CHIRON_SAVE\"; ln -s %s \"$CHIRON_SAVE\"; echo loss: 1".formatted(outside);
        Execution execution = run(Isolation.PLAIN, script, Optional.empty(), Optional.empty());
        assertThat(checkpoints.take(execution.saved().orElseThrow(), 0)).isFalse();
        assertThat(checkpoints.has(0)).isFalse();
        assertThat(outside.resolve("n")).hasContent("5");
    }

    @Test
    void whatFailsAndWhatSavesNothingHasNoCheckpoint() throws IOException, InterruptedException {
        Execution failed = run(Isolation.PLAIN, ADDS_ONE + "exit 3\n", Optional.empty(), Optional.empty());
        assertThat(failed.saved()).isEmpty();
        Execution nothing =
                run(Isolation.PLAIN, "mkdir $CHIRON_SAVE/a; echo loss: 1", Optional.empty(), Optional.empty());
        assertThat(checkpoints.take(nothing.saved().orElseThrow(), 0)).isFalse();
        assertThat(checkpoints.trials()).isEmpty();
    }

    /** A process that was killed while it took one over leaves nothing that counts, and the next run of the trial clears it away. */
    @Test
    void whatWasTakenInPartDoesNotCount() throws IOException, InterruptedException {
        Path part = Files.createDirectories(checkpoints.folder().resolve(".part-0002"));
        Files.writeString(part.resolve("n"), "half");
        assertThat(checkpoints.has(2)).isFalse();
        assertThat(checkpoints.trials()).isEmpty();
        saved(Isolation.PLAIN, 2);
        assertThat(checkpoints.of(2).resolve("n")).hasContent("1");
        assertThat(part).doesNotExist();
    }

    /** Trials whose checkpoint was being removed are not run again. */
    @Test
    void whatIsLeftOfAnEarlierProcessGoes() throws IOException, InterruptedException {
        checkpoints.clear();
        saved(Isolation.PLAIN, 2);
        Path part = Files.createDirectories(checkpoints.folder().resolve(".part-0001"));
        Files.writeString(part.resolve("n"), "half");
        Path own = Files.writeString(checkpoints.folder().resolve(".part-0003-own"), "half of a copy");
        checkpoints.clear();
        assertThat(part).doesNotExist();
        assertThat(own).doesNotExist();
        assertThat(checkpoints.trials()).containsExactly(2);
    }

    @Test
    void aCheckpointThatIsGoneIsNoFaultOfTheConfig() throws IOException, InterruptedException {
        Execution execution = run(Isolation.PLAIN, ADDS_ONE, Begin.from(5, 0.5));
        assertThat(execution.outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Outcome.Reason.INFRASTRUCTURE);
            assertThat(failed.detail()).contains("the checkpoint of trial 5 is gone");
        });
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void severalAreMadeOneByTheTasksCommand(Isolation level) throws IOException, InterruptedException {
        saved(level, 1);
        Execution more = run(level, ADDS_ONE, Begin.from(1, 0.5));
        checkpoints.take(more.saved().orElseThrow(), 2);
        Begin both = new Begin(List.of(new Begin.Source(1, 0.25), new Begin.Source(2, 0.75)), 0.5, OptionalInt.of(0));
        String merge = """
                sh -c 'IFS=:; n=0; for f in $CHIRON_LOAD; do n=$((n * 10 + $(cat $f/n))); done; echo "$n$CHIRON_WEIGHTS" > $CHIRON_SAVE/n'
                """;
        Execution merged = run(
                level, "echo at: $(cat $CHIRON_LOAD/n); echo loss: 1", Optional.of(merge.strip()), Optional.of(both));
        assertThat(merged.tail()).contains("at: 120.25:0.75");
        Execution broken = run(level, ADDS_ONE, Optional.of("sh -c 'echo oh no; exit 4'"), Optional.of(both));
        assertThat(broken.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.detail())
                                .startsWith("merge: ")
                                .contains("oh no"));
        Execution silent = run(level, ADDS_ONE, Optional.of("true"), Optional.of(both));
        assertThat(silent.outcome())
                .isEqualTo(
                        new Outcome.Failed(Outcome.Reason.CRASHED, "merge: the command saved nothing in CHIRON_SAVE"));
    }

    @Test
    void withoutCheckpointsARunKnowsOfNone() throws IOException, InterruptedException {
        Execution execution = Bench.shell(
                        folder, "echo loss: 1; env | grep -c CHIRON_SAVE; env | grep -c CHIRON_LOAD; true")
                .execute();
        assertThat(execution.tail().lines()).containsExactly("loss: 1", "0", "0");
        assertThat(execution.saved()).isEmpty();
    }
}
