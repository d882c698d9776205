package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.run.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose jobs can be asked about with {@code sacct} only: a real slurmctld, slurmd, slurmdbd and MariaDB. */
@Tag("slurm")
@Tag("slurmdbd")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccountingTest {

    @TempDir
    static Path home;

    private static OwnCluster cluster;

    @TempDir
    Path folder;

    private Map<String, String> variables = Map.of();

    @BeforeAll
    static void start() throws Exception {
        cluster = OwnCluster.startAccounted(home);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void leaveSacct() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : List.of("sbatch", "scancel", "sacct")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin", name));
        }
        variables = Map.of("PATH", programs.toString());
    }

    private Plant plant(String... lines) throws IOException {
        return Plant.of(folder, cluster.environment(), lines).seeing(variables);
    }

    private static Outcome.Failed failure(Future<Execution> trial) {
        return (Outcome.Failed) Together.outcome(trial);
    }

    @Test
    void theClusterAnswersBySacct() throws Exception {
        assertThat(new Cluster(plant("").environment()).silence()).isEmpty();
        try (Together together = new Together(plant("echo loss: $1"))) {
            assertThat(Together.outcome(together.run(1).get(0))).isEqualTo(new Outcome.Measured(0));
        }
    }

    @Test
    void whatEndsWithoutAWordIsJudgedByItsRecord() throws Exception {
        Path never = plant("").pipe("never");
        Allocation small = new Allocation(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.of(700 << 20),
                Optional.empty(),
                List.of(),
                List.of());
        Plant hungry = plant("head -c 900m /dev/zero | tail -c 800m | (read line < " + never + "; cat > /dev/null)")
                .asking(small);
        try (Together together = new Together(hungry)) {
            assertThat(failure(together.run(1).get(0)).reason()).isEqualTo(Reason.OUT_OF_MEMORY);
        }
        try (Together together = new Together(plant("echo loss: 1").asking(Plant.after("cd /nowhere")))) {
            Outcome.Failed failed = failure(together.run(1).get(0));
            assertThat(failed.reason()).isEqualTo(Reason.INFRASTRUCTURE);
            assertThat(failed.detail()).contains("slurm.setup failed: cd /nowhere");
        }
    }

    @Test
    void whoCancelledAJobIsSaid() throws Exception {
        Path never = plant("").pipe("never");
        Path started = plant("").pipe("started");
        Plant plant = plant("echo $1 > " + started, "read line < " + never);
        try (Together together = new Together(plant)) {
            Future<Execution> trial = together.run(1).get(0);
            ArrayTest.begun(started, 1);
            cluster.said("scancel", ArrayTest.job(plant, 0));
            assertThat(failure(trial).reason()).isEqualTo(Reason.INFRASTRUCTURE);
            assertThat(failure(trial).detail()).contains("was cancelled, not by Chiron (by ");
        }
    }

    @Test
    void aRequeuedJobBeginsAnewAndIsNoFailure() throws Exception {
        Path never = plant("").pipe("never");
        Path started = plant("").pipe("started");
        Path count = folder.resolve("count");
        Plant plant = plant(
                "echo run >> " + count,
                "echo $1 > " + started,
                "[ $(wc -l < " + count + ") = 2 ] || read line < " + never,
                "echo loss: $1");
        try (Together together = new Together(plant)) {
            Future<Execution> trial = together.run(1).get(0);
            ArrayTest.begun(started, 1);
            String job = ArrayTest.job(plant, 0);
            cluster.said("scontrol", "requeue", job);
            cluster.hurry(job);
            ArrayTest.begun(started, 1);
            assertThat(Together.outcome(trial)).isEqualTo(new Outcome.Measured(0));
        }
        assertThat(Files.readAllLines(count)).hasSize(2);
    }

    @Test
    void aJobThatNeverBeginsIsGivenUp() throws Exception {
        Plant plant = plant("echo loss: 1")
                .asking(Plant.in("shut"))
                .at(new Pace(10, 1, Duration.ofMillis(100), Duration.ofSeconds(1)));
        try (Together together = new Together(plant)) {
            assertThat(failure(together.run(1).get(0)).detail()).contains("did not begin within 1 s (slurm.pending)");
        }
    }

    @Test
    void tasksOfAnArrayHaveTheirOwnRecords() throws Exception {
        Path go = plant("").pipe("go");
        Path started = plant("").pipe("started");
        Plant plant = plant(
                        "echo $1 > " + started,
                        "case $1 in 1) exit 3 ;; 2|3) read line < " + go + " ;; esac",
                        "echo loss: $1")
                .inArrays(4);
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(4);
            ArrayTest.begun(started, 4);
            cluster.said("scancel", ArrayTest.job(plant, 2));
            assertThat(failure(trials.get(2)).detail()).contains("was cancelled, not by Chiron");
            assertThat(Together.outcome(trials.get(0))).isEqualTo(new Outcome.Measured(0));
            assertThat(failure(trials.get(1)).reason()).isEqualTo(Reason.CRASHED);
            Files.writeString(go, "go\n");
            assertThat(Together.outcome(trials.get(3))).isEqualTo(new Outcome.Measured(3));
        }
        assertThat(cluster.ids(plant)).hasSize(4).anyMatch(id -> id.contains("_"));
    }
}
