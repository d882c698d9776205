package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Duel.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DuelTest {

    private static final Objective LOSS = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Noise NOISE = new Noise(1, 20);

    private static Runs runs(double... losses) {
        Runs runs = new Runs();
        Change change = new Change.Settings(Config.of(Map.of("RATE", new Value.Real(0.1))));
        for (double loss : losses) {
            Outcome outcome = new Outcome.Measured(loss, Map.of(), List.of());
            runs.add(new Trial(0, change, Origin.RANDOM, outcome, Duration.ZERO), LOSS);
        }
        return runs;
    }

    private static Verdict verdict(boolean strict, double lead) {
        return new Duel(LOSS, 5, 0.05, strict).verdict(runs(9, 9, 9), runs(9 - lead, 9 - lead), Optional.of(NOISE));
    }

    @Test
    void aChallengerThatCanHardlyWinAStrictDuelIsGivenUp() {
        assertThat(verdict(true, -0.1)).isEqualTo(Verdict.INCUMBENT);
        assertThat(verdict(true, 0.5)).isEqualTo(Verdict.INCUMBENT);
        assertThat(verdict(true, 1.5)).isEqualTo(Verdict.OPEN);
        assertThat(verdict(true, 3)).isEqualTo(Verdict.CHALLENGER);
    }

    @Test
    void anIncumbentOfMoreRunsThanTheDuelHasLeavesMoreHope() {
        Duel duel = new Duel(LOSS, 5, 0.05, true);
        double[] many = new double[21];
        java.util.Arrays.fill(many, 9);
        assertThat(duel.verdict(runs(9, 9, 9, 9, 9, 9), runs(8.05, 8.05), Optional.of(NOISE)))
                .isEqualTo(Verdict.INCUMBENT);
        assertThat(duel.verdict(runs(many), runs(8.05, 8.05), Optional.of(NOISE)))
                .isEqualTo(Verdict.OPEN);
    }

    @Test
    void whereTheBetterMeanStaysInTheEndNobodyIsGivenUp() {
        assertThat(verdict(false, 0.5)).isEqualTo(Verdict.OPEN);
        assertThat(verdict(false, -0.5)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void aChallengerIsNotGivenUpWhileTheNoiseIsNotKnown() {
        Verdict verdict = new Duel(LOSS, 5, 0.05, true).verdict(runs(9), runs(8.9, 8.9), Optional.empty());
        assertThat(verdict).isEqualTo(Verdict.OPEN);
    }
}
