package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.run.Checkpoints;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Saving;
import dev.chiron.sandbox.run.Scoring;
import dev.chiron.sandbox.run.Training;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static Config config() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(3));
        values.put("DEPTH", new Value.Whole(3));
        values.put("FUSED", new Value.Flag(true));
        values.put("KIND", new Value.Text("true"));
        values.put("TINY", new Value.Real(1.0000000000000002e-300));
        return Config.of(values);
    }

    private static Training full() {
        return new Training(
                        Path.of("/data/project"),
                        "src/train.py",
                        "python3 {script} --lr {LR}",
                        Map.of("SEED", "{DEPTH}"),
                        new Objective(
                                "acc",
                                Objective.Goal.MAXIMIZE,
                                List.of(new Objective("latency_ms", Objective.Goal.MINIMIZE)),
                                List.of(Constraint.parse("peak_vram_mb <= 40000"))),
                        new MetricSource.JsonFile("out.json", "$.acc"),
                        new Limits(
                                Duration.ofMillis(1500),
                                OptionalLong.of(1L << 40),
                                OptionalInt.of(7),
                                5_000_000_000L,
                                OptionalLong.of(3)),
                        List.of("prepare.py"),
                        new Access(
                                List.of(Path.of("/data")),
                                true,
                                Optional.of(List.of()),
                                List.of(new Access.Cache(Path.of("/s/caches/x"), ".triton", true))),
                        config())
                .scoredBy(new Scoring(
                        Optional.of("python3 eval.py"), Optional.of("python3 hold.py"), "out", List.of("test/")))
                .withEdits();
    }

    private static Training least() {
        return new Training(
                Path.of("/p"),
                "t.sh",
                "sh t.sh",
                Map.of(),
                new Objective("loss", Objective.Goal.MINIMIZE),
                new MetricSource.Stdout(),
                new Limits(Duration.ofHours(1), OptionalLong.empty(), OptionalInt.empty(), 1, OptionalLong.empty()),
                List.of(),
                Access.LEAST,
                Config.of(Map.of()));
    }

    /** Its job saves where this session finds it, and goes on from what is there. */
    @Test
    void anOrderOfARunThatGoesOnReadsBack() {
        Checkpoints checkpoints = new Checkpoints(Path.of("/s/checkpoints"));
        for (Optional<String> merge : List.of(Optional.<String>empty(), Optional.of("python3 merge.py"))) {
            Begin begin =
                    new Begin(List.of(new Begin.Source(3, 0.25), new Begin.Source(4, 0.75)), 0.1, OptionalInt.of(2));
            Order order = new Order(
                    least().saving(new Saving(checkpoints, merge)),
                    new Change.Settings(config(), Optional.empty(), Optional.of(begin)),
                    false,
                    Isolation.PLAIN,
                    false,
                    true);
            assertThat(Order.read(order.text())).isEqualTo(order);
        }
    }

    @Test
    void anOrderReadsBackAsItWasWritten() {
        Variant script = Variant.root("x = 1\n").edited("x = 2\r\n", "double \"it\"");
        for (Order order : List.of(
                new Order(full(), new Change.Edit(config(), script), true, Isolation.BUBBLEWRAP, true, true),
                new Order(least(), new Change.Settings(config()), false, Isolation.PLAIN, false, false))) {
            assertThat(Order.read(order.text())).isEqualTo(order);
            assertThat(Order.read(order.text()).text()).isEqualTo(order.text());
        }
    }

    @Test
    void anExecutionReadsBackAsItWasWritten() throws Exception {
        Outcome measured = new Outcome.Measured(
                0.1 + 0.2,
                Map.of("acc", -1e-7),
                List.of(new Outcome.CurvePoint(1, 2.5), new Outcome.CurvePoint(10, 2)),
                OptionalDouble.of(0.25));
        for (Execution execution : List.of(
                new Execution(
                        measured,
                        Duration.ofNanos(1234567891),
                        "head\n",
                        "täil\u0000",
                        OptionalInt.of(0),
                        "-a\n+b",
                        Optional.of(new Containment(Isolation.UNSHARE, true))),
                new Execution(
                        new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "too much"),
                        Duration.ZERO,
                        "",
                        "",
                        OptionalInt.empty(),
                        ""),
                new Execution(
                        new Outcome.Infeasible((Outcome.Measured) measured, List.of("acc >= 0"), 1e-7),
                        Duration.ofSeconds(2),
                        "",
                        "",
                        OptionalInt.of(0),
                        ""),
                new Execution(
                        new Outcome.Pruned(3, List.of(new Outcome.CurvePoint(1, 3))),
                        Duration.ofSeconds(3),
                        "",
                        "",
                        OptionalInt.empty(),
                        ""))) {
            String text = ExecutionJson.write(execution).toString();
            assertThat(ExecutionJson.read(new ObjectMapper().readTree(text))).isEqualTo(execution);
        }
    }

    @Test
    void whatAJobAsksForFollowsFromTheTask() {
        Allocation usual = Plant.USUAL;
        assertThat(usual.words(least())).containsExactly("--nodes=1", "--ntasks=1", "--time=65");
        // three runs of 1.5 s and five minutes around them, a terabyte and Chiron's own half a gigabyte
        assertThat(usual.words(full())).contains("--time=6", "--mem=" + ((1L << 20) + 512) + "M");
        Allocation given = new Allocation(
                Optional.of("gpu"),
                Optional.of(Duration.ofSeconds(90)),
                Optional.of("a100:2"),
                OptionalInt.of(8),
                OptionalLong.of(1),
                Optional.of("lab"),
                List.of("--qos=high"),
                List.of());
        assertThat(given.words(full()))
                .containsExactly(
                        "--nodes=1",
                        "--ntasks=1",
                        "--partition=gpu",
                        "--account=lab",
                        "--gres=gpu:a100:2",
                        "--cpus-per-task=8",
                        "--time=2",
                        "--mem=1M",
                        "--qos=high");
    }

    @Test
    void theControllerIsAskedMoreAndMoreSeldom() {
        Pace pace = new Pace(1, 1, Duration.ofSeconds(10), Duration.ofHours(1));
        assertThat(List.of(pace.backoff(0), pace.backoff(1), pace.backoff(2), pace.backoff(3), pace.backoff(99)))
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60));
        assertThat(new Pace(1, 1, Duration.ofMinutes(5), Duration.ofHours(1)).backoff(9))
                .isEqualTo(Duration.ofMinutes(5));
    }
}
