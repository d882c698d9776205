package dev.chiron.sandbox.slurm;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Watch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Trials that begin at the same moment. The rate of each is its number. */
final class Together implements AutoCloseable {

    private final Plant plant;
    private final SlurmRunner runner;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "together");
        thread.setDaemon(true);
        return thread;
    });

    Together(Plant plant) throws IOException {
        this(plant, plant.runner());
    }

    Together(Plant plant, SlurmRunner runner) {
        this.plant = plant;
        this.runner = runner;
    }

    List<Future<Execution>> run(int trials) {
        return run(trials, Watch.NONE);
    }

    List<Future<Execution>> run(int trials, Watch watch) {
        CyclicBarrier start = new CyclicBarrier(trials);
        List<Future<Execution>> all = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            int number = trial;
            all.add(threads.submit(() -> {
                start.await();
                return runner.run(Plant.change(number), plant.slot(number), false, watch);
            }));
        }
        return all;
    }

    static Outcome outcome(Future<Execution> trial) {
        try {
            return trial.get().outcome();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        runner.close();
    }
}
