package dev.chiron.evals.bayesmark;

import dev.chiron.evals.compare.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Normalised regret of methods on the tasks of bayesmark and the seeds that all of them ran; 1 is the worst of LLAMBO's runs, 0 the best known. */
public final class Regrets {

    private static final Scale SCALE = new Scale();

    private final Map<String, Map<String, List<Run>>> runs; // by method and task

    private Regrets(Map<String, Map<String, List<Run>>> runs) {
        this.runs = runs;
    }

    private record Cell(String task, long seed) {}

    /**
     * Those of some runs; runs of other tasks are left out, and of two of the same task, method and seed the later counts.
     *
     * @return empty if no task and seed was run by all methods
     */
    public static Optional<Regrets> of(List<Run> all) {
        Map<String, Map<Cell, Run>> byMethod = new LinkedHashMap<>();
        all.stream()
                .filter(run -> SCALE.has(run.task()))
                .forEach(run -> byMethod.computeIfAbsent(run.method(), method -> new LinkedHashMap<>())
                        .put(new Cell(run.task(), run.seed()), run));
        Set<Cell> common = new LinkedHashSet<>();
        byMethod.values().stream().findFirst().ifPresent(cells -> common.addAll(cells.keySet()));
        byMethod.values().forEach(cells -> common.retainAll(cells.keySet()));
        if (common.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Map<String, List<Run>>> runs = new LinkedHashMap<>();
        byMethod.forEach((method, cells) -> {
            Map<String, List<Run>> byTask = runs.computeIfAbsent(method, name -> new LinkedHashMap<>());
            common.forEach(cell -> byTask.computeIfAbsent(cell.task(), task -> new ArrayList<>())
                    .add(cells.get(cell)));
        });
        return Optional.of(new Regrets(runs));
    }

    /** In the order of their first runs. */
    public List<String> methods() {
        return List.copyOf(runs.keySet());
    }

    /** The tasks that all methods ran. */
    public List<String> tasks() {
        return List.copyOf(runs.values().iterator().next().keySet());
    }

    /** How many runs each method has. */
    public int runs() {
        return runs.values().iterator().next().values().stream()
                .mapToInt(List::size)
                .sum();
    }

    /** A method's regret on each task after so many trials, the mean over the seeds. */
    public Map<String, Double> byTask(String method, int trials) {
        Map<String, Double> regrets = new LinkedHashMap<>();
        runs.getOrDefault(method, Map.of())
                .forEach((task, seeds) -> regrets.put(
                        task,
                        seeds.stream()
                                .mapToDouble(run -> SCALE.regret(run, trials))
                                .average()
                                .orElse(1)));
        return regrets;
    }

    /** The same, in the order of the tasks. */
    public double[] of(String method, int trials) {
        return byTask(method, trials).values().stream()
                .mapToDouble(regret -> regret)
                .toArray();
    }

    /** How much larger a method's regret is than another's, by task. */
    public double[] away(String method, String other, int trials) {
        double[] own = of(method, trials);
        double[] its = of(other, trials);
        double[] away = new double[own.length];
        Arrays.setAll(away, i -> own[i] - its[i]);
        return away;
    }

    /** Trials of the shortest run. */
    public int shortest() {
        return runs.values().stream()
                .flatMap(byTask -> byTask.values().stream())
                .flatMap(List::stream)
                .mapToInt(run -> run.values().size())
                .min()
                .orElse(0);
    }
}
