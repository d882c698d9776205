package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.isolate.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run saved, scored by the project as it is. The scorers are shell scripts, so that no test needs a Python. */
@Timeout(60)
class EvaluationTest {

    private static final String SAVE = "echo 5 > $CHIRON_ARTIFACTS/weights";
    private static final String EVALUATE = "sh score.sh {artifacts} val";
    private static final String HOLDOUT = "sh score.sh {artifacts} test";

    /** What the hold-out says of five weights: digits that no folder's random name has. */
    private static final int HELD_OUT = 1_948_151_628;

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void makeProject() throws IOException {
        bench = Bench.shell(folder, SAVE);
        write(
                "score.sh",
                "echo \"scores $1\"",
                "echo \"loss: $(($(cat $1/weights) + $(cat data/$2)))\"",
                "echo depth: 3");
        write("data/val", "10");
        write("data/test", "" + (HELD_OUT - 5));
    }

    private void write(String name, String... lines) throws IOException {
        Path file = bench.project().resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static Scoring scoring(String evaluate, String holdout, String... hidden) {
        return new Scoring(
                Optional.of(evaluate).filter(text -> !text.isEmpty()),
                Optional.of(holdout).filter(text -> !text.isEmpty()),
                Scoring.USUAL_ARTIFACTS,
                List.of(hidden));
    }

    private Execution run(Training training, String script, boolean holdout) throws Exception {
        Variant variant = Variant.root("").edited(script, "");
        return run(training, new Change.Edit(Config.of(Map.of()), variant), holdout);
    }

    private Execution run(Training training, Change change, boolean holdout) throws Exception {
        Clearing.remove(bench.workspace());
        return new LocalRunner(training, System.getenv(), bench.sandbox()).run(change, bench.workspace(), holdout);
    }

    private Execution run(Scoring scoring, String... lines) throws Exception {
        return run(bench.training().scoredBy(scoring), String.join("\n", lines) + "\n", false);
    }

    @Test
    void theEvaluatorsMetricCountsAndNoOther() throws Exception {
        Execution execution = run(
                scoring(EVALUATE, "", "data/val"),
                "echo step: 1 loss: 0.5",
                "echo step: 2 loss: 0.1",
                "cat data/val || echo no data",
                SAVE);
        Outcome.Measured measured = (Outcome.Measured) execution.outcome();
        assertThat(measured.value()).isEqualTo(15);
        assertThat(measured.metrics()).containsExactly(Map.entry("depth", 3.0));
        assertThat(measured.curve()).extracting(Outcome.CurvePoint::value).containsExactly(0.5, 0.1);
        assertThat(measured.holdout()).isEmpty();
        assertThat(execution.head())
                .isEqualTo(execution.tail())
                .containsSubsequence("no data", "---", "scores /", "loss: 15");
        assertThat(execution.diff()).contains("+echo step: 1 loss: 0.5");
    }

    @Test
    void anEvaluatedRunNeedNotPrintTheMetricItself() throws Exception {
        assertThat(run(scoring(EVALUATE, ""), SAVE).outcome()).isEqualTo(measured(15));
    }

    private static Outcome.Measured measured(double value) {
        return new Outcome.Measured(value, Map.of("depth", 3.0), List.of());
    }

    @Test
    void theScriptAsItIsScoresAndNotTheEditedOne() throws Exception {
        Scoring scoring = scoring("sh {script} {artifacts}", "");
        write("train.sh", "echo loss: 7");
        assertThat(run(scoring, SAVE, "echo lost: 0").outcome()).isEqualTo(new Outcome.Measured(7));
    }

    @Test
    void aJsonFileIsReadFromTheEvaluatorsWorkspace() throws Exception {
        write("score.sh", "echo '{\"loss\": 4}' > out.json");
        bench = bench.reading("out.json", "$.loss");
        assertThat(run(scoring(EVALUATE, ""), SAVE, "echo '{\"loss\": 0}' > out.json")
                        .outcome())
                .isEqualTo(new Outcome.Measured(4));
    }

    @Test
    void nothingSavedIsNoMetric() throws Exception {
        Outcome empty = run(scoring(EVALUATE, ""), "echo loss: 0").outcome();
        assertThat(empty)
                .isEqualTo(new Outcome.Failed(
                        Reason.NO_METRIC,
                        "the evaluator: the run saved nothing to score: artifacts is empty (the folder's path is in the variable"
                                + " CHIRON_ARTIFACTS)"));
        Outcome gone = run(scoring(EVALUATE, ""), "rmdir artifacts").outcome();
        assertThat(gone.toString()).contains("NO_METRIC", "artifacts is gone");
        Outcome linked = run(scoring(EVALUATE, ""), "rmdir artifacts; ln -s data artifacts")
                .outcome();
        assertThat(linked.toString()).contains("NO_METRIC", "artifacts is no folder any more");
        Outcome odd = run(scoring(EVALUATE, ""), "ln -s /etc/passwd artifacts/weights; mkfifo artifacts/pipe")
                .outcome();
        assertThat(odd.toString()).contains("NO_METRIC", "holds no regular file");
    }

    @Test
    void whatTheProjectHasSavedBeforeIsNotScored() throws Exception {
        write("artifacts/weights", "1");
        assertThat(run(scoring(EVALUATE, ""), "echo idle").outcome().toString()).contains("NO_METRIC", "is empty");
    }

    @Test
    void artifactsMayLieDeeperAndNeverBehindALink() throws Exception {
        Scoring deep = new Scoring(Optional.of(EVALUATE), Optional.empty(), "out/model", List.of());
        assertThat(run(deep, "echo 1 > out/model/weights").outcome()).isEqualTo(measured(11));
        Files.createSymbolicLink(bench.project().resolve("out"), folder);
        assertThat(run(deep, "echo 1").outcome().toString())
                .contains("REFUSED", "artifacts: out/model leads through out");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void moreThanTheDiskAllowsIsNotScored() throws Exception {
        Path saved = Files.createDirectories(folder.resolve("a/artifacts"));
        Artifacts from = new Artifacts(folder.resolve("a"), saved, "artifacts");
        Artifacts to = new Artifacts(folder.resolve("b"), folder.resolve("b/artifacts"), "artifacts");
        Files.write(saved.resolve("one"), new byte[600]);
        Files.write(saved.resolve("two"), new byte[600]);
        assertThat(from.copyTo(to, 1200)).isEmpty();
        assertThat(to.folder().resolve("two")).hasSize(600);
        assertThat(from.copyTo(to, 1199).orElseThrow()).contains("larger than limits.disk allows");
    }

    @Test
    void anEvaluatorThatFailsIsNamed() throws Exception {
        write("score.sh", "echo broken >&2; exit 3");
        assertThat(run(scoring(EVALUATE, ""), SAVE).outcome())
                .isEqualTo(new Outcome.Failed(Reason.CRASHED, "the evaluator: exit 3: broken"));
        write("score.sh", "echo quiet");
        assertThat(run(scoring(EVALUATE, ""), SAVE).outcome().toString())
                .contains("NO_METRIC", "the evaluator: stdout has no");
        assertThat(run(scoring("nosuchprogram", ""), SAVE).outcome().toString())
                .contains("CRASHED", "the evaluator: nosuchprogram: not found");
    }

    @Test
    void aRunThatFailsIsNotScored() throws Exception {
        assertThat(run(scoring(EVALUATE, ""), SAVE, "exit 4").outcome().toString())
                .contains("CRASHED", "exit 4");
    }

    @Test
    void theTimeOfBothCounts() throws Exception {
        write("score.sh", "sleep 0.4; echo loss: 1");
        Execution execution = run(scoring(EVALUATE, ""), SAVE + "; sleep 0.3");
        assertThat(execution.took()).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void theHoldOutIsANumberAndNothingElse() throws Exception {
        Training training = bench.training().scoredBy(scoring(EVALUATE, HOLDOUT, "data/val", "data/test"));
        Execution execution = run(training, SAVE + "\n", true);
        Outcome.Measured measured = (Outcome.Measured) execution.outcome();
        assertThat(measured.value()).isEqualTo(15);
        assertThat(measured.holdout()).hasValue(HELD_OUT);
        assertThat(execution.head() + execution.tail() + measured.metrics() + execution.diff())
                .doesNotContain("" + HELD_OUT);
        assertThat(((Outcome.Measured) run(training, SAVE + "\n", false).outcome()).holdout())
                .isEmpty();
    }

    @Test
    void aHoldOutThatFailsFailsTheRunAndTellsNothing() throws Exception {
        write("score.sh", "[ $2 = val ] || { echo a secret >&2; exit 9; }", "echo loss: 1");
        Execution execution = run(bench.training().scoredBy(scoring(EVALUATE, HOLDOUT)), SAVE, true);
        assertThat(execution.outcome().toString()).contains("CRASHED", "the hold-out gave no value (crashed, exit 9)");
        assertThat(execution.toString()).doesNotContain("a secret");
    }

    @Test
    void aHoldOutAloneScoresARunThatMeasuresItself() throws Exception {
        Training training = bench.training().scoredBy(scoring("", HOLDOUT));
        Change.Settings own = new Change.Settings(Config.of(Map.of()));
        assertThat(run(training, own, true).outcome().toString()).contains("NO_METRIC");
        write("train.sh", SAVE, "echo loss: 2");
        assertThat(run(training, own, true).outcome().toString())
                .contains("value=2.0", "holdout=" + OptionalDouble.of(HELD_OUT));
        assertThat(run(training, "echo loss: 0\n" + SAVE, true).outcome().toString())
                .contains("UNVERIFIED");
    }

    @Test
    void aWritableCacheIsNotTheEvaluators() throws Exception {
        write("score.sh", "cat .cache/mine; ls -A .cache; echo loss: 1");
        Access.Cache cache = new Access.Cache(folder.resolve("cache"), ".cache", true);
        bench = bench.seeing(new Access(List.of(), false, Optional.empty(), List.of(cache)));
        Execution execution = run(scoring(EVALUATE, ""), SAVE, "echo planted > .cache/mine");
        assertThat(folder.resolve("cache/mine")).exists();
        assertThat(execution.outcome()).isInstanceOf(Outcome.Measured.class);
        assertThat(execution.tail()).doesNotContain("planted");
    }

    @Test
    void nothingIsLeftBesideTheWorkspace() throws Exception {
        run(bench.training().scoredBy(scoring(EVALUATE, HOLDOUT)), SAVE, true);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("project", "workspace");
        }
    }

    @Test
    void anEditedScriptKeepsItsOwnTextAndTheValuesThatItStillHas() throws Exception {
        Bench python = Bench.python(folder.resolve("py"), "LR = 0.1", "DEPTH = 2", "OLD = 1");
        Variant variant = Variant.root("").edited("# é\r\nLR = 0.1\r\nDEPTH = len(str())\r\nNEW = 1", "");
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(0.5));
        values.put("DEPTH", new Value.Whole(3));
        values.put("OLD", new Value.Whole(3));
        python = python.running("cat {script}");
        Execution execution = new LocalRunner(python.training(), System.getenv(), python.sandbox())
                .run(new Change.Edit(Config.of(values), variant), python.workspace());
        assertThat(Files.readString(python.workspace().resolve("train.py"), StandardCharsets.UTF_8))
                .isEqualTo("# é\r\nLR = 0.5\r\nDEPTH = len(str())\r\nNEW = 1");
        assertThat(execution.diff()).contains("-OLD = 1", "+NEW = 1");
    }
}
