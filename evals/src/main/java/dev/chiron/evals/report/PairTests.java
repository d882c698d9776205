package dev.chiron.evals.report;

import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.Wilcoxon;
import dev.chiron.evals.report.stats.Holm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Paired one-sided Wilcoxon signed-rank tests on a task, each of whether a method's final loss is lower than another's, paired by
 * seed and corrected together.
 *
 * @param tests those that could be made, and those that could not
 */
record PairTests(List<Test> tests) {

    static final double ALPHA = 0.05;

    PairTests {
        tests = List.copyOf(tests);
    }

    /**
     * A test.
     *
     * @param pairs how many seeds both ran
     * @param wins in how many of them the method is better
     * @param gain the mean difference in favour of the method; NaN if it is not finite
     * @param p uncorrected; NaN with fewer than {@value Field#ENOUGH} pairs
     * @param adjusted by Holm; NaN with fewer pairs
     */
    record Test(String method, String other, int pairs, long wins, double gain, double p, double adjusted) {
        boolean isSignificant() {
            return adjusted < ALPHA;
        }
    }

    /** Two methods to be compared, the first of which should be better. */
    record Pair(Entrant method, Entrant other) {}

    /** The names of such two. */
    record Names(String method, String other) {}

    /** All methods against all. */
    static PairTests of(TaskRuns task) {
        List<Pair> pairs = new ArrayList<>();
        for (Entrant method : task.entrants()) {
            for (Entrant other : task.entrants()) {
                if (!method.method().equals(other.method())) {
                    pairs.add(new Pair(method, other));
                }
            }
        }
        return of(task, pairs);
    }

    /** These pairs. */
    static PairTests of(TaskRuns task, List<Pair> pairs) {
        return of(
                pairs.stream()
                        .map(pair ->
                                new Names(pair.method().method(), pair.other().method()))
                        .toList(),
                pairs.stream().map(pair -> differences(task, pair)).toList());
    }

    /**
     * Tests of differences that are there.
     *
     * @param pairs who should be better than whom
     * @param differences the losses of the first less those of the second, for each pair
     */
    static PairTests of(List<Names> pairs, List<double[]> differences) {
        List<Double> p = differences.stream()
                .filter(their -> their.length >= Field.ENOUGH)
                .map(Wilcoxon::pLess)
                .toList();
        List<Double> adjusted = Holm.adjusted(p);
        List<Test> tests = new ArrayList<>();
        int made = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double[] their = differences.get(i);
            boolean isMade = their.length >= Field.ENOUGH;
            double mean = their.length == 0 ? Double.NaN : -StatUtils.mean(their);
            tests.add(new Test(
                    pairs.get(i).method(),
                    pairs.get(i).other(),
                    their.length,
                    Arrays.stream(their).filter(difference -> difference < 0).count(),
                    Double.isFinite(mean) ? mean : Double.NaN,
                    isMade ? p.get(made) : Double.NaN,
                    isMade ? adjusted.get(made) : Double.NaN));
            made += isMade ? 1 : 0;
        }
        return new PairTests(tests);
    }

    private static double[] differences(TaskRuns task, Pair pair) {
        return pair.method().runs().stream()
                .flatMapToDouble(
                        run -> pair.other().run(run.seed()).stream().mapToDouble(other -> difference(task, run, other)))
                .toArray();
    }

    private static double difference(TaskRuns task, Run run, Run other) {
        double loss = task.loss(run, task.trials());
        double its = task.loss(other, task.trials());
        return loss == its ? 0 : loss - its; // two infinite losses differ by nothing
    }

    /** The most pairs of any test. */
    int most() {
        return tests.stream().mapToInt(Test::pairs).max().orElse(0);
    }

    /** Whom a method beats significantly. */
    List<String> beatenBy(String method) {
        return tests.stream()
                .filter(test -> test.method().equals(method) && test.isSignificant())
                .map(Test::other)
                .toList();
    }

    Optional<Test> find(String method, String other) {
        return tests.stream()
                .filter(test -> test.method().equals(method) && test.other().equals(other))
                .findFirst();
    }

    /**
     * A remark if there are too few pairs for so many tests: what no result could have changed.
     *
     * @param pairs what they are, such as seeds
     */
    String reach(String pairs) {
        long made = tests.stream().filter(test -> !Double.isNaN(test.p())).count();
        double least = made * Math.pow(0.5, most());
        return made > 0 && least >= ALPHA
                ? String.format(
                        Locale.ROOT,
                        "; with %d %s and %d tests the least corrected p that can come out is %s, so none could be",
                        most(),
                        pairs,
                        made,
                        Cell.p(Math.min(1, least)))
                : "";
    }
}
