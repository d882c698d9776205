package dev.chiron.optimizers.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SeveralObjectivesContract;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TpeTest extends SeveralObjectivesContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return Tpe.start(space, TpeSettings.DEFAULT, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return Tpe.resume(space, TpeSettings.DEFAULT, (OptimizerState.Tpe) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.1;
    }

    /** Eight workers that ask before anybody tells: without the lie they would all get the same neighbourhood. */
    @Test
    void runningTrialsPushTheNextOnesAway() {
        Optimizer optimizer = opened(EVERYTHING, 3);
        for (int k = 0; k < 60; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, loss(EVERYTHING, asked));
        }
        OptimizerState.Tpe state = (OptimizerState.Tpe) optimizer.state();
        Set<Config> apart = new HashSet<>();
        for (int k = 0; k < 8; k++) {
            apart.add(optimizer.ask());
        }
        assertThat(apart).hasSize(8);
        assertThat(((OptimizerState.Tpe) optimizer.state()).memory().pending()).hasSize(8);
        assertThat(state.memory().pending()).isEmpty();
    }

    /** A kernel's mass is kept for the next mixture, but not that of a config that was running and is not any more. */
    @Test
    void whatRanIsForgottenWhenItIsWithdrawn() {
        Optimizer optimizer = opened(ONE, 3);
        for (int k = 0; k < 60; k++) {
            Config asked = optimizer.ask();
            Config next = optimizer.ask();
            Optimizer resumed = reopened(ONE, optimizer.state());
            optimizer.withdraw(k % 2 == 0 ? asked : next);
            resumed.withdraw(k % 2 == 0 ? asked : next);
            optimizer.tell(k % 2 == 0 ? next : asked, loss(ONE, asked));
            resumed.tell(k % 2 == 0 ? next : asked, loss(ONE, asked));
            assertThat(optimizer.ask()).isEqualTo(resumed.ask());
        }
    }

    @Test
    void aPriorHoldsTheSearchNearItUntilTrialsSayOtherwise() {
        Config centre = EVERYTHING
                .repair(EVERYTHING.decode(new double[] {0.3, 0.3, 0.3, 0.3, 0.9, 0.3, 0.5, 0.2, 0.4}))
                .orElseThrow();
        Map<String, Double> widths = new LinkedHashMap<>();
        EVERYTHING.parameters().forEach(parameter -> widths.put(parameter.name(), 0.05));
        TpeSettings settings = TpeSettings.DEFAULT.withPrior(Prior.around(EVERYTHING, centre, widths));
        Optimizer optimizer = Tpe.start(EVERYTHING, settings, 3);
        List<Double> rates = new ArrayList<>();
        for (int k = 0; k < 300; k++) {
            Config asked = optimizer.ask();
            rates.add(EVERYTHING.encode(asked)[0]);
            optimizer.tell(asked, -EVERYTHING.encode(asked)[0]);
        }
        assertThat(rates.subList(0, 10)).allMatch(rate -> Math.abs(rate - 0.3) < 0.2);
        assertThat(rates.subList(250, 300)).anyMatch(rate -> rate > 0.8);
        Optimizer resumed = Tpe.resume(EVERYTHING, settings, (OptimizerState.Tpe) optimizer.state());
        assertThat(resumed.ask()).isEqualTo(optimizer.ask());
    }

    @Test
    void whereTrialsFailItSeldomGoesBack() {
        Optimizer optimizer = opened(EVERYTHING, 3);
        int failed = 0;
        for (int k = 0; k < 150; k++) {
            Config asked = optimizer.ask();
            if (asked.get("depth").asNumber().orElseThrow() > 12) {
                optimizer.tellInfeasible(asked);
                failed += k >= 50 ? 1 : 0;
            } else {
                optimizer.tell(asked, loss(EVERYTHING, asked));
            }
        }
        assertThat(failed).isLessThan(30);
    }
}
