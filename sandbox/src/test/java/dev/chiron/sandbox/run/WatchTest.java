package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Outcome.Failed;
import dev.chiron.optimizers.study.Outcome.Pruned;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs under watch: real processes, stopped by what they print. */
@Timeout(60)
class WatchTest {

    private static final String[] FIVE = {
        "for i in 1 2 3 4 5; do echo \"epoch $i loss: 0.$i\"; done",
    };

    @TempDir
    Path folder;

    private static Execution run(Bench bench, Watch watch) throws InterruptedException {
        return bench.runner(System.getenv())
                .run(new Change.Settings(Config.of(Map.of())), bench.workspace(), false, watch);
    }

    /** Stops what reaches a step. */
    private static Watch until(double last) {
        return (step, value) -> step >= last ? Optional.of(new Watch.Stop("median", "why")) : Optional.empty();
    }

    private static Bench endless(Path folder) throws Exception {
        return Bench.shell(folder, "sleep 300 &", FIVE[0], "sleep 300");
    }

    @Test
    void aRunIsStoppedByAValueThatItReportsAndAllItsProcessesEnd() throws Exception {
        Bench bench = endless(folder);
        Execution execution = run(bench, until(3));
        assertThat(execution.outcome())
                .isEqualTo(new Pruned(
                        0.3,
                        3,
                        "median",
                        "why",
                        List.of(new CurvePoint(1, 0.1), new CurvePoint(2, 0.2), new CurvePoint(3, 0.3))));
        assertThat(execution.exit()).isEmpty();
        assertThat(execution.took()).isLessThan(Duration.ofSeconds(50));
        assertThat(Marker.of(bench.workspace()).processes()).isEmpty();
    }

    /** What is decided may not depend on how fast this machine is: here the run is over long before it could be stopped. */
    @Test
    void aRunThatIsOverBeforeItIsStoppedIsPrunedAllTheSame() throws Exception {
        Outcome whole = run(Bench.shell(folder.resolve("a"), FIVE), until(3)).outcome();
        Outcome stopped = run(endless(folder.resolve("b")), until(3)).outcome();
        Outcome failed = run(Bench.shell(folder.resolve("c"), FIVE[0], "exit 3"), until(3))
                .outcome();
        assertThat(Stream.of(whole, failed)).containsOnly(stopped);
    }

    @Test
    void theWatchSeesEveryValueInOrderAndNoneAfterItsWord() throws Exception {
        List<CurvePoint> seen = new ArrayList<>();
        Bench bench = Bench.shell(folder, "echo loss: 3", "echo 'step 7 loss: nan'", "printf 'loss: 0.25'");
        Execution execution = run(bench, (step, value) -> {
            seen.add(new CurvePoint(step, value));
            return Optional.empty();
        });
        assertThat(seen).containsExactly(new CurvePoint(1, 3), new CurvePoint(7, Double.NaN), new CurvePoint(3, 0.25));
        assertThat(((Outcome.Measured) execution.outcome()).value()).isEqualTo(0.25);
        List<Double> until = new ArrayList<>();
        run(Bench.shell(folder.resolve("b"), FIVE), (step, value) -> {
            until.add(step);
            return until(2).reported(step, value);
        });
        assertThat(until).containsExactly(1.0, 2.0);
    }

    @Test
    void aRunStoppedAtNoNumberHasDiverged() throws Exception {
        Bench bench = Bench.shell(folder, "echo 'epoch 1 loss: 2'", "echo 'epoch 2 loss: nan'", "sleep 300");
        assertThat(run(bench, until(2)).outcome())
                .isEqualTo(new Failed(Reason.DIVERGED, "the metric became NaN at step 2: stopped by median"));
    }

    /** A mistake of ours is not one of the run's, and leaves nothing running. */
    @Test
    void aWatchThatBreaksEndsTheRunAndIsHeardOf() throws Exception {
        Bench bench = endless(folder);
        assertThatThrownBy(() -> run(bench, (step, value) -> {
                    throw new IllegalStateException("broken at " + step);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken at 1.0");
        assertThat(Marker.of(bench.workspace()).processes()).isEmpty();
    }

    @Test
    void whatWasStoppedIsNotScored() throws Exception {
        Bench bench = Bench.shell(folder, FIVE[0], "echo 5 > $CHIRON_ARTIFACTS/weights", "sleep 300");
        Files.writeString(bench.project().resolve("score.sh"), "echo loss: 9\n");
        Scoring scoring = new Scoring(
                Optional.of("sh score.sh {artifacts}"), Optional.empty(), Scoring.USUAL_ARTIFACTS, List.of());
        LocalRunner runner = new LocalRunner(bench.training().scoredBy(scoring), System.getenv(), bench.sandbox());
        Change change = new Change.Settings(Config.of(Map.of()));
        assertThat(runner.run(change, bench.workspace(), true, until(2)).outcome())
                .isInstanceOfSatisfying(
                        Pruned.class, pruned -> assertThat(pruned.step()).isEqualTo(2));
    }

    /** The metric lies in a file, and what the run prints under its name on the way is its curve. */
    @Test
    void aMetricFromAFileIsWatchedByWhatIsPrinted() throws Exception {
        String[] lines = {FIVE[0], "echo '{\"loss\": 0.125}' > out.json"};
        Bench bench = Bench.shell(folder.resolve("a"), lines).reading("out.json", "$.loss");
        Outcome.Measured measured = (Outcome.Measured) run(bench, Watch.NONE).outcome();
        assertThat(measured.value()).isEqualTo(0.125);
        assertThat(measured.curve()).extracting(CurvePoint::step).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        Bench again = Bench.shell(folder.resolve("b"), lines).reading("out.json", "$.loss");
        assertThat(run(again, until(4)).outcome()).isInstanceOf(Pruned.class);
    }

    @Tag("python")
    @Test
    void pythonsValuesComeAsTheyArePrinted() throws Exception {
        Bench bench = Bench.python(
                folder,
                "import time",
                "print('epoch', 1, 'loss:', 0.5)",
                "print('epoch', 2, 'loss:', 0.75)",
                "time.sleep(300)");
        assertThat(run(bench, until(2)).outcome())
                .isInstanceOfSatisfying(
                        Pruned.class, pruned -> assertThat(pruned.value()).isEqualTo(0.75));
    }

    /** Says stop at a step, but only when it is let to. */
    private record Thinker(double last, CountDownLatch leave, CountDownLatch asked) implements Watch {

        @Override
        public boolean thinks() {
            return true;
        }

        @Override
        public Optional<Stop> reported(double step, double value) {
            if (step < last) {
                return Optional.empty();
            }
            asked.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            return Optional.of(new Stop("model", "why"));
        }
    }

    /** It prints far more than a pipe holds, and ends, before anybody has made up his mind about its second value. */
    @Test
    void aRunGoesOnWhileItsWatchThinksAndEndsAsIfThatHadBeenAtOnce() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Path over = folder.resolve("over");
        Bench bench = Bench.shell(
                folder.resolve("a"),
                "echo 'epoch 1 loss: 0.5'",
                "echo 'epoch 2 loss: 0.4'",
                "i=0; while [ $i -lt 3000 ]; do echo 'the quick brown fox jumps over the lazy dog, again and again'; i=$((i+1)); done",
                "echo 'epoch 3 loss: 0.3'",
                "touch '" + over + "'");
        Thread person = new Thread(() -> {
            while (!Files.exists(over)) {
                Thread.onSpinWait();
            }
            leave.countDown();
        });
        person.start();
        Execution execution = run(bench, new Thinker(2, leave, new CountDownLatch(1)));
        person.join();
        assertThat(execution.outcome())
                .isEqualTo(new Pruned(0.4, 2, "model", "why", List.of(new CurvePoint(1, 0.5), new CurvePoint(2, 0.4))));
    }

    @Test
    void aRunIsEndedOnceItsWatchHasMadeUpItsMind() throws Exception {
        CountDownLatch leave = new CountDownLatch(0);
        Execution execution = run(endless(folder), new Thinker(3, leave, new CountDownLatch(1)));
        assertThat(((Pruned) execution.outcome()).step()).isEqualTo(3);
        assertThat(execution.took()).isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void whoGivesUpARunDoesNotWaitForItsWatch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Bench bench = Bench.shell(folder, FIVE);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread worker = new Thread(() -> {
            try {
                run(bench, new Thinker(1, new CountDownLatch(1), asked));
                end.complete(new AssertionError("it ended"));
            } catch (InterruptedException | RuntimeException e) {
                end.complete(e);
            }
        });
        worker.start();
        asked.await();
        worker.interrupt();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        worker.join();
    }
}
