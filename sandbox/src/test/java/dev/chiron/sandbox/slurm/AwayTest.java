package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.run.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The next note with these words in it. */
    private static String next(Plant plant, String words) throws InterruptedException {
        String note = plant.notes().take();
        while (!note.contains(words)) {
            note = plant.notes().take();
        }
        return note;
    }
}
