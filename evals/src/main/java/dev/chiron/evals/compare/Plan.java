package dev.chiron.evals.compare;

import dev.chiron.evals.task.EvalTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The runs of a comparison: each method on each task with each seed. */
public final class Plan {

    private final List<Cell> cells;
    private final int trials;

    private record Cell(EvalTask task, Contender method, long seed) {
        boolean is(Run run) {
            return run.task().equals(task.name()) && run.method().equals(method.name()) && run.seed() == seed;
        }
    }

    private Plan(List<Cell> cells, int trials) {
        this.cells = List.copyOf(cells);
        this.trials = trials;
    }

    /** Task by task, method by method, seed by seed; what is named twice once. */
    public static Plan of(List<EvalTask> tasks, List<Contender> methods, Seeds seeds, int trials) {
        Map<List<Object>, Cell> cells = new LinkedHashMap<>();
        for (EvalTask task : tasks) {
            for (Contender method : methods) {
                seeds.stream()
                        .forEach(seed -> cells.putIfAbsent(
                                List.of(task.name(), method.name(), seed), new Cell(task, method, seed)));
            }
        }
        return new Plan(List.copyOf(cells.values()), trials);
    }

    /** What is left of it when these runs are there; one with fewer trials than planned is run again. */
    public Plan without(List<Run> runs) {
        List<Cell> left = cells.stream()
                .filter(cell -> runs.stream()
                        .noneMatch(run -> cell.is(run) && run.values().size() >= trials))
                .toList();
        return new Plan(left, trials);
    }

    /** How many runs it has. */
    public int size() {
        return cells.size();
    }

    /**
     * Makes the runs, some at a time, and gives each away when it and those before it are done, from this thread.
     *
     * @param jobs how many at a time, at least 1
     * @throws InterruptedException if the thread is interrupted; runs that were under way are lost
     */
    public void run(Trials runner, int jobs, Consumer<Run> done) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<Run>> runs = new ArrayList<>();
            for (Cell cell : cells) {
                runs.add(threads.submit(() -> runner.run(cell.task(), cell.method(), cell.seed(), trials)));
            }
            for (Future<Run> run : runs) {
                done.accept(run.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
