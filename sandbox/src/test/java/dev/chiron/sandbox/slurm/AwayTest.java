package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.run.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While the controller is away: each test kills one of its own. */
@Tag("slurm")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwayTest {

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private OwnCluster cluster;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void start() throws Exception {
        cluster = OwnCluster.start(home);
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        cluster.close();
    }

    private Future<Execution> later(Plant plant) {
        return threads.submit(() -> {
            try (SlurmRunner runner = plant.runner()) {
                return runner.run(Plant.change(0.5), plant.slot(0));
            }
        });
    }

    @Test
    void whatAJobWritesCountsWithoutTheController() throws Exception {
        Plant plant = Plant.of(folder, cluster.environment());
        Path started = plant.pipe("started");
        Path go = plant.pipe("go");
        Plant.of(folder, cluster.environment(), "echo > " + started, "read line < " + go, "echo loss: $1");
        Future<Execution> execution = later(plant);
        Files.readString(started);
        cluster.killController();
        assertThat(next(plant, "does not answer")).contains("jobs that run are not touched");
        Files.writeString(go, "go\\n");
        assertThat(execution.get().outcome()).isEqualTo(new Outcome.Measured(0.5));
        cluster.startController();
    }

    @Test
    void aTrialWaitsForTheControllerAndSaysSo() throws Exception {
        Plant plant = Plant.of(folder, cluster.environment(), "echo loss: $1");
        cluster.killController();
        Future<Execution> execution = later(plant);
        assertThat(next(plant, "no job is taken now")).contains("Unable to contact slurm controller");
        cluster.startController();
        assertThat(next(plant, "jobs are taken again")).startsWith("Slurm: ");
        assertThat(execution.get().outcome()).isEqualTo(new Outcome.Measured(0.5));
    }

    @Test
    void trialsThatWaitForTheControllerAreHandedInAsAnArrayWhenItIsThere() throws Exception {
        Plant plant = Plant.of(folder, cluster.environment(), "echo loss: $1").inArrays(4);
        cluster.killController();
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(4);
            next(plant, "no job is taken now");
            cluster.startController();
            for (int trial = 0; trial < 4; trial++) {
                assertThat(Together.outcome(trials.get(trial))).isEqualTo(new Outcome.Measured(trial));
            }
        }
        assertThat(cluster.ids(plant)).hasSize(4).anyMatch(id -> id.contains("_"));
        assertThat(plant.jobs()).doesNotExist();
    }

    /** They are requeued, and no failure of anyone. */
    @Test
    void tasksWhoseNodeFailsBeginAnew() throws Exception {
        Plant nothing = Plant.of(folder, cluster.environment());
        Path never = nothing.pipe("never");
        Path started = nothing.pipe("started");
        Plant plant = Plant.of(
                        folder,
                        cluster.environment(),
                        "echo run >> " + folder.resolve("count-") + "$1",
                        "echo $1 > " + started,
                        "[ $(wc -l < " + folder.resolve("count-") + "$1) = 2 ] || read line < " + never,
                        "echo loss: $1")
                .inArrays(3);
        try (Together together = new Together(plant)) {
            List<Future<Execution>> trials = together.run(3);
            ArrayTest.begun(started, 3);
            List<String> tasks = new ArrayList<>();
            for (int trial = 0; trial < 3; trial++) {
                tasks.add(ArrayTest.job(plant, trial));
            }
            cluster.said("scontrol", "update", "NodeName=n1", "State=DOWN", "Reason=test");
            cluster.awaitIdleNode(); // what it still ends it would take for the run that begins
            cluster.said("scontrol", "update", "NodeName=n1", "State=RESUME");
            for (String task : tasks) {
                cluster.hurry(task);
            }
            ArrayTest.begun(started, 3);
            for (int trial = 0; trial < 3; trial++) {
                assertThat(Together.outcome(trials.get(trial))).isEqualTo(new Outcome.Measured(trial));
            }
        }
        assertThat(plant.said()).anyMatch(note -> note.contains("was taken off its node"));
        assertThat(plant.jobs()).doesNotExist();
    }

    /** The next note with these words in it. */
    private static String next(Plant plant, String words) throws InterruptedException {
        String note = plant.notes().take();
        while (!note.contains(words)) {
            note = plant.notes().take();
        }
        return note;
    }
}
