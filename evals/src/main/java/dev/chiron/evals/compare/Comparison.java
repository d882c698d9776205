package dev.chiron.evals.compare;

import dev.chiron.agent.propose.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/** Runs brought together by task and method, and compared where the same seeds were run. */
final class Comparison {

    private final Map<Key, Run> runs = new LinkedHashMap<>();

    private record Key(String task, String method, long seed) {}

    /** The runs; of two with the same task, method and seed the later one. */
    Comparison(List<Run> runs) {
        runs.forEach(run -> this.runs.put(new Key(run.task(), run.method(), run.seed()), run));
    }

    /** The tasks, in the order of their first runs. */
    List<String> tasks() {
        return runs.keySet().stream().map(Key::task).distinct().toList();
    }

    /** The methods of a task, in the order of their first runs. */
    List<String> methods(String task) {
        return runs.keySet().stream()
                .filter(key -> key.task().equals(task))
                .map(Key::method)
                .distinct()
                .toList();
    }

    List<Run> runs(String task, String method) {
        return runs.values().stream()
                .filter(run -> run.task().equals(task) && run.method().equals(method))
                .toList();
    }

    /**
     * The peer that one of our methods is held against on a task: Optuna's of its kind, else Optuna's default; where neither
     * ran, the first peer that did.
     */
    Optional<String> counterpart(String task, String method) {
        if (!isOurs(method)) {
            return Optional.empty();
        }
        List<String> kind = switch (method) {
            case "cma-es", "commons-cma-es" -> List.of("optuna:cma-es-baseline", "optuna:cma-es", "optuna:tpe");
            case "random" -> List.of("optuna:random", "optuna:tpe");
            case "gp" -> List.of("optuna:gp", "optuna:tpe");
            default -> List.of("optuna:tpe");
        };
        List<String> there = methods(task);
        List<String> others = there.stream().filter(other -> !isOurs(other)).toList();
        return Stream.concat(kind.stream().filter(there::contains), others.stream())
                .findFirst();
    }

    /** Whether a method is not a peer's: something is known of its runs that is known of ours alone, or it has the name of one. */
    boolean isOurs(String method) {
        return Method.labelled(method).isPresent()
                || runs.values().stream()
                        .anyMatch(
                                run -> run.method().equals(method) && run.ours().isPresent());
    }

    /** Loss of a method minus that of another after so many trials, for each seed that both ran. */
    double[] differences(String task, String method, String other, int trials) {
        return runs(task, method).stream()
                .flatMap(run -> find(task, other, run.seed()).stream()
                        .map(its -> difference(run.bestLoss(trials), its.bestLoss(trials))))
                .mapToDouble(difference -> difference)
                .toArray();
    }

    /** The same of what the incumbents are worth without noise. */
    double[] trueDifferences(String task, String method, String other, int trials) {
        return runs(task, method).stream()
                .flatMap(run -> find(task, other, run.seed()).stream()
                        .map(its -> difference(run.trueLoss(trials), its.trueLoss(trials))))
                .mapToDouble(difference -> difference)
                .toArray();
    }

    private static double difference(double a, double b) {
        return a == b ? 0 : a - b; // two infinite losses differ by nothing
    }

    private Optional<Run> find(String task, String method, long seed) {
        return Optional.ofNullable(runs.get(new Key(task, method, seed)));
    }

    /**
     * The rank of each method (1 is best, ties share their mean) on each task and seed that all methods ran, after so many
     * trials; in the same order for all methods. A method that did not run on a task keeps the task out.
     */
    Map<String, double[]> ranks(int trials) {
        List<String> methods =
                runs.keySet().stream().map(Key::method).distinct().toList();
        List<double[]> rows = new ArrayList<>();
        runs.keySet().stream()
                .filter(key -> key.method().equals(methods.get(0)))
                .map(key -> methods.stream()
                        .flatMap(method -> find(key.task(), method, key.seed()).stream())
                        .mapToDouble(run -> run.bestLoss(trials))
                        .toArray())
                .filter(losses -> losses.length == methods.size())
                .forEach(losses -> rows.add(new NaturalRanking(TiesStrategy.AVERAGE).rank(losses)));
        Map<String, double[]> ranks = new LinkedHashMap<>();
        for (int i = 0; i < methods.size(); i++) {
            int column = i;
            ranks.put(methods.get(i), column(rows.stream(), column));
        }
        return ranks;
    }

    private static double[] column(Stream<double[]> rows, int column) {
        return rows.mapToDouble(row -> row[column]).toArray();
    }

    /** Element by element. */
    static double[] minus(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }
}
