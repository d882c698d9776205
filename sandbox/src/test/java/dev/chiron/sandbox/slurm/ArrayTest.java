package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trials as tasks of arrays, against a real slurmctld and slurmd, whose arrays have 20 tasks at most. */
@Tag("slurm")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrayTest {

    @TempDir
    static Path home;

    private static OwnCluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        cluster = OwnCluster.start(home, "MaxArraySize=20");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private Plant plant(String... lines) throws IOException {
        return Plant.of(folder, cluster.environment(), lines);
    }

    private static Outcome.Failed failure(Future<Execution> trial) {
        return (Outcome.Failed) Together.outcome(trial);
    }

    /** The task of an array that runs a trial, as its order's folder says. */
    static String job(Plant plant, int trial) throws IOException {
        JobFolder order = new JobFolder(order(plant, trial));
        while (order.id().isEmpty()) {
            Thread.onSpinWait(); // a task may begin before its number is noted
        }
        return order.id().orElseThrow();
    }

    private static Path order(Plant plant, int trial) throws IOException {
        String slot = plant.slot(trial).toString();
        try (Stream<Path> orders = Files.list(plant.jobs())) {
            return orders.filter(one -> new JobFolder(one).slot().equals(slot))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Waits until all have begun. */
    static void begun(Path started, int tasks) throws IOException {
        for (int read = 0; read < tasks; ) {
            read += Files.readAllLines(started).size();
        }
    }

    /** Slurm's own, with the calls of a program written down. */
    private Path counted(Path calls, String name) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path program = programs.resolve(name);
        Files.writeString(program, "#!/bin/sh\necho \"$@\" >> " + calls + "\nexec /usr/bin/" + name + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return programs;
    }

    private Plant quick() throws IOException {
        Path quick = folder.resolve("quick.sh");
        Files.writeString(
                quick,
                "rate=$(sed -n 's/.*\"LR\" : \\([0-9.]*\\).*/\\1/p' $1/order.json)\n"
                        + "echo '{\"status\":\"measured\",\"value\":'$rate',\"nanos\":1}' > $1/new; mv $1/new $1/end.json\n");
        return plant("").with("/bin/sh", quick.toString());
    }

    /** Instead of a Java it takes a shell, so that many cost little. */
    @Test
    void aBurstIsHandedInByFewCallsAndEachTaskIsItsOwnTrial() throws Exception {
        Path calls = folder.resolve("calls");
        Path programs = counted(calls, "sbatch");
        Plant plant = quick().seeing(Map.of("PATH", programs + ":/usr/bin:/bin"))
                .at(new Pace(30, 10, Duration.ofSeconds(10), Duration.ofHours(1)));
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(30);
            for (int trial = 0; trial < trials.size(); trial++) {
                assertThat(Together.outcome(trials.get(trial))).isEqualTo(new Outcome.Measured(trial));
            }
        }
        assertThat(Files.readAllLines(calls))
                .hasSizeBetween(3, 8); // some may have been too early, each waits for a second
        assertThat(Files.readAllLines(calls))
                .anySatisfy(call -> assertThat(call).contains("--array=0-9 "));
        assertThat(cluster.ids(plant)).hasSize(30).doesNotHaveDuplicates();
        assertThat(plant.jobs()).doesNotExist();
    }

    @Test
    void anArrayThatIsTooLongForTheClusterIsHandedInOneByOneAndItIsSaid() throws Exception {
        Path calls = folder.resolve("calls");
        Path programs = counted(calls, "sbatch");
        Plant plant = quick().seeing(Map.of("PATH", programs + ":/usr/bin:/bin"))
                .at(new Pace(25, 25, Duration.ofSeconds(10), Duration.ofHours(1)));
        try (Together together = new Together(plant)) {
            for (int round = 0; round < 2; round++) {
                List<Future<Execution>> trials = together.run(25);
                for (int trial = 0; trial < trials.size(); trial++) {
                    assertThat(Together.outcome(trials.get(trial))).isEqualTo(new Outcome.Measured(trial));
                }
            }
        }
        assertThat(plant.said())
                .filteredOn(note -> note.contains("handed in one by one"))
                .singleElement()
                .asString()
                .contains("Invalid job array specification");
        assertThat(plant.jobs()).doesNotExist();
    }

    @Test
    void whatArraysTheClusterTakesIsKnownBefore() throws Exception {
        Cluster slurm = new Cluster(cluster.environment());
        Plant plant = plant("");
        Duration hour = Duration.ofHours(1);
        assertThat(slurm.refusal(Plant.USUAL, plant.training(), new Pace(100, 21, hour, hour)))
                .contains(
                        "the cluster takes no array of 21 jobs: allocation failure: Invalid job array specification. Its"
                                + " arrays may have 20 at most (MaxArraySize): say slurm.array: 20 or less, or leave it out");
        assertThat(slurm.refusal(Plant.USUAL, plant.training(), new Pace(100, 20, hour, hour)))
                .isEmpty();
        // no array can be longer than there are jobs
        assertThat(slurm.refusal(Plant.USUAL, plant.training(), new Pace(20, 100, hour, hour)))
                .isEmpty();
    }

    /** A script that counts by such variables in earnest must not do so because it is tuned. */
    @Test
    void aTrialDoesNotSeeThatItIsATask() throws Exception {
        Plant plant =
                plant("env | grep ^SLURM_ARRAY && exit 3", "echo loss: $1").inArrays(4);
        try (Together together = new Together(plant)) {
            for (Future<Execution> trial : together.run(4)) {
                assertThat(Together.outcome(trial)).isInstanceOf(Outcome.Measured.class);
            }
        }
        assertThat(cluster.ids(plant)).anyMatch(id -> id.contains("_"));
    }

    @Test
    void eachTaskEndsInItsOwnWay() throws Exception {
        Path never = plant("").pipe("never");
        Path started = plant("").pipe("started");
        Plant plant = plant(
                        "echo $1 > " + started,
                        "case $1 in",
                        "1) head -c 700m /dev/zero | tail -c 600m | (read line < " + never + "; cat > /dev/null) ;;",
                        "2) echo no such layer >&2; exit 3 ;;",
                        "3|4) read line < " + never + " ;;",
                        "esac",
                        "echo loss: $1")
                .within(new Limits(
                        Duration.ofSeconds(60),
                        OptionalLong.of(4L << 30),
                        OptionalInt.empty(),
                        1000,
                        OptionalLong.empty()))
                .asking(new Allocation(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalLong.of(300 << 20),
                        Optional.empty(),
                        List.of(),
                        List.of()))
                .inArrays(5);
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(5);
            begun(started, 5);
            cluster.said("scancel", job(plant, 3));
            assertThat(failure(trials.get(3)).reason()).isEqualTo(Reason.INFRASTRUCTURE);
            assertThat(failure(trials.get(3)).detail()).contains("was cancelled, not by Chiron");
            assertThat(Together.outcome(trials.get(0))).isEqualTo(new Outcome.Measured(0));
            assertThat(failure(trials.get(1)).reason()).isEqualTo(Reason.OUT_OF_MEMORY);
            assertThat(failure(trials.get(1)).detail()).startsWith("Slurm ended job");
            assertThat(failure(trials.get(2)).reason()).isEqualTo(Reason.CRASHED);
            assertThat(trials.get(4).isDone()).isFalse();
            Files.writeString(never, "go\n");
            assertThat(Together.outcome(trials.get(4))).isEqualTo(new Outcome.Measured(4));
        }
        assertThat(plant.jobs()).doesNotExist();
    }

    @Test
    void ofAnArrayThatIsCancelledFromOutsideEveryTaskIsTheMachinesFailure() throws Exception {
        Path never = plant("").pipe("never");
        Path started = plant("").pipe("started");
        Plant plant = plant("echo $1 > " + started, "read line < " + never).inArrays(3);
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(3);
            begun(started, 3);
            for (int trial = 0; trial < 3; trial++) {
                cluster.said("scancel", job(plant, trial).split("_")[0]);
            }
            for (Future<Execution> trial : trials) {
                assertThat(failure(trial).reason()).isEqualTo(Reason.INFRASTRUCTURE);
                assertThat(failure(trial).detail()).contains("was cancelled, not by Chiron");
            }
        }
    }

    /** Slurm keeps no record of it; this clock is a hundred times as fast as the world. */
    @Test
    void ofATaskThatIsCancelledWhileItWaitsItIsSaidWhatIsKnown() throws Exception {
        Plant plant = plant("echo loss: $1").asking(Plant.in("shut")).inArrays(2);
        long begin = System.nanoTime();
        LongSupplier fast = () -> begin + (System.nanoTime() - begin) * 100;
        Plant patient = plant.at(new Pace(40, 2, Duration.ofSeconds(2), Duration.ofDays(9)));
        try (Together together = new Together(patient, patient.runner(fast))) {
            List<Future<Execution>> trials = together.run(3);
            while (plant.said().stream().noneMatch(note -> note.contains("waits"))) {
                Thread.onSpinWait();
            }
            List<String> tasks = new ArrayList<>();
            for (int trial = 0; trial < 3; trial++) {
                tasks.add(job(plant, trial));
            }
            assertThat(tasks).anyMatch(task -> task.contains("_"));
            for (int trial = 0; trial < 3; trial++) {
                cluster.said("scancel", tasks.get(trial));
                assertThat(failure(trials.get(trial)).reason()).isEqualTo(Reason.INFRASTRUCTURE);
                assertThat(failure(trials.get(trial)).detail())
                        .containsAnyOf("knows nothing of job " + tasks.get(trial), "was cancelled, not by Chiron");
            }
        }
    }

    @Test
    void tasksThatNeverBeginAreGivenUpOneByOne() throws Exception {
        Plant plant = plant("echo loss: $1")
                .asking(Plant.in("shut"))
                .at(new Pace(10, 3, Duration.ofSeconds(2), Duration.ofSeconds(3)));
        try (Together together = new Together(plant)) {
            for (Future<Execution> trial : together.run(3)) {
                assertThat(failure(trial).reason()).isEqualTo(Reason.INFRASTRUCTURE);
                assertThat(failure(trial).detail()).contains("did not begin within 3 s (slurm.pending): PartitionDown");
            }
        }
        assertThat(cluster.states(plant)).allMatch("CANCELLED"::equals);
    }

    @Test
    void oneTaskIsStoppedAndTheOthersGoOn() throws Exception {
        Path never = plant("").pipe("never");
        Plant plant = plant("echo loss: $1 step 1", "[ $1 != 2 ] || read line < " + never, "echo loss: $1")
                .inArrays(4);
        Watch strict =
                (step, value) -> value == 2 ? Optional.of(new Watch.Stop("strict", value + " is 2")) : Optional.empty();
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(4, strict);
            assertThat(Together.outcome(trials.get(2))).isInstanceOf(Outcome.Pruned.class);
            for (int trial : List.of(0, 1, 3)) {
                assertThat(Together.outcome(trials.get(trial))).isInstanceOf(Outcome.Measured.class);
            }
        }
        while (!cluster.states(plant).contains("CANCELLED")) {
            Thread.onSpinWait(); // it is ending
        }
        assertThat(cluster.states(plant)).containsOnlyOnce("CANCELLED");
        assertThat(Backlog.in(plant.jobs()).all()).isEmpty();
    }

    @Test
    void aRequeuedTaskBeginsAnewAndIsNoFailure() throws Exception {
        Path never = plant("").pipe("never");
        Path started = plant("").pipe("started");
        Plant plant = plant(
                        "echo run >> " + folder.resolve("count-") + "$1",
                        "echo $1 > " + started,
                        "[ $1 != 1 ] || [ $(wc -l < " + folder.resolve("count-") + "1) = 2 ] || read line < " + never,
                        "echo loss: $1")
                .inArrays(3);
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(3);
            begun(started, 3);
            String task = job(plant, 1);
            cluster.said("scontrol", "requeue", task);
            cluster.hurry(task);
            begun(started, 1);
            for (int trial = 0; trial < 3; trial++) {
                assertThat(Together.outcome(trials.get(trial))).isEqualTo(new Outcome.Measured(trial));
            }
        }
        assertThat(Files.readAllLines(folder.resolve("count-1"))).hasSize(2);
        assertThat(Files.readAllLines(folder.resolve("count-0"))).hasSize(1);
        assertThat(plant.jobs()).doesNotExist();
    }

    @Test
    void preemptedTasksAreHandedInAgain() throws Exception {
        Path never = plant("").pipe("never");
        Path started = plant("").pipe("started");
        Plant plant = plant(
                        "echo run >> " + folder.resolve("count-") + "$1",
                        "echo $1 > " + started,
                        "[ $(wc -l < " + folder.resolve("count-") + "$1) = 2 ] || read line < " + never,
                        "echo loss: $1")
                .asking(Plant.in("low", "--mem=60G"))
                .inArrays(3);
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(3);
            begun(started, 3);
            String urgent = cluster.said(
                            "sbatch",
                            "--parsable",
                            "--partition=main",
                            "--mem=199000M",
                            "--output=/dev/null",
                            "--wrap=read line < " + never)
                    .strip();
            begun(started, released(urgent, plant, 3));
            for (int trial = 0; trial < 3; trial++) {
                assertThat(Together.outcome(trials.get(trial))).isEqualTo(new Outcome.Measured(trial));
            }
        }
        assertThat(plant.said().stream().filter(note -> note.contains("was preempted, and is handed in again")))
                .hasSize(3);
        assertThat(plant.jobs()).doesNotExist();
    }

    /** Ends what stands in the way once all have been preempted. */
    private static int released(String urgent, Plant plant, int tasks) throws Exception {
        while (plant.said().stream()
                        .filter(note -> note.contains("was preempted"))
                        .count()
                < tasks) {
            Thread.onSpinWait();
        }
        cluster.said("scancel", urgent);
        return tasks;
    }

    @Test
    void aKilledChironsTasksAreTakenOverAndRunOnce() throws Exception {
        adopted(false, Map.of());
    }

    /** Killed between sbatch and the note of its number. */
    @Test
    void alsoWhereItDiedBeforeItKnewTheirNumbers() throws Exception {
        adopted(true, Map.of());
    }

    @Test
    void alsoWhereJobsAreAskedAboutWithScontrol() throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String name : List.of("sbatch", "scancel", "scontrol")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin", name));
        }
        adopted(true, Map.of("PATH", programs.toString()));
    }

    private void adopted(boolean unnoted, Map<String, String> seeing) throws Exception {
        List<Path> go = new ArrayList<>();
        for (int trial = 0; trial < 3; trial++) {
            go.add(plant("").pipe("go" + trial));
        }
        Path started = plant("").pipe("started");
        Path count = folder.resolve("count");
        Plant plant = plant(
                "echo run >> " + count, "echo $1 > " + started, "read line < " + folder + "/go$1", "echo loss: $1");
        Process chiron = ChironMain.start(plant, 3);
        begun(started, 3);
        for (int trial = 0; trial < 3; trial++) {
            job(plant, trial); // the numbers are noted by now
        }
        chiron.destroyForcibly().waitFor();
        for (int trial = 0; unnoted && trial < 3; trial++) {
            Files.delete(order(plant, trial).resolve("id"));
        }
        try (Together together = new Together(plant.seeing(seeing).inArrays(3))) {
            List<Future<Execution>> trials = together.run(2); // and not the third, which is cancelled at last
            while (plant.said().stream()
                            .filter(note -> note.contains("its outcome counts"))
                            .count()
                    < 2) {
                Thread.onSpinWait();
            }
            for (int trial = 0; trial < 2; trial++) {
                Files.writeString(go.get(trial), "go\n");
                assertThat(Together.outcome(trials.get(trial))).isEqualTo(new Outcome.Measured(trial));
            }
        }
        assertThat(Files.readAllLines(count)).hasSize(3);
        assertThat(cluster.ids(plant)).hasSize(3);
        while (!cluster.states(plant).contains("CANCELLED")) {
            Thread.onSpinWait(); // the third is ending
        }
    }
}
