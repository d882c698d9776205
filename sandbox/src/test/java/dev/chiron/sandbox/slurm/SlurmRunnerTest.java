package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real slurmctld and slurmd. */
@Tag("slurm")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlurmRunnerTest {

    @TempDir
    static Path home;

    private static OwnCluster cluster;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws Exception {
        cluster = OwnCluster.start(home);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private Plant plant(String... lines) throws IOException {
        return Plant.of(folder, cluster.environment(), lines);
    }

    private static Execution run(Plant plant) throws Exception {
        try (SlurmRunner runner = plant.runner()) {
            return runner.run(Plant.change(0.5), plant.slot(0));
        }
    }

    private Future<Execution> later(Callable<Execution> run) {
        return threads.submit(run);
    }

    private static Outcome.Failed failure(Execution execution) {
        return (Outcome.Failed) execution.outcome();
    }

    @Test
    void aJobsMetricCurveAndEndAreThoseOfTheRun() throws Exception {
        Plant plant = plant("echo loss: 3 step 1", "echo loss: $1 step 2", "echo done >&2");
        Execution execution = run(plant);
        Outcome.Measured measured = (Outcome.Measured) execution.outcome();
        assertThat(measured.value()).isEqualTo(0.5);
        assertThat(measured.curve()).containsExactly(new Outcome.CurvePoint(1, 3));
        assertThat(execution.exit()).hasValue(0);
        assertThat(execution.tail()).contains("loss: 0.5").contains("done");
        assertThat(execution.took()).isPositive();
        assertThat(execution.containment().map(Containment::level)).contains(Isolation.PLAIN);
        assertThat(plant.jobs()).doesNotExist();
        assertThat(cluster.states(plant)).hasSize(1);
        assertThat(plant.said())
                .noneMatch(note -> note.contains("gives no reason")); // no job that is handed in has one at once
    }

    @Test
    @Tag("bubblewrap")
    void theSandboxHoldsInsideTheJob() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "mine");
        Execution execution = run(plant("ls " + secret + "; touch " + secret + "2; echo loss: 1")
                .inside(Isolation.BUBBLEWRAP, Access.LEAST));
        assertThat(execution.outcome()).isInstanceOf(Outcome.Measured.class);
        assertThat(execution.containment().map(Containment::level)).contains(Isolation.BUBBLEWRAP);
        assertThat(execution.tail()).doesNotContain("mine").contains("No such file");
        assertThat(folder.resolve("secret2")).doesNotExist();
    }

    @Test
    void noVariableOfTheSubmitterOrOfTheNodesShellReachesTheJob() throws Exception {
        Plant plant = plant("env", "tr '\\0' '\\n' < /proc/$PPID/environ", "echo loss: 1")
                .seeing(Map.of("OPENAI_API_KEY", "sk-one", "SBATCH_EXPORT", "ALL", "SLURM_JOB_NAME", "outer"))
                .asking(Plant.after("export GEMINI_API_KEY=sk-two CUDA_VISIBLE_DEVICES=7"));
        Execution execution = run(plant);
        assertThat(execution.head())
                .doesNotContain("sk-one")
                .doesNotContain("sk-two")
                .contains("CUDA_VISIBLE_DEVICES=7");
    }

    @Test
    void aCrashIsTheRunsOwn() throws Exception {
        Execution execution = run(plant("echo no such layer >&2", "exit 3"));
        assertThat(failure(execution).reason()).isEqualTo(Reason.CRASHED);
        assertThat(failure(execution).detail()).contains("exit 3").contains("no such layer");
        assertThat(execution.exit()).hasValue(3);
    }

    @Test
    void shortTimesAreKeptInsideTheJob() throws Exception {
        Path never = plant("").pipe("never");
        Limits limits = new Limits(
                Duration.ofMillis(500), OptionalLong.empty(), OptionalInt.empty(), 1000, OptionalLong.empty());
        Execution execution = run(plant("read line < " + never).within(limits));
        assertThat(failure(execution).reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(failure(execution).detail()).contains("500 ms");
    }

    private static final String HUNGRY = "head -c 700m /dev/zero | tail -c 600m | (read none; cat > /dev/null)";

    @Test
    void theTasksMemoryIsKeptInsideTheJob() throws Exception {
        Limits limits = new Limits(
                Duration.ofSeconds(60), OptionalLong.of(200 << 20), OptionalInt.empty(), 1000, OptionalLong.empty());
        Execution execution = run(plant(HUNGRY, "echo loss: 1").within(limits));
        assertThat(failure(execution).reason()).isEqualTo(Reason.OUT_OF_MEMORY);
    }

    @Test
    void theJobsMemoryIsKeptBySlurm() throws Exception {
        Path never = plant("").pipe("never");
        Limits limits = new Limits(
                Duration.ofSeconds(60), OptionalLong.of(4L << 30), OptionalInt.empty(), 1000, OptionalLong.empty());
        Allocation small = new Allocation(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.of(300 << 20),
                Optional.empty(),
                List.of(),
                List.of());
        String holding = "head -c 700m /dev/zero | tail -c 600m | (read line < " + never + "; cat > /dev/null)";
        Execution execution = run(plant(holding, "echo loss: 1").within(limits).asking(small));
        assertThat(failure(execution).reason()).isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(failure(execution).detail()).startsWith("Slurm ended job");
    }

    @Test
    void whoeverCancelsAJobFromOutsideBreaksTheMachineAndNotTheTrial() throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path never = plant.pipe("never");
        plant = plant("echo > " + started, "read line < " + never);
        Plant running = plant;
        Future<Execution> execution = later(() -> run(running));
        Files.readString(started);
        cluster.said("scancel", cluster.ids(plant).get(0));
        assertThat(failure(execution.get()).reason()).isEqualTo(Reason.INFRASTRUCTURE);
        assertThat(failure(execution.get()).detail()).contains("was cancelled, not by Chiron");
    }

    @Test
    void anInterruptCancelsTheJobAndAllThatItStarted() throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path never = plant.pipe("never");
        plant = plant("echo $$ > " + started, "read line < " + never);
        Plant running = plant;
        Future<Execution> execution = later(() -> run(running));
        long script = Long.parseLong(Files.readString(started).strip());
        execution.cancel(true);
        cluster.await(plant, "CANCELLED");
        Optional<ProcessHandle> left = ProcessHandle.of(script);
        if (left.isPresent()) {
            left.get().onExit().get(); // or this test runs out of time
        }
        assertThat(Backlog.in(plant.jobs()).all()).isEmpty();
    }

    @Test
    void aJobThatNeverBeginsIsGivenUpWithItsReason() throws Exception {
        Plant plant = plant("echo loss: 1")
                .asking(Plant.in("shut"))
                .at(new Pace(10, 1, Duration.ofMillis(100), Duration.ofSeconds(1)));
        Execution execution = run(plant);
        assertThat(failure(execution).reason()).isEqualTo(Reason.INFRASTRUCTURE);
        assertThat(failure(execution).detail()).contains("did not begin within 1 s (slurm.pending): PartitionDown");
        assertThat(plant.said()).anyMatch(note -> note.contains("waits: PartitionDown"));
        cluster.await(plant, "CANCELLED");
    }

    @Test
    void whatSlurmRefusesIsSaidInItsWords() throws Exception {
        Plant plant = plant("echo loss: 1").asking(Plant.in("main", "--mem=900G"));
        assertThat(failure(run(plant)).detail()).contains("Requested node configuration is not available");
        assertThat(failure(run(plant.asking(Plant.in("fast")))).detail()).contains("invalid partition specified: fast");
        Cluster slurm = new Cluster(cluster.environment());
        assertThat(slurm.version()).hasValueSatisfying(text -> assertThat(text).startsWith("slurm"));
        assertThat(slurm.silence()).isEmpty();
        assertThat(slurm.partitions()).containsExactlyInAnyOrder("main*", "low", "short", "shut");
        assertThat(slurm.refusal(Plant.in("main"), plant.training())).isEmpty();
        assertThat(slurm.refusal(Plant.in("fast"), plant.training()))
                .hasValueSatisfying(text -> assertThat(text).contains("invalid partition specified: fast"));
    }

    @Test
    void aRequeuedJobBeginsAnewAndIsNoFailure() throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path never = plant.pipe("never");
        Path count = folder.resolve("count");
        plant = plant(
                "echo run >> " + count,
                "echo > " + started,
                "[ $(wc -l < " + count + ") = 2 ] || read line < " + never,
                "echo loss: 1");
        Plant running = plant;
        Future<Execution> execution = later(() -> run(running));
        Files.readString(started);
        String job = cluster.ids(plant).get(0);
        cluster.said("scontrol", "requeue", job);
        cluster.hurry(job);
        Files.readString(started);
        assertThat(execution.get().outcome()).isEqualTo(new Outcome.Measured(1));
        assertThat(Files.readAllLines(count)).hasSize(2);
        assertThat(plant.said()).anyMatch(note -> note.contains("was taken off its node and waits to begin anew"));
    }

    /** Stops a run at the first value that is above 2, and knows what it was shown. */
    private static final class Strict implements Watch {
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Optional<Stop> reported(double step, double value) {
            seen.add(step + " " + value);
            return value > 2 ? Optional.of(new Stop("strict", value + " is above 2")) : Optional.empty();
        }
    }

    private static Execution watched(Plant plant, Watch watch) throws Exception {
        try (SlurmRunner runner = plant.runner()) {
            return runner.run(Plant.change(0.5), plant.slot(0), false, watch);
        }
    }

    private static final Outcome STOPPED = new Outcome.Pruned(
            3, 2, "strict", "3.0 is above 2", List.of(new Outcome.CurvePoint(1, 1.5), new Outcome.CurvePoint(2, 3)));

    @Test
    void aJobIsCancelledAtTheValueThatItIsStoppedBy() throws Exception {
        Path never = plant("").pipe("never");
        Plant plant = plant("echo loss: 1.5 step 1", "echo loss: 3 step 2", "read line < " + never);
        Strict watch = new Strict();
        Execution execution = watched(plant, watch);
        assertThat(execution.outcome()).isEqualTo(STOPPED);
        assertThat(execution.exit()).isEmpty();
        assertThat(execution.took()).isPositive();
        assertThat(watch.seen).containsExactly("1.0 1.5", "2.0 3.0");
        cluster.await(plant, "CANCELLED");
        assertThat(Backlog.in(plant.jobs()).all()).isEmpty();
    }

    /** Else what becomes of a run would depend on how often the cluster is asked. */
    @Test
    void aRunThatIsOverBeforeItCanBeStoppedIsStoppedAllTheSame() throws Exception {
        Plant plant = plant("echo loss: 1.5 step 1", "echo loss: 3 step 2", "echo loss: 1 step 3", "exit 3")
                .at(new Pace(10, 1, Duration.ofSeconds(50), Duration.ofHours(1)));
        Strict watch = new Strict();
        Execution execution = watched(plant, watch);
        assertThat(execution.outcome()).isEqualTo(STOPPED);
        assertThat(execution.exit()).isEmpty();
        assertThat(execution.tail()).contains("loss: 1 step 3");
        assertThat(watch.seen).hasSize(2);
        assertThat(plant.jobs()).doesNotExist();
    }

    @Test
    void aRunThatNothingIsSaidAgainstComesToItsOwnEndUnderWatch() throws Exception {
        Plant plant = plant("echo loss: 1.5 step 1", "echo loss: 1 step 2");
        Strict watch = new Strict();
        assertThat(watched(plant, watch).outcome())
                .isEqualTo(new Outcome.Measured(1, Map.of(), List.of(new Outcome.CurvePoint(1, 1.5))));
        assertThat(watch.seen).containsExactly("1.0 1.5", "2.0 1.0");
    }

    @Test
    void aRequeuedJobReportsAnew() throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path never = plant.pipe("never");
        Path count = folder.resolve("count");
        plant = plant(
                "echo run >> " + count,
                "echo loss: 1.5 step 1",
                "echo > " + started,
                "[ $(wc -l < " + count + ") = 2 ] || read line < " + never,
                "echo loss: 3 step 2",
                "read line < " + never);
        Plant running = plant;
        Strict watch = new Strict();
        Future<Execution> execution = later(() -> watched(running, watch));
        Files.readString(started);
        while (watch.seen.isEmpty()) { // what is written within a second is written together
            Thread.onSpinWait();
        }
        String job = cluster.ids(plant).get(0);
        cluster.said("scontrol", "requeue", job);
        cluster.hurry(job);
        Files.readString(started);
        assertThat(((Outcome.Pruned) execution.get().outcome()).step()).isEqualTo(2);
        assertThat(watch.seen).containsExactly("1.0 1.5", "1.0 1.5", "2.0 3.0");
    }

    @Test
    void aPreemptedJobIsHandedInAgain() throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path never = plant.pipe("never");
        Path count = folder.resolve("count");
        plant = plant(
                        "echo run >> " + count,
                        "echo > " + started,
                        "[ $(wc -l < " + count + ") = 2 ] || read line < " + never,
                        "echo loss: 1")
                .asking(Plant.in("low", "--mem=100G"));
        Plant running = plant;
        Future<Execution> execution = later(() -> run(running));
        Files.readString(started);
        String urgent = cluster.said(
                        "sbatch",
                        "--parsable",
                        "--partition=main",
                        "--mem=120G",
                        "--output=/dev/null",
                        "--wrap=read line < " + never)
                .strip();
        cluster.await(plant, "PENDING");
        cluster.said("scancel", urgent);
        Files.readString(started);
        assertThat(execution.get().outcome()).isEqualTo(new Outcome.Measured(1));
        assertThat(plant.said()).anyMatch(note -> note.contains("was preempted, and is handed in again"));
        assertThat(cluster.states(plant)).first().isEqualTo("PREEMPTED");
    }

    @Test
    void aLineOfSetupThatFailsIsSaidAndNoTrialsFault() throws Exception {
        Execution execution = run(plant("echo loss: 1").asking(Plant.after("cd /nowhere/at/all")));
        assertThat(failure(execution).reason()).isEqualTo(Reason.INFRASTRUCTURE);
        assertThat(failure(execution).detail()).contains("slurm.setup failed: cd /nowhere/at/all");
    }

    @Test
    void withoutSqueueJobsAreAskedAboutWithScontrol() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : List.of("sbatch", "scancel", "scontrol")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin", name));
        }
        Plant plant = plant("").seeing(Map.of("PATH", programs.toString()));
        Path started = plant.pipe("started");
        Path never = plant.pipe("never");
        plant("echo > " + started, "read line < " + never);
        Future<Execution> execution = later(() -> run(plant));
        Files.readString(started);
        cluster.said("scancel", cluster.ids(plant).get(0));
        assertThat(failure(execution.get()).detail()).contains("was cancelled, not by Chiron");
    }

    /** Instead of a Java it takes a shell, so that many cost little. */
    @Test
    void aBurstKeepsToItsJobsAndAsksOnceForAll() throws Exception {
        Path calls = folder.resolve("calls");
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path squeue = programs.resolve("squeue");
        Files.writeString(
                squeue, "#!/bin/sh\necho call >> " + calls + "\n/usr/bin/squeue \"$@\" | tee -a " + calls + "\n");
        assertThat(squeue.toFile().setExecutable(true)).isTrue();
        Path quick = folder.resolve("quick.sh");
        Files.writeString(
                quick, "echo '{\"status\":\"measured\",\"value\":1.5,\"nanos\":1}' > $1/new; mv $1/new $1/end.json\n");
        Plant plant = plant("")
                .seeing(Map.of("PATH", programs + ":/usr/bin:/bin"))
                .with("/bin/sh", quick.toString())
                .at(new Pace(6, 1, Duration.ofMillis(500), Duration.ofHours(1)));
        long start = System.nanoTime();
        try (SlurmRunner runner = plant.runner()) {
            List<Future<Execution>> burst = new ArrayList<>();
            for (int worker = 0; worker < 24; worker++) {
                int slot = worker;
                burst.add(later(() -> runner.run(Plant.change(slot), plant.slot(slot))));
            }
            for (Future<Execution> one : burst) {
                assertThat(one.get().outcome()).isEqualTo(new Outcome.Measured(1.5));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<List<String>> answers = new ArrayList<>();
        for (String line : Files.readAllLines(calls)) {
            if (line.equals("call")) {
                answers.add(new ArrayList<>());
            } else if (line.contains(plant.label()) && line.matches(".*\\|(PENDING|RUNNING|CONFIGURING)\\|.*")) {
                answers.get(answers.size() - 1).add(line);
            }
        }
        assertThat(cluster.ids(plant)).hasSize(24);
        assertThat(answers).allSatisfy(jobs -> assertThat(jobs).hasSizeLessThanOrEqualTo(6));
        assertThat(answers).anySatisfy(jobs -> assertThat(jobs).hasSizeGreaterThan(1));
        assertThat((double) answers.size()).isLessThanOrEqualTo(seconds / 0.5 + 2);
    }

    @Test
    void aKilledChironsJobIsTakenOverAndRunsOnce() throws Exception {
        adopted(plant -> {});
    }

    @Test
    void alsoWhereItDiedBeforeItKnewTheJobsNumber() throws Exception {
        adopted(plant -> Files.delete(onlyJob(plant).resolve("id")));
    }

    private interface Loss {
        void in(Plant plant) throws Exception;
    }

    private void adopted(Loss loss) throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path go = plant.pipe("go");
        Path count = folder.resolve("count");
        plant("echo run >> " + count, "echo > " + started, "read line < " + go, "echo loss: $1");
        Process chiron = ChironMain.start(plant);
        Files.readString(started);
        chiron.destroyForcibly().waitFor();
        loss.in(plant);
        Future<Execution> execution = later(() -> run(plant));
        Files.writeString(go, "go\n");
        assertThat(execution.get().outcome()).isEqualTo(new Outcome.Measured(0.5));
        assertThat(Files.readAllLines(count)).hasSize(1);
        assertThat(cluster.ids(plant)).hasSize(1);
        assertThat(plant.jobs()).doesNotExist();
    }

    private static Path onlyJob(Plant plant) throws IOException {
        try (Stream<Path> jobs = Files.list(plant.jobs())) {
            return jobs.reduce((one, other) -> {
                        throw new AssertionError("several");
                    })
                    .orElseThrow();
        }
    }

    @Test
    void whatEndedWhileNobodyLookedCounts() throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path go = plant.pipe("go");
        plant("echo > " + started, "read line < " + go, "echo loss: $1");
        Process chiron = ChironMain.start(plant);
        Files.readString(started);
        chiron.destroyForcibly().waitFor();
        Files.writeString(go, "go\n");
        cluster.await(plant, "COMPLETED");
        assertThat(run(plant).outcome()).isEqualTo(new Outcome.Measured(0.5));
        assertThat(cluster.ids(plant)).hasSize(1);
        // handed over once: the same change again is another run
        Future<Execution> again = later(() -> run(plant));
        Files.readString(started);
        Files.writeString(go, "go\n");
        assertThat(again.get().outcome()).isEqualTo(new Outcome.Measured(0.5));
        assertThat(cluster.ids(plant)).hasSize(2);
    }

    @Test
    void aKilledChironsJobIsCancelledWhereAnotherTrialComesFirst() throws Exception {
        Plant plant = plant("");
        Path started = plant.pipe("started");
        Path never = plant.pipe("never");
        plant("[ $1 = 0.25 ] || { echo > " + started + "; read line < " + never + "; }", "echo loss: $1");
        Process chiron = ChironMain.start(plant);
        Files.readString(started);
        chiron.destroyForcibly().waitFor();
        try (SlurmRunner runner = plant.runner()) {
            Execution execution = runner.run(Plant.change(0.25), plant.slot(0));
            assertThat(execution.outcome()).isEqualTo(new Outcome.Measured(0.25));
        }
        assertThat(cluster.states(plant)).hasSize(2).first().isIn("CANCELLED", "COMPLETING");
    }
}
