package dev.chiron.evals.report;

import dev.chiron.evals.compare.Run;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The runs of a task that can be compared: those that have as many trials as every method reaches. What a run is worth is the
 * value of its incumbent without noise, if that is known of all runs, else its best as measured.
 */
final class TaskRuns {

    private final String task;
    private final String slug;
    private final Objective objective;
    private final int trials;
    private final boolean isWithoutNoise;
    private final List<Entrant> entrants;
    private final List<String> notes;
    private final Map<Key, double[]> losses;

    private record Key(String method, long seed) {}

    private TaskRuns(String task, String slug, List<Entrant> all, OptionalInt at) {
        this.task = task;
        this.slug = slug;
        this.objective = new Objective("value", all.get(0).runs().get(0).goal());
        this.notes = new ArrayList<>();
        int reached =
                all.stream().mapToInt(entrant -> longest(entrant.runs())).min().orElse(0);
        this.trials = at.isPresent() ? Math.min(at.getAsInt(), reached) : reached;
        if (at.isPresent() && reached < at.getAsInt()) {
            notes.add("Not every method has " + at.getAsInt() + " trials: compared at " + reached + ".");
        }
        this.entrants = kept(all);
        this.isWithoutNoise = entrants.stream()
                .flatMap(entrant -> entrant.runs().stream())
                .allMatch(run -> run.ours().isPresent());
        this.losses = new LinkedHashMap<>();
        entrants.forEach(entrant ->
                entrant.runs().forEach(run -> losses.put(new Key(run.method(), run.seed()), path(run))));
    }

    /**
     * The runs of a task.
     *
     * @param slug its name in file names
     * @param all its methods, in order, with all their runs
     * @param at after how many trials runs are compared; empty for as many as possible
     */
    static TaskRuns of(String task, String slug, List<Entrant> all, OptionalInt at) {
        return new TaskRuns(task, slug, all, at);
    }

    private static int longest(List<Run> runs) {
        return runs.stream().mapToInt(run -> run.values().size()).max().orElse(0);
    }

    private List<Entrant> kept(List<Entrant> all) {
        List<Entrant> kept = new ArrayList<>();
        Set<Integer> lengths = new LinkedHashSet<>();
        for (Entrant entrant : all) {
            List<Run> longEnough = entrant.runs().stream()
                    .filter(run -> run.values().size() >= trials)
                    .toList();
            entrant.runs().stream()
                    .filter(run -> run.values().size() < trials)
                    .forEach(run -> notes.add("Left out: " + run.method() + ", seed " + run.seed() + ", which has "
                            + run.values().size() + " of " + trials + " trials."));
            longEnough.forEach(run -> lengths.add(run.values().size()));
            kept.add(new Entrant(entrant.method(), entrant.number(), longEnough));
        }
        if (lengths.size() > 1) {
            notes.add("Runs differ in length; all are compared at " + trials
                    + " trials, and what came later is left out.");
        }
        return List.copyOf(kept);
    }

    private double[] path(Run run) {
        double[] path = new double[trials];
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < trials; i++) {
            OptionalDouble value = run.values().get(i);
            best = value.isPresent() ? Math.min(best, objective.loss(value.getAsDouble())) : best;
            path[i] = best;
        }
        if (isWithoutNoise) {
            Arrays.fill(path, Double.POSITIVE_INFINITY);
            for (Run.Incumbent incumbent : run.ours().orElseThrow().incumbents()) {
                int from = Math.min(trials, incumbent.trial());
                Arrays.fill(path, from, trials, objective.loss(incumbent.value()));
            }
        }
        return path;
    }

    String task() {
        return task;
    }

    String slug() {
        return slug;
    }

    Objective objective() {
        return objective;
    }

    /** After how many trials runs are compared; 0 if a method has no trials. */
    int trials() {
        return trials;
    }

    /** Whether runs are compared by what their incumbents are worth without noise, and not by their luckiest draw. */
    boolean isWithoutNoise() {
        return isWithoutNoise;
    }

    List<Entrant> entrants() {
        return entrants;
    }

    /** What a reader must know about the runs. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The loss of a run after so many trials, at least 1; infinite if nothing was measured. */
    double loss(Run run, int after) {
        double[] path = losses.getOrDefault(new Key(run.method(), run.seed()), new double[0]);
        return after > path.length || after < 1 ? Double.POSITIVE_INFINITY : path[after - 1];
    }

    /** The final losses of a method, by seed. */
    double[] finals(Entrant entrant) {
        return entrant.runs().stream().mapToDouble(run -> loss(run, trials)).toArray();
    }

    /** A loss as a value, which is the same the other way round. */
    double value(double loss) {
        return objective.loss(loss);
    }

    /** The seeds that all of these methods ran. */
    static List<Long> commonSeeds(List<Entrant> entrants) {
        return entrants.get(0).runs().stream()
                .map(Run::seed)
                .filter(seed ->
                        entrants.stream().allMatch(entrant -> entrant.run(seed).isPresent()))
                .toList();
    }

    /** What a run is worth, in words. */
    String yardstick() {
        return isWithoutNoise ? "incumbent without noise" : "best as measured";
    }
}
