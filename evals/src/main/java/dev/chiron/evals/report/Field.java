package dev.chiron.evals.report;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.UniqueRuns;
import dev.chiron.evals.report.stats.Bootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** All runs of a report, by task and method. */
final class Field {

    /** With fewer seeds or tasks no test is made: the least probability that five pairs can give is .03. */
    static final int ENOUGH = 6;

    private static final int RESAMPLES = 10_000;

    private final List<TaskRuns> tasks = new ArrayList<>();
    private final List<String> methods;
    private final Map<Integer, Bootstrap> bootstraps = new LinkedHashMap<>();
    private final int runs;
    private final List<String> notes;

    /**
     * Brings runs together; of those with the same task, method and seed the last one.
     *
     * @param at after how many trials runs are compared; empty for as many as every method has
     * @throws BadInput if a task is minimised in one run and maximised in another
     */
    Field(List<Run> all, OptionalInt at) {
        UniqueRuns unique = UniqueRuns.of(all);
        Map<String, Map<String, List<Run>>> byTask = new LinkedHashMap<>();
        unique.runs()
                .forEach(run -> byTask.computeIfAbsent(run.task(), task -> new LinkedHashMap<>())
                        .computeIfAbsent(run.method(), method -> new ArrayList<>())
                        .add(run));
        runs = unique.runs().size();
        notes = unique.notes();
        methods = all.stream().map(Run::method).distinct().toList();
        Set<String> slugs = new LinkedHashSet<>();
        byTask.forEach(
                (task, byMethod) -> tasks.add(TaskRuns.of(task, slug(task, slugs), entrants(task, byMethod), at)));
    }

    private List<Entrant> entrants(String task, Map<String, List<Run>> byMethod) {
        boolean isOneGoal = byMethod.values().stream()
                        .flatMap(List::stream)
                        .map(Run::goal)
                        .distinct()
                        .count()
                == 1;
        if (!isOneGoal) {
            throw new BadInput(
                    "task " + task + " is minimised in one run and maximised in another: make a report of each");
        }
        List<Entrant> entrants = new ArrayList<>();
        byMethod.forEach((method, its) -> entrants.add(new Entrant(method, methods.indexOf(method), its)));
        return entrants;
    }

    private static String slug(String task, Set<String> taken) {
        String plain =
                task.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-+|-+$", "");
        String start = plain.isEmpty() ? "task" : plain.substring(0, Math.min(40, plain.length()));
        String slug = start;
        for (int i = 2; !taken.add(slug); i++) {
            slug = start + "-" + i;
        }
        return slug;
    }

    List<TaskRuns> tasks() {
        return List.copyOf(tasks);
    }

    /** In the order of their first runs. */
    List<String> methods() {
        return methods;
    }

    /** What was there more than once. */
    List<String> notes() {
        return notes;
    }

    /** How many runs there are. */
    int runs() {
        return runs;
    }

    /** The methods that ran on every task. */
    List<String> methodsOfAllTasks() {
        return methods.stream()
                .filter(method ->
                        tasks.stream().allMatch(task -> entrant(task, method).isPresent()))
                .toList();
    }

    static Optional<Entrant> entrant(TaskRuns task, String method) {
        return task.entrants().stream()
                .filter(entrant -> entrant.method().equals(method))
                .findFirst();
    }

    /** A mean with its interval; empty unless there are at least two values, all finite. */
    Optional<Bootstrap.Interval> interval(double[] values) {
        if (values.length < 2 || !Arrays.stream(values).allMatch(Double::isFinite)) {
            return Optional.empty();
        }
        return Optional.of(bootstraps
                .computeIfAbsent(values.length, count -> new Bootstrap(count, RESAMPLES))
                .mean(values));
    }
}
