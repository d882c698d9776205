package dev.chiron.evals.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs of which none is of the same task, method and seed as another.
 *
 * @param runs the last of each, in the order of the first
 * @param notes which were there more than once, a sentence for each task and method; they are to be shown to who reads the numbers
 */
public record UniqueRuns(List<Run> runs, List<String> notes) {

    /** Copies the lists. */
    public UniqueRuns {
        runs = List.copyOf(runs);
        notes = List.copyOf(notes);
    }

    private record Contest(String task, String method) {}

    /** Leaves all but the last of each out. */
    public static UniqueRuns of(List<Run> all) {
        Map<Contest, Map<Long, List<Run>>> bySeed = new LinkedHashMap<>();
        for (Run run : all) {
            bySeed.computeIfAbsent(new Contest(run.task(), run.method()), contest -> new LinkedHashMap<>())
                    .computeIfAbsent(run.seed(), seed -> new ArrayList<>())
                    .add(run);
        }
        List<Run> runs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        bySeed.forEach((contest, seeds) -> {
            seeds.values().forEach(same -> runs.add(same.get(same.size() - 1)));
            note(
                    contest,
                    seeds.values().stream().filter(same -> same.size() > 1).toList(),
                    notes);
        });
        return new UniqueRuns(runs, notes);
    }

    private static void note(Contest contest, List<List<Run>> repeated, List<String> notes) {
        if (repeated.isEmpty()) {
            return;
        }
        int left = repeated.stream().mapToInt(same -> same.size() - 1).sum();
        long differ = repeated.stream()
                .filter(same -> same.stream().map(Run::values).distinct().count() > 1)
                .count();
        notes.add(contest.task() + ": " + contest.method() + " has more than one run of "
                + (repeated.size() == 1 ? "seed " : "the seeds ")
                + String.join(
                        ", ",
                        repeated.stream()
                                .map(same -> String.valueOf(same.get(0).seed()))
                                .toList())
                + (differ == 0 ? ", with the same values" : ", with other values in " + differ + " of them")
                + ". Of each the last one counts; " + left + (left == 1 ? " is" : " are") + " left out.");
    }
}
