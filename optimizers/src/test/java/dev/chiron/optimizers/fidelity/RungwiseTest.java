package dev.chiron.optimizers.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.synthetic.Synthetic;
import dev.chiron.optimizers.tpe.Tpe;
import dev.chiron.optimizers.tpe.TpeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RungwiseTest extends OptimizerContract {

    private static final double[] SHARES = {1, 1.0 / 3, 1.0 / 9};

    private static Rungwise start(SearchSpace space, double random, long seed) {
        return Rungwise.start(space, random, SHARES, seed, rung -> Tpe.start(space, TpeSettings.DEFAULT, seed + rung));
    }

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return start(space, 0, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return Rungwise.resume(
                        space,
                        0,
                        (OptimizerState.Rungwise) state,
                        rung -> Optional.of(Tpe.resume(space, TpeSettings.DEFAULT, (OptimizerState.Tpe) rung)))
                .orElseThrow();
    }

    @Override
    protected double sphereAfter200() {
        return 0.03;
    }

    /** Short trainings prefer the other end of the range: who mixed their values with the whole trainings' would be misled. */
    @Test
    void theLongestTrainingsOfWhichThereAreEnoughDecide() {
        Synthetic branin = Synthetic.branin();
        Rungwise optimizer = start(branin.space(), 0, 1);
        List<Config> configs = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            Config config = optimizer.ask();
            configs.add(config);
            optimizer.tell(Observation.measured(config, -branin.value(config)).of(SHARES[2]));
        }
        assertThat(optimizer.state().asked()).isEqualTo(2);
        List<Double> misled = optimizer.rate(configs);
        for (int k = 0; k < 9; k++) {
            optimizer.tell(Observation.measured(configs.get(k), branin.value(configs.get(k)))
                    .of(SHARES[1]));
        }
        assertThat(optimizer.state().asked()).as("nine are too few").isEqualTo(2);
        for (int k = 9; k < 30; k++) {
            optimizer.tell(Observation.measured(configs.get(k), branin.value(configs.get(k)))
                    .of(SHARES[1]));
        }
        assertThat(optimizer.state().asked()).isEqualTo(1);
        List<Double> rated = optimizer.rate(configs);
        int best = best(configs, branin);
        long before =
                misled.stream().filter(rating -> rating > misled.get(best)).count();
        long after = rated.stream().filter(rating -> rating > rated.get(best)).count();
        assertThat(before).isGreaterThan(25);
        assertThat(after).isLessThan(8);
    }

    private static int best(List<Config> configs, Synthetic branin) {
        int best = 0;
        for (int k = 1; k < 30; k++) {
            best = branin.value(configs.get(k)) < branin.value(configs.get(best)) ? k : best;
        }
        return best;
    }

    @Test
    void aFailureIsToldToItsOwnPartAndCountsForNothing() {
        Synthetic branin = Synthetic.branin();
        Rungwise optimizer = start(branin.space(), 0, 1);
        for (int k = 0; k < 30; k++) {
            optimizer.tell(Observation.infeasible(optimizer.ask()).of(SHARES[2]));
        }
        assertThat(optimizer.state().rungs()).allMatch(rung -> rung.measured() == 0);
        OptimizerState.Tpe lowest =
                (OptimizerState.Tpe) optimizer.state().rungs().get(2).state();
        assertThat(lowest.memory().observations()).hasSize(30);
    }

    @Test
    void aShareOfTheConfigsIsRandom() {
        Synthetic branin = Synthetic.branin();
        Rungwise optimizer = start(branin.space(), 1.0 / 3, 5);
        int random = 0;
        for (int k = 0; k < 300; k++) {
            Config config = optimizer.ask();
            random += optimizer.origin() == Origin.RANDOM ? 1 : 0;
            optimizer.tell(Observation.measured(config, branin.value(config)).of(SHARES[2]));
        }
        assertThat(random).isBetween(80, 120);
    }

    @Test
    void whatIsRunAsAnotherPartIsNotWaitedFor() {
        Synthetic branin = Synthetic.branin();
        Rungwise optimizer = start(branin.space(), 0, 1);
        Config config = optimizer.ask();
        optimizer.tell(Observation.measured(config, 1).of(SHARES[1]));
        assertThat(optimizer.state().rungs())
                .allMatch(rung ->
                        ((OptimizerState.Tpe) rung.state()).memory().pending().isEmpty());
    }

    /** Not one of the rungs, as when a study was made with others. */
    @Test
    void ofAPartThatIsNoRungNothingIsLearned() {
        Synthetic branin = Synthetic.branin();
        Rungwise optimizer = start(branin.space(), 0, 1);
        OptimizerState before = optimizer.state();
        optimizer.tell(Observation.measured(branin.centre(), 1).of(0.5));
        assertThat(optimizer.state()).isEqualTo(before);
    }
}
