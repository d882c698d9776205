package dev.chiron.optimizers.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.fidelity.Deepening.Job;
import dev.chiron.optimizers.fidelity.Deepening.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepeningTest {

    /** What a deepening has taken. */
    private record Spent(double budget, int evaluations) {}

    /** The loss of a candidate at a budget: noise that fades, so that ranks change on the way up. */
    private static double loss(long seed, Job job) {
        long own = seed * 1_000_003 + job.bracket() * 1_009L + job.candidate();
        double worth = new SplittableRandom(own).nextDouble();
        double noise = new SplittableRandom(own * 31 + Math.round(job.budget() * 8)).nextDouble();
        return worth + noise / job.budget();
    }

    private static Spent run(Deepening deepening, long seed) {
        double budget = 0;
        int evaluations = 0;
        for (List<Job> open = deepening.open(); !open.isEmpty(); open = deepening.open()) {
            for (Job job : open) {
                deepening.tell(job, loss(seed, job));
                budget += job.budget();
                evaluations++;
            }
        }
        return new Spent(budget, evaluations);
    }

    private static Deepening deepened(double most, int reduction, Variant variant, int times, long seed) {
        Deepening deepening = new Deepening(most, reduction, variant);
        run(deepening, seed);
        for (int i = 0; i < times; i++) {
            deepening.deepen();
            run(deepening, seed);
        }
        return deepening;
    }

    /** The tables of Li et al. and of algorithms.md 5.1. */
    @ParameterizedTest
    @CsvSource({
        "81, 3, 81@1 27@3 9@9 3@27 1@81 | 34@3 11@9 3@27 1@81 | 15@9 5@27 1@81 | 8@27 2@81 | 5@81, 1902",
        "16, 2, 16@1 8@2 4@4 2@8 1@16 | 10@2 5@4 2@8 1@16 | 7@4 3@8 1@16 | 5@8 2@16 | 5@16, 372",
    })
    void theBracketsAreHyperbands(double most, int reduction, String table, double cost) {
        List<Bracket> brackets = Bracket.of(most, reduction);
        assertThat(brackets.stream()
                        .map(bracket -> IntStream.rangeClosed(0, bracket.halvings())
                                .mapToObj(rung -> bracket.count(rung) + "@" + Math.round(bracket.budget(rung)))
                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(" | ")))
                .isEqualTo(table);
        assertThat(brackets.stream().mapToDouble(Bracket::cost).sum()).isEqualTo(cost, within(1e-9));
    }

    @Test
    void aLogarithmThatFallsShortLosesNoBracket() {
        assertThat(Bracket.of(243, 3)).hasSize(6);
        assertThat(Bracket.of(27, 3).stream().mapToDouble(Bracket::cost).sum()).isEqualTo(423, within(1e-9));
        assertThat(Bracket.of(1, 2)).containsExactly(new Bracket(2, 1, 1, 0));
    }

    /** Budgets and evaluations of algorithms.md 5.2 that do not hang on the curves. */
    @ParameterizedTest
    @CsvSource({"16, 2, 372, 72, 1128, 152", "16, 3, 138.6667, 22, 752, 69"})
    void theEfficientVariantTakesWhatTheLargerHyperbandAloneTakes(
            double most, int reduction, double first, int firstJobs, double both, int allJobs) {
        for (long seed = 0; seed < 5; seed++) {
            Deepening deepening = new Deepening(most, reduction, Variant.EFFICIENT);
            Spent before = run(deepening, seed);
            deepening.deepen();
            Spent more = run(deepening, seed);
            assertThat(before.budget()).isEqualTo(first, within(1e-3));
            assertThat(before.evaluations()).isEqualTo(firstJobs);
            assertThat(before.budget() + more.budget()).isEqualTo(both, within(1e-6));
            assertThat(before.evaluations() + more.evaluations()).isEqualTo(allJobs);
        }
    }

    /** The paper's property of the discarding variant, for many curves: nothing is lost or won against beginning anew. */
    @Test
    void discardingEqualsARestart() {
        for (long seed = 0; seed < 200; seed++) {
            int reduction = 2 + (int) (seed % 3);
            int times = 1 + (int) (seed % 2);
            double most = 4 + seed % 13;
            Deepening deepened = deepened(most, reduction, Variant.DISCARDING, times, seed);
            Deepening anew = new Deepening(deepened.most(), reduction, Variant.DISCARDING);
            run(anew, seed);
            assertThat(deepened.best()).as("seed " + seed).isPresent().isEqualTo(anew.best());
            assertThat(survivors(deepened, seed)).isEqualTo(survivors(anew, seed));
        }
    }

    /** Who is at the largest budget by the rules of a restart: what a third deepening would have to evaluate is the same. */
    private static Set<Job> survivors(Deepening deepening, long seed) {
        deepening.deepen();
        Set<Job> last = new HashSet<>();
        for (List<Job> open = deepening.open(); !open.isEmpty(); open = deepening.open()) {
            for (Job job : open) {
                deepening.tell(job, loss(seed, job));
                if (job.budget() > deepening.most() - 1e-9) {
                    last.add(job);
                }
            }
        }
        return last;
    }

    /** No variant evaluates anything twice, and none less than the efficient one. */
    @Test
    void whatWasEvaluatedIsNotEvaluatedAgain() {
        for (long seed = 0; seed < 50; seed++) {
            List<Double> budgets = new ArrayList<>();
            for (Variant variant : List.of(Variant.EFFICIENT, Variant.PRESERVING, Variant.DISCARDING)) {
                Deepening deepening = new Deepening(16, 2, variant);
                double spent = run(deepening, seed).budget();
                deepening.deepen();
                budgets.add(spent + run(deepening, seed).budget()); // tell refuses what is known
            }
            assertThat(budgets.get(0)).isLessThanOrEqualTo(budgets.get(1)).isLessThanOrEqualTo(budgets.get(2));
            assertThat(budgets.get(2)).isLessThan(1500);
        }
    }

    @Test
    void whatFailedIsNotPromotedBeforeWhatDidNot() {
        Deepening deepening = new Deepening(4, 2, Variant.DISCARDING);
        for (List<Job> open = deepening.open(); !open.isEmpty(); open = deepening.open()) {
            for (Job job : open) {
                deepening.tell(job, job.candidate() % 2 == 0 ? Double.POSITIVE_INFINITY : job.candidate());
            }
        }
        assertThat(deepening.best()).isEqualTo(Optional.of(new Deepening.Whole(0, 1, 1)));
        Job first = new Job(0, 0, 0, 1);
        assertThatThrownBy(() -> deepening.tell(first, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Deepening(4, 2, Variant.DISCARDING).tell(first, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Deepening(4, 2, Variant.DISCARDING).best()).isEmpty();
    }

    /** Workers may take what is open in any order: nothing hangs on it. */
    @Test
    void theOrderOfEvaluationsDoesNotMatter() {
        for (Variant variant : Variant.values()) {
            Deepening forwards = deepened(8, 2, variant, 1, 7);
            Deepening backwards = new Deepening(8, 2, variant);
            for (int depth = 0; depth < 2; depth++) {
                for (List<Job> open = backwards.open(); !open.isEmpty(); open = backwards.open()) {
                    Job last = open.get(open.size() - 1);
                    backwards.tell(last, loss(7, last));
                }
                if (depth == 0) {
                    backwards.deepen();
                }
            }
            assertThat(backwards.best()).isEqualTo(forwards.best());
            assertThat(Stream.of(survivors(backwards, 7))).containsExactly(survivors(forwards, 7));
        }
    }
}
