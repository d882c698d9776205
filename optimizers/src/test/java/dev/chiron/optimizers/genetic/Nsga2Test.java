package dev.chiron.optimizers.genetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SeveralObjectivesContract;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Nsga2Test extends SeveralObjectivesContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return Nsga2.start(space, Nsga2Settings.DEFAULT, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return Nsga2.resume(space, Nsga2Settings.DEFAULT, (OptimizerState.Nsga2) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.05;
    }

    private static Observation one(double violation, double... losses) {
        Config config = Config.of(Map.of("x", Value.of(losses[0])));
        return violation > 0 ? Observation.infeasible(config, violation) : Observation.measured(config, losses);
    }

    @Test
    void theFitterAreOfLowerRankThenLessCrowdedThenLessInfeasible() {
        Observation behind = one(0, 5, 5);
        Observation crowded = one(0, 1, 3);
        Observation roomy = one(0, 2, 1.5);
        Observation left = one(0, 0.9, 4);
        Observation right = one(0, 4, 0);
        Observation slightly = one(0.1, 0);
        Observation much = one(3, -9);
        assertThat(Survival.sorted(List.of(much, behind, slightly, crowded, roomy, left, right)))
                .containsExactly(left, right, roomy, crowded, behind, slightly, much);
    }

    @Test
    void whereAllIsInfeasibleThePopulationMovesTowardsWhatIsNot() {
        Optimizer optimizer = start(ONE, baseline(ONE), 3);
        List<Double> violations = new ArrayList<>();
        for (int k = 0; k < 60; k++) {
            Config asked = optimizer.ask();
            double x = asked.get("x").asNumber().orElseThrow();
            violations.add(3.5 - x); // nothing of the space is feasible; its upper end is nearest
            optimizer.tell(Observation.infeasible(asked, 3.5 - x));
        }
        double early =
                violations.subList(0, 10).stream().mapToDouble(v -> v).average().orElseThrow();
        double late = violations.subList(50, 60).stream()
                .mapToDouble(v -> v)
                .average()
                .orElseThrow();
        assertThat(late).isLessThan(early / 2);
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer optimizer = start(ONE, baseline(ONE), 1);
        optimizer.tell(optimizer.ask(), 1);
        OptimizerState state = optimizer.state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resume(CHOICES, state))
                .withMessageContaining("another search space");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Nsga2Settings(1, 20, 0.5, java.util.Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Nsga2Settings(10, 20, 1.5, java.util.Optional.empty()));
    }
}
