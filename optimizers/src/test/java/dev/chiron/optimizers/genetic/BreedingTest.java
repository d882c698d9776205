package dev.chiron.optimizers.genetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreedingTest {

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Real("momentum", 0, 1, false),
                    new Parameter.Real("beta", 0, 1, false),
                    new Parameter.Real("damping", 0, 1, false),
                    Choice.of("method", "sgd", "adam", "none"),
                    new Parameter.Whole("layers", 1, 3),
                    new Parameter.Real("width", 0, 1, false)),
            List.of(),
            List.of(
                    new Condition("momentum", "method", List.of(Value.of("sgd"))),
                    new Condition("damping", "method", List.of(Value.of("sgd"))),
                    new Condition("beta", "method", List.of(Value.of("adam"))),
                    new Condition("width", "layers", List.of(Value.of(2L), Value.of(3L)))));

    private static final Config SGD = SPACE.config(Map.of(
            "method", Value.of("sgd"),
            "momentum", Value.of(0.123),
            "damping", Value.of(0.321),
            "layers", Value.of(1L)));
    private static final Config ADAM = SPACE.config(Map.of(
            "method", Value.of("adam"), "beta", Value.of(0.777), "layers", Value.of(3L), "width", Value.of(0.555)));

    private static List<Config> children(int count) {
        Breeding breeding = new Breeding(SPACE, new Coordinates(SPACE), 0.5, new SplitMix(5));
        List<Config> children = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            children.add(SPACE.decode(breeding.child(SPACE.encode(SGD), SPACE.encode(ADAM))));
        }
        return children;
    }

    @Test
    void aChildHasTheGenesThatAreActiveInIt() {
        for (Config child : children(500)) {
            assertThat(SPACE.contains(child)).isTrue();
            assertThat(child.find("beta").isPresent())
                    .isEqualTo(child.get("method").equals(Value.of("adam")));
            assertThat(child.find("width").isPresent())
                    .isEqualTo(!child.get("layers").equals(Value.of(1L)));
        }
    }

    /** A gene that only one parent has is that parent's, unless it mutates; what is at rest in a parent is not inherited. */
    @Test
    void genesComeFromTheParentThatHasThem() {
        List<Config> sgd = children(500).stream()
                .filter(child -> child.get("method").equals(Value.of("sgd")))
                .toList();
        List<Config> adam = children(500).stream()
                .filter(child -> child.get("method").equals(Value.of("adam")))
                .toList();
        assertThat(sgd).hasSizeBetween(150, 300);
        assertThat(sgd.stream().filter(child -> child.get("momentum").equals(Value.of(0.123))))
                .hasSizeGreaterThan(sgd.size() / 3);
        assertThat(adam).hasSizeBetween(150, 300);
        assertThat(adam.stream().filter(child -> child.get("beta").equals(Value.of(0.777))))
                .hasSizeGreaterThan(adam.size() / 2);
        assertThat(children(500).stream().filter(child -> child.get("method").equals(Value.of("none"))))
                .hasSizeBetween(10, 150); // by mutation alone
    }

    @Test
    void aChildIsNeverACloneOfTwins() {
        Breeding breeding = new Breeding(SPACE, new Coordinates(SPACE), 0.5, new SplitMix(5));
        for (int k = 0; k < 200; k++) {
            Config child = SPACE.decode(breeding.child(SPACE.encode(SGD), SPACE.encode(SGD)));
            assertThat(child).isNotEqualTo(SGD);
        }
    }
}
