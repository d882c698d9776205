package dev.chiron.optimizers.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class DensitiesTest {

    private static final Parameter KIND = Parameter.Choice.of("kind", "tree", "net");
    private static final Parameter RATE = new Parameter.Real("rate", 0, 1, false);
    private static final Parameter WIDTH = new Parameter.Real("width", 0, 1, false);
    private static final Parameter LEAVES = new Parameter.Whole("leaves", 2, 64, true, 1, false);

    /** Rate and width belong together, leaves stand alone, and kind is always there. */
    private static final SearchSpace SPACE = new SearchSpace(
            List.of(RATE, KIND, LEAVES, WIDTH),
            List.of(),
            List.of(
                    new Condition("rate", "kind", List.of(Value.of("net"))),
                    new Condition("leaves", "kind", List.of(Value.of("tree"))),
                    new Condition("width", "kind", List.of(Value.of("net")))));

    private static Config only(Config config, SearchSpace space) {
        Map<String, Value> values = new LinkedHashMap<>();
        space.parameters()
                .forEach(parameter -> values.put(
                        parameter.name(), config.find(parameter.name()).orElseThrow()));
        return space.config(values);
    }

    @Test
    void eachGroupKnowsTheTrialsInWhichItWasActiveAndNoOthers() {
        Memory memory = new Memory();
        Densities all = new Densities(SPACE, TpeSettings.DEFAULT, false);
        SplitMix random = new SplitMix(3);
        for (int k = 0; k < 80; k++) {
            Config config = RandomSearch.draw(SPACE, random).orElseThrow();
            memory.told(Observation.measured(config, random.nextDouble()));
            all.add(config);
            if (k % 16 == 0) { // the good ones change on the way
                all.scored(Split.below(memory.observations()), memory, () -> 0);
            }
        }
        List<Integer> good = Split.below(memory.observations());
        Config net = SPACE.config(Map.of("kind", Value.of("net"), "rate", Value.of(0.3), "width", Value.of(0.8)));
        Config tree = SPACE.config(Map.of("kind", Value.of("tree"), "leaves", Value.of(9)));
        double ofNet = all.scored(good, memory, () -> all.score(net));
        double ofTree = all.scored(good, memory, () -> all.score(tree));
        double kindNet = alone(SearchSpace.of(KIND), net, memory, good);
        double kindTree = alone(SearchSpace.of(KIND), tree, memory, good);
        assertThat(ofNet)
                .isCloseTo(kindNet + alone(SearchSpace.of(RATE, WIDTH), net, memory, good), Offset.offset(1e-12));
        assertThat(ofTree)
                .isCloseTo(kindTree + alone(SearchSpace.of(LEAVES), tree, memory, good), Offset.offset(1e-12));
        assertThat(all.<Double>scored(good, memory, () -> all.first(net))).isCloseTo(kindNet, Offset.offset(1e-12));
    }

    /** The score by densities that saw nothing but these parameters of the trials that had them. */
    private static double alone(SearchSpace space, Config config, Memory memory, List<Integer> good) {
        Axes axes = new Axes(space);
        int[] every = java.util.stream.IntStream.range(0, space.size()).toArray();
        Parzen l = axes.mixture(every, java.util.Optional.empty(), TpeSettings.DEFAULT.priorWeight());
        Parzen g = axes.mixture(every, java.util.Optional.empty(), TpeSettings.DEFAULT.priorWeight());
        for (int k = 0; k < memory.observations().size(); k++) {
            Config known = memory.observations().get(k).config();
            if (known.find(space.parameters().get(0).name()).isPresent()) {
                (good.contains(k) ? l : g).add(axes.places(only(known, space)));
            }
        }
        double[] places = axes.places(only(config, space));
        return l.logDensity(places) - g.logDensity(places);
    }

    @Test
    void candidatesAreConfigsOfTheSpace() {
        Memory memory = new Memory();
        Densities densities = new Densities(SPACE, TpeSettings.DEFAULT, false);
        densities.scored(List.of(), memory, () -> {
            Densities.Candidates candidates = densities.candidates(24, new SplitMix(4));
            for (int drawn = 0; drawn < 240; drawn++) {
                assertThat(SPACE.contains(candidates.next(drawn))).isTrue();
            }
            return 0;
        });
    }

    @Test
    void aSmallSpaceUnderConditionsIsAskedForAlmostToItsEnd() {
        Parameter count = new Parameter.Whole("count", 1, 40, false, 1, false);
        Parameter flag = Parameter.Choice.of("flag", "on", "off");
        SearchSpace small = new SearchSpace(
                List.of(KIND, count, flag),
                List.of(),
                List.of(
                        new Condition("count", "kind", List.of(Value.of("net"))),
                        new Condition("flag", "kind", List.of(Value.of("tree")))));
        Tpe tpe = Tpe.start(small, TpeSettings.DEFAULT, 1);
        Set<Config> seen = new HashSet<>();
        for (int k = 0; k < 36; k++) {
            Config config = tpe.ask(one -> !seen.contains(one)).orElseThrow();
            seen.add(config);
            tpe.tell(
                    config,
                    config.find("count")
                            .map(value -> value.asNumber().orElseThrow())
                            .orElse(50.0));
        }
        assertThat(seen).hasSize(36); // of 42
    }
}
