package dev.chiron.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.pareto.Hypervolume;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.synthetic.Several;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every optimizer keeps that takes several objectives, beside what all keep. */
public abstract class SeveralObjectivesContract extends OptimizerContract {

    /** Step {@code k} of a study of two objectives, in which asked points, points from elsewhere, failures and broken conditions mix. */
    private static Config step(Optimizer optimizer, SearchSpace space, int k) {
        Config asked = optimizer.ask();
        SplitMix random = new SplitMix(k * 31L);
        Config run = k % 3 == 2 ? RandomSearch.draw(space, random).orElseThrow() : asked;
        double u = random.nextDouble();
        if (u < 0.1) {
            optimizer.tellInfeasible(run);
        } else if (u < 0.25) {
            optimizer.tell(Observation.infeasible(run, loss(space, run)));
        } else {
            optimizer.tell(Observation.measured(run, losses(space, run)));
        }
        return asked;
    }

    private static double[] losses(SearchSpace space, Config config) {
        double[] point = space.encode(config);
        double other = 0;
        for (double u : point) {
            other += (u - 0.2) * (u - 0.2);
        }
        return new double[] {loss(space, config), 1000 * other};
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void withSeveralObjectivesEveryAskLiesInTheSpaceAndIsTheSameForTheSameSeed(SearchSpace space) {
        Optimizer one = opened(space, 7);
        Optimizer other = opened(space, 7);
        for (int k = 0; k < 80; k++) {
            Config asked = step(one, space, k);
            assertThat(space.contains(asked)).isTrue();
            assertThat(space.broken(asked)).isEmpty();
            assertThat(step(other, space, k)).isEqualTo(asked);
            assertThat(other.state()).isEqualTo(one.state());
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void withSeveralObjectivesItGoesOnFromAnyStateAsIfNeverStopped(SearchSpace space) {
        int length = space.size() > 50 ? 40 : 100;
        Optimizer whole = opened(space, 3);
        List<Config> asked = new ArrayList<>();
        List<OptimizerState> states = new ArrayList<>();
        for (int k = 0; k < length; k++) {
            states.add(whole.state());
            asked.add(step(whole, space, k));
        }
        for (int k = 0; k < length; k += 7) {
            Optimizer resumed = reopened(space, states.get(k));
            for (int later = k; later < Math.min(length, k + 30); later++) {
                assertThat(resumed.state()).isEqualTo(states.get(later));
                assertThat(step(resumed, space, later)).isEqualTo(asked.get(later));
            }
            close(resumed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, Objective.MOST})
    void itSurvivesLossesOfEverySizeInEveryObjective(int objectives) {
        Optimizer optimizer = opened(EVERYTHING, 4);
        double[] extremes = {0, 1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1, -5};
        for (int k = 0; k < 150; k++) {
            Config asked = optimizer.ask();
            assertThat(EVERYTHING.broken(asked)).isEmpty();
            double[] losses = new double[objectives];
            for (int j = 0; j < objectives; j++) {
                losses[j] = extremes[(k * 7 + j * 3 + k / 9) % extremes.length];
            }
            optimizer.tell(Observation.measured(asked, losses));
        }
    }

    @Test
    void itSurvivesObjectivesThatNeverDiffer() {
        Optimizer optimizer = opened(EVERYTHING, 4);
        for (int k = 0; k < 150; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(Observation.measured(asked, new double[] {k % 2, 3}));
        }
        assertThat(EVERYTHING.broken(optimizer.ask())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zdt1", "zdt6", "dtlz2"})
    void itDominatesMoreThanRandomSearch(String name) {
        Several function = Several.named(name);
        double ours = 0;
        double random = 0;
        for (long seed = 5; seed < 8; seed++) { // one alone may be unlucky
            ours += volume(function, start(function.space(), baseline(function.space()), seed), 150);
            random += volume(function, RandomSearch.start(function.space(), seed), 150);
        }
        assertThat(ours).isGreaterThan(random);
    }

    private static double volume(Several function, Optimizer optimizer, int trials) {
        List<double[]> values = new ArrayList<>();
        for (int k = 0; k < trials; k++) {
            Config asked = optimizer.ask();
            double[] losses = function.values(asked);
            values.add(losses);
            optimizer.tell(Observation.measured(asked, losses));
        }
        return Hypervolume.of(
                values, function.reference().stream().mapToDouble(r -> r).toArray());
    }

    @Test
    void bothEndsOfAFrontAreFoundAndNotOnlyItsMiddle() {
        SearchSpace line = SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 0, 1, false));
        Optimizer optimizer = start(line, line.decode(new double[] {0.5, 0.5}), 9);
        double least = 1;
        double most = 0;
        for (int k = 0; k < 120; k++) {
            Config asked = optimizer.ask();
            double[] at = line.encode(asked);
            double bad = Math.abs(at[1] - 0.7);
            optimizer.tell(Observation.measured(asked, new double[] {at[0] + bad, 50 * (1 - at[0] + bad)}));
            if (bad < 0.05) {
                least = Math.min(least, at[0]);
                most = Math.max(most, at[0]);
            }
        }
        assertThat(least).isLessThan(0.15);
        assertThat(most).isGreaterThan(0.85);
    }
}
