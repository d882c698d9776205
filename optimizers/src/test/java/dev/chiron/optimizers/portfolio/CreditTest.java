package dev.chiron.optimizers.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreditTest {

    private static final Config CONFIG = Config.of(Map.of("x", Value.of(0.5)));
    private static final int[] IDLE = {0, 0};

    private static Credit credit(double exploration) {
        return new Credit(0.5, exploration, List.of(0.0, 0.0), List.of(0.0, 0.0));
    }

    @Test
    void evidenceFadesWithEveryTrialOfAnybody() {
        Credit credit = credit(1);
        credit.add(0, 0.8);
        credit.add(1, 0.4);
        assertThat(List.of(credit.count(0), credit.sum(0), credit.count(1), credit.sum(1)))
                .containsExactly(0.5, 0.4, 1.0, 0.4);
        assertThat(credit.byWorth()).containsExactly(0, 1);
    }

    /** .8 + sqrt(ln 2.5 / .5) = 2.15 against .4 + sqrt(ln 2.5) = 1.36. */
    @Test
    void theTurnIsWhoseBoundIsLargest() {
        Credit credit = credit(1);
        credit.add(0, 0.8);
        credit.add(1, 0.4);
        assertThat(credit.byTurn(IDLE)).containsExactly(0, 1);
        assertThat(credit.byTurn(new int[] {3, 0}))
                .containsExactly(1, 0); // .8 + sqrt(ln 5.5 / 3.5) against .4 + sqrt(ln 5.5)
    }

    @Test
    void whoNeverHadATurnIsNextInOrder() {
        Credit credit = credit(1);
        assertThat(credit.byTurn(IDLE)).containsExactly(0, 1);
        credit.add(0, 1);
        assertThat(credit.byTurn(IDLE)).containsExactly(1, 0);
    }

    @Test
    void whoIsWorthLessHasATurnWhenItsEvidenceHasFaded() {
        Credit credit = credit(0.25);
        credit.add(1, 0);
        credit.add(0, 1);
        int turns = 0;
        while (credit.byTurn(IDLE).get(0) == 0) {
            credit.add(0, 1);
            turns++;
        }
        assertThat(turns).isBetween(1, 20);
    }

    /** Half for the best so far, half for the share of the last trials that it beats. */
    @Test
    void worthIsByRankAndFailuresHaveNone() {
        Recent recent = new Recent(List.of(), Optional.empty());
        assertThat(recent.worth(Observation.measured(CONFIG, 7))).isEqualTo(0.75);
        for (double loss : new double[] {3, 1e300, 1}) {
            recent.add(Observation.measured(CONFIG, loss));
        }
        recent.add(Observation.infeasible(CONFIG));
        recent.add(Observation.pruned(CONFIG, 2, -9));
        assertThat(recent.worth(Observation.measured(CONFIG, 0.99))).isEqualTo(1);
        assertThat(recent.worth(Observation.measured(CONFIG, 1))).isEqualTo(0.4);
        assertThat(recent.worth(Observation.measured(CONFIG, 2))).isEqualTo(0.4);
        assertThat(recent.worth(Observation.measured(CONFIG, 1e301))).isEqualTo(0.2, within(1e-12));
        assertThat(recent.worth(Observation.infeasible(CONFIG))).isZero();
        assertThat(recent.worth(Observation.pruned(CONFIG, 2, -99))).isZero();
    }

    @Test
    void theBestIsRememberedBeyondTheWindow() {
        Recent recent = new Recent(List.of(), Optional.empty());
        for (int k = 0; k < 30; k++) {
            recent.add(Observation.measured(CONFIG, k));
        }
        assertThat(recent.last()).hasSize(20);
        assertThat(recent.best()).containsExactly(0.0);
        assertThat(recent.worth(Observation.measured(CONFIG, 5))).isEqualTo(0.5);
    }
}
