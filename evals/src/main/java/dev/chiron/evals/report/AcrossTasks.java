package dev.chiron.evals.report;

import dev.chiron.evals.report.PairTests.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * Which method is better on tasks such as these: Wilcoxon's signed-rank test of every two methods over tasks. What it says of two
 * does not hang on the ranks of the others, as the critical difference does (Demšar 2006; Benavoli, Corani and Mangili 2016).
 */
final class AcrossTasks {

    private AcrossTasks() {}

    /**
     * Adds the tests to a section.
     *
     * @param means of each task the mean final losses, a column a method
     * @param ranges how far apart the finals of each task are
     */
    static void add(Section section, List<String> methods, List<double[]> means, List<Double> ranges) {
        PairTests tests = tests(methods, means, ranges);
        section.say(
                "Two methods at a time: corrected p that the method of the row is better than that of the column on tasks such as these,"
                        + " by one-sided Wilcoxon signed-rank tests over the " + means.size()
                        + " tasks. Differences of the mean final losses count as shares of how far apart the task's finals are, so that no task"
                        + " weighs more by its unit; Holm's correction is for all tests of the table, * marks those below .05"
                        + tests.reach("tasks") + ".");
        section.add(TestsChapter.matrix("across-tasks", methods, tests));
    }

    /** Every method against every other. */
    static PairTests tests(List<String> methods, List<double[]> means, List<Double> ranges) {
        List<Names> pairs = new ArrayList<>();
        List<double[]> differences = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            for (int j = 0; j < methods.size(); j++) {
                if (i != j) {
                    pairs.add(new Names(methods.get(i), methods.get(j)));
                    differences.add(differences(i, j, means, ranges));
                }
            }
        }
        return PairTests.of(pairs, differences);
    }

    private static double[] differences(int method, int other, List<double[]> means, List<Double> ranges) {
        double[] differences = new double[means.size()];
        for (int task = 0; task < differences.length; task++) {
            double loss = means.get(task)[method];
            double its = means.get(task)[other];
            double range = ranges.get(task) > 0 ? ranges.get(task) : 1; // one value, or none
            differences[task] = loss == its ? 0 : (loss - its) / range; // two infinite losses differ by nothing
        }
        return differences;
    }
}
