package dev.chiron.optimizers.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Dependence and interactions of functions that are known. */
class DependenceTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("rate", 1e-4, 1, true),
            new Parameter.Real("y", 0, 1, false),
            Parameter.Choice.of("kind", "a", "b", "c"),
            new Parameter.Whole("depth", 1, 4),
            new Parameter.Whole("fixed", 3, 3));

    private static List<Case> cases(int count, ToDoubleFunction<double[]> loss) {
        SplitMix random = new SplitMix(11);
        List<Case> cases = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[] point = new double[SPACE.size()];
            for (int i = 0; i < point.length; i++) {
                point[i] = random.nextDouble();
            }
            Config config = SPACE.decode(point);
            cases.add(new Case(config, loss.applyAsDouble(SPACE.encode(config))));
        }
        return cases;
    }

    @Test
    void theBestValueIsFoundOnTheParametersOwnScale() {
        List<Dependence> all =
                Dependence.of(SPACE, cases(400, point -> Math.pow(point[0] - 0.5, 2) + 0.1 * point[1]), 1);

        assertThat(all).map(Dependence::parameter).containsExactly("rate", "y", "kind", "depth");
        Dependence rate = all.get(0);
        assertThat(rate.points()).hasSize(21);
        assertThat(((Value.Real) rate.best().value()).number()).isBetween(0.004, 0.03);
        assertThat(rate.worst().loss() - rate.best().loss())
                .isCloseTo(0.2, within(0.07)); // a quarter, less the worst tenth
        assertThat(rate.points()).allSatisfy(point -> assertThat(point.loss()).isBetween(point.low(), point.high()));
        assertThat(rate.agreed()).isEqualTo(1);
        assertThat(all.get(2).agreed()).isLessThan(1);
        assertThat(all.get(1).points().get(0).loss())
                .isLessThan(all.get(1).points().get(20).loss());
    }

    @Test
    void optionsAndFewNumbersAreTakenOneByOne() {
        List<Dependence> all = Dependence.of(SPACE, cases(400, point -> point[2] > 0.7 ? 0 : 1 + point[3]), 1);

        assertThat(all.get(2).points())
                .map(Dependence.Point::value)
                .containsExactly(Value.of("a"), Value.of("b"), Value.of("c"));
        assertThat(all.get(2).best().value()).isEqualTo(Value.of("c"));
        assertThat(all.get(2).best().loss()).isCloseTo(0, within(0.1));
        assertThat(all.get(3).points())
                .map(Dependence.Point::value)
                .containsExactly(new Value.Whole(1), new Value.Whole(2), new Value.Whole(3), new Value.Whole(4));
    }

    @Test
    void aRunThatDivergedDoesNotHideTheRest() {
        List<Case> cases = cases(100, point -> point[0]);
        cases.set(50, new Case(cases.get(50).config(), 1e9));
        Dependence rate = Dependence.of(SPACE, cases, 1).get(0);
        assertThat(rate.worst().loss()).isLessThan(1);
    }

    @Test
    void whatWorksOnlyTogetherIsAnInteraction() {
        List<Case> cases = cases(600, point -> (point[0] - 0.5) * (point[1] - 0.5));
        Importance importance = Importance.of(SPACE, cases, 1);

        List<Interaction> interactions = Interaction.of(SPACE, cases, importance, 3, 1);

        assertThat(interactions).hasSize(3);
        assertThat(interactions.get(0).first()).isEqualTo("rate");
        assertThat(interactions.get(0).second()).isEqualTo("y");
        assertThat(interactions.get(0).mean()).isGreaterThan(0.5);
        assertThat(interactions.get(1).mean()).isLessThan(0.2);
    }

    @Test
    void whatAddsUpIsNone() {
        List<Case> cases = cases(600, point -> point[0] + point[1] + (point[2] > 0.5 ? 1 : 0));
        Importance importance = Importance.of(SPACE, cases, 1);

        assertThat(Interaction.of(SPACE, cases, importance, 3, 1))
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.mean()).isLessThan(0.1));
    }
}
