package dev.chiron.optimizers.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules of population based training, and of replicas. */
class PopulationRulesTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("RATE", 0.001, 1, true),
            new Parameter.Whole("DEPTH", 1, 8),
            Parameter.Choice.of("KIND", "a", "b", "c", "d"),
            new Parameter.Choice("SIZE", List.of(new Value.Text("s"), new Value.Text("m"), new Value.Text("l")), true));

    private static Config config(double rate, long depth) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("RATE", new Value.Real(rate));
        values.put("DEPTH", new Value.Whole(depth));
        values.put("KIND", new Value.Text("a"));
        values.put("SIZE", new Value.Text("s"));
        return SPACE.config(values);
    }

    @Test
    void intervalsAreOfEqualLengthButThatTheLastEndsWithTheWhole() {
        Intervals epochs = new Intervals("EPOCHS", new Value.Whole(4), new Value.Whole(10));
        assertThat(epochs.count()).isEqualTo(3);
        assertThat(epochs.amount(2).amount()).isEqualTo(new Value.Whole(8));
        assertThat(epochs.part(3)).isEmpty();
        Intervals share = new Intervals("SHARE", new Value.Real(0.1), new Value.Real(1));
        assertThat(share.count()).isEqualTo(10);
        for (Intervals intervals : List.of(epochs, share)) {
            for (int step = 1; step <= intervals.count(); step++) {
                assertThat(intervals.step(new Change.Settings(config(0.1, 1), intervals.part(step))))
                        .contains(step);
            }
        }
        assertThat(epochs.step(new Change.Settings(config(0.1, 1), share.part(3))))
                .isEmpty();
    }

    /** A quarter is drawn anew, and of the rest half goes up by a fifth and half down; options without an order are always drawn. */
    @Test
    void whatIsTakenOverIsMovedByTheRules() {
        Exploration exploration = new Exploration(SPACE, 0.25);
        SplitMix random = new SplitMix(7);
        Map<String, Integer> counts = new TreeMap<>();
        int draws = 4000;
        for (int i = 0; i < draws; i++) {
            Config moved = exploration.explored(config(0.1, 2), random);
            assertThat(SPACE.contains(moved)).isTrue();
            double rate = moved.get("RATE").asNumber().orElseThrow();
            count(counts, rate == 0.12 ? "up" : rate == 0.08 ? "down" : "anew");
            count(counts, "kind " + moved.get("KIND").text());
            count(counts, "depth " + moved.get("DEPTH").text());
            count(counts, "size " + moved.get("SIZE").text());
        }
        assertThat(counts.get("up") / (double) draws).isCloseTo(0.375, within(0.03));
        assertThat(counts.get("down") / (double) draws).isCloseTo(0.375, within(0.03));
        assertThat(counts.get("anew") / (double) draws).isCloseTo(0.25, within(0.03));
        for (String kind : List.of("a", "b", "c", "d")) {
            assertThat(counts.get("kind " + kind) / (double) draws).isCloseTo(0.25, within(0.03));
        }
        // 2 x 1.2 and 2 x 0.8 are both nearest to 2: the neighbours instead
        assertThat(counts.get("depth 1") / (double) draws).isCloseTo(0.375 + 0.25 / 8, within(0.03));
        assertThat(counts.get("depth 3") / (double) draws).isCloseTo(0.375 + 0.25 / 8, within(0.03));
        assertThat(counts.get("size m") / (double) draws).isCloseTo(0.375 + 0.25 / 3, within(0.03));
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Test
    void atAnEndItStays() {
        Exploration never = new Exploration(SPACE, 0);
        SplitMix random = new SplitMix(3);
        for (int i = 0; i < 50; i++) {
            Config moved = never.explored(config(1, 8), random);
            assertThat(moved.get("RATE").asNumber().orElseThrow()).isIn(1.0, 0.8);
            assertThat(moved.get("DEPTH")).isIn(new Value.Whole(8), new Value.Whole(6));
        }
        assertThat(Optional.of(never.explored(config(1, 8), new SplitMix(5))))
                .contains(never.explored(config(1, 8), new SplitMix(5)));
    }

    /** Equation 1: four replicas with a third are two thirds, eight ninths, ten ninths and four thirds. */
    @Test
    void theSpreadIsSymmetric() {
        Spread four = new Spread(4, 1 / 3.0, 0.1, 0, 1);
        assertThat(four.factor(0)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(four.factor(1)).isCloseTo(8 / 9.0, within(1e-12));
        assertThat(four.factor(2)).isCloseTo(10 / 9.0, within(1e-12));
        assertThat(four.factor(3)).isCloseTo(4 / 3.0, within(1e-12));
        Spread two = new Spread(2, 0.5, 0.1, 0, 1);
        assertThat(two.factor(0) + two.factor(1)).isEqualTo(2);
        assertThat(two.factor(1)).isEqualTo(1.5);
    }

    /** Equations 4 to 7 by hand: losses 0.9 and 1.1 are a tenth of their mean from it, which weighs e to 1/e. */
    @Test
    void theBaseFollowsWhatDidBetter() {
        Spread two = new Spread(2, 0.5, 0.1, 0.5, 0.5);
        List<Double> weights = two.weights(List.of(0.9, 1.1));
        double first = Math.E / (Math.E + 1 / Math.E);
        assertThat(weights.get(0)).isCloseTo(first, within(1e-12));
        assertThat(weights.get(1)).isCloseTo(1 - first, within(1e-12));
        assertThat(two.weights(List.of(90.0, 110.0)).get(0)).isCloseTo(first, within(1e-12));
        Spread.Centre moved = two.moved(new Spread.Centre(1, 0.2), List.of(0.5, 1.5), weights);
        double delta = first * 0.5 + (1 - first) * 1.5 - 1;
        assertThat(moved.velocity()).isCloseTo(0.5 * 0.2 + 0.5 * delta, within(1e-12));
        assertThat(moved.value()).isCloseTo(1 + 0.5 * moved.velocity(), within(1e-12));
    }
}
