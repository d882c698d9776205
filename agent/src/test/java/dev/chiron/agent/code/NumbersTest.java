package dev.chiron.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.sandbox.source.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumbersTest {

    private static final Set<String> NO_HOLES = new LinkedHashSet<>();

    private static final SearchSpace STUDY = new SearchSpace(
            List.of(
                    new Parameter.Real("RATE", 0.001, 1, true),
                    new Parameter.Whole("DEPTH", 1, 9),
                    Parameter.Choice.of("KIND", "sgd", "adam"),
                    new Parameter.Real("MOMENTUM", 0, 0.99, false)),
            List.of(Constraint.parse("DEPTH <= RATE * 1000")),
            List.of(new Condition("MOMENTUM", "KIND", List.of(new Value.Text("sgd")))));

    private static final String ROOT = """
            RATE = 0.1
            DEPTH = 4
            KIND = "sgd"
            MOMENTUM = 0.9
            OTHER = 7
            """;

    private static Optional<Numbers> numbers(String edited) {
        return Numbers.of(
                STUDY,
                Source.of("train.py", ROOT),
                NO_HOLES,
                Source.of("train.py", edited),
                Config.of(Map.of("RATE", new Value.Real(0.1))));
    }

    @Test
    void theScriptAsItWasHasTheStudysOwn() {
        Numbers numbers = numbers(ROOT).orElseThrow();
        assertThat(numbers.space().parameters()).isEqualTo(STUDY.parameters());
        assertThat(numbers.space().constraints()).isEqualTo(STUDY.constraints());
        assertThat(numbers.space().conditions()).isEqualTo(STUDY.conditions());
        assertThat(numbers.start().get("DEPTH")).isEqualTo(new Value.Whole(4));
    }

    @Test
    void whatAnEditTookOutIsGoneWithAllThatNamesIt() {
        Numbers numbers = numbers("RATE = 0.2\nMOMENTUM = 0.5\n").orElseThrow();
        assertThat(numbers.space().parameters()).extracting(Parameter::name).containsExactly("RATE", "MOMENTUM");
        assertThat(numbers.space().constraints()).isEmpty();
        assertThat(numbers.space().conditions()).isEmpty();
        assertThat(numbers.start().get("RATE")).isEqualTo(new Value.Real(0.2));
    }

    @Test
    void whatAnEditBroughtInIsTunedAroundItsValue() {
        Numbers numbers = numbers(ROOT + "WIDTH = 64\nSEED = 3\n").orElseThrow();
        assertThat(numbers.space().find("WIDTH")).isPresent();
        assertThat(numbers.space().find("WIDTH").orElseThrow().problem(new Value.Whole(64)))
                .isEmpty();
        assertThat(numbers.space().find("SEED")).as("seeds are not tuned").isEmpty();
        assertThat(numbers.space().find("OTHER"))
                .as("was there before, and not tuned")
                .isEmpty();
        assertThat(numbers.start().get("WIDTH")).isEqualTo(new Value.Whole(64));
    }

    @Test
    void aValueOutsideOfItsRangeGetsARangeAroundIt() {
        Numbers numbers = numbers(ROOT.replace("RATE = 0.1", "RATE = 5.0").replace("DEPTH = 4", "DEPTH = 40"))
                .orElseThrow();
        assertThat(numbers.space().find("RATE").orElseThrow().problem(new Value.Real(5)))
                .isEmpty();
        assertThat(numbers.start().get("DEPTH")).isEqualTo(new Value.Whole(40));
    }

    @Test
    void aScriptWithoutAnyIsNotTuned() {
        assertThat(numbers("print('hello')\n")).isEmpty();
    }

    @Test
    void whatComesInFromOutsideStays() {
        Set<String> holes = new LinkedHashSet<>(List.of("RATE", "DEPTH", "KIND", "MOMENTUM"));
        Config before = Config.of(Map.of(
                "RATE", new Value.Real(0.3),
                "DEPTH", new Value.Whole(2),
                "KIND", new Value.Text("adam"),
                "MOMENTUM", new Value.Real(0.5)));
        Source empty = Source.of("train.py", "print('hello')\n");
        Numbers numbers = Numbers.of(STUDY, empty, holes, empty, before).orElseThrow();
        assertThat(numbers.space().parameters()).isEqualTo(STUDY.parameters());
        assertThat(numbers.start().get("RATE")).isEqualTo(new Value.Real(0.3));
        assertThat(numbers.start().find("MOMENTUM")).isEmpty();
    }
}
