package dev.chiron.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol of an objective process. */
class ObjectiveLinesTest {

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectiveLines branin =
            new ObjectiveLines(new SyntheticSuite().find("branin").orElseThrow());
    private final ObjectiveLines moody = new ObjectiveLines(new Moody());

    @Test
    void describesTheSpaceFirst() {
        assertThat(branin.description())
                .isEqualTo("{\"v\":1,\"task\":\"branin\",\"goal\":\"minimize\",\"space\":["
                        + "{\"name\":\"x\",\"type\":\"float\",\"low\":-5.0,\"high\":10.0},"
                        + "{\"name\":\"y\",\"type\":\"float\",\"low\":0.0,\"high\":15.0}]}");
    }

    @Test
    void describesEveryTypeAndTheBaseline() {
        assertThat(moody.description())
                .isEqualTo("{\"v\":1,\"task\":\"moody\",\"goal\":\"maximize\",\"space\":["
                        + "{\"name\":\"n\",\"type\":\"int\",\"low\":32,\"high\":256,\"log\":true},"
                        + "{\"name\":\"c\",\"type\":\"choice\",\"options\":[\"p\",\"q\"]}],"
                        + "\"baseline\":{\"n\":128,\"c\":\"q\"}}");
    }

    @Test
    void handsFirstConfigsOnByTheirSeeds() {
        assertThat(new ObjectiveLines(new Given()).description())
                .endsWith("\"baseline\":{\"n\":128,\"c\":\"q\"},"
                        + "\"initial\":[[{\"n\":32,\"c\":\"p\"}],[{\"n\":64,\"c\":\"p\"}]]}");
    }

    /** The moody one, which begins elsewhere on each of two seeds. */
    private record Given() implements EvalTask {
        private static final EvalTask MOODY = new Moody();

        @Override
        public String name() {
            return MOODY.name();
        }

        @Override
        public Objective objective() {
            return MOODY.objective();
        }

        @Override
        public SearchSpace space() {
            return MOODY.space();
        }

        @Override
        public Optional<Config> baseline() {
            return MOODY.baseline();
        }

        @Override
        public List<Config> initial(long seed) {
            return List.of(space().decode(new double[] {seed * 0.4, 0}));
        }

        @Override
        public int seedsWithOwnInitial() {
            return 2;
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return MOODY.evaluate(config, noise);
        }
    }

    @Test
    void measures() throws IOException {
        JsonNode answer =
                json.readTree(branin.answer("{\"id\":1,\"config\":{\"x\":3.141592653589793,\"y\":2.275},\"seed\":7}"));

        assertThat(answer.path("id").asInt()).isEqualTo(1);
        assertThat(answer.path("status").asText()).isEqualTo("measured");
        assertThat(answer.path("value").asDouble()).isBetween(-1e-12, 1e-12);
        assertThat(answer.path("seconds").isNumber()).isTrue();
        assertThat(answer.size()).isEqualTo(4);
    }

    @Test
    void saysWhatFailed() {
        assertThat(moody.answer("{\"id\":\"a\",\"config\":{\"n\":64,\"c\":\"q\"}}"))
                .isEqualTo("{\"id\":\"a\",\"status\":\"failed\",\"reason\":\"out-of-memory\",\"seconds\":31.2}");
    }

    @Test
    void bringsAnyConfigInsideTheRangesOntoTheGridAndHandsTheSeedOn() {
        assertThat(moody.answer("{\"id\":2,\"config\":{\"n\":100.0,\"c\":\"p\"},\"seed\":5}"))
                .contains("\"value\":133.0"); // 128 and the seed
        assertThat(moody.answer("{\"id\":3,\"config\":{\"n\":100,\"c\":\"p\"}}"))
                .contains("\"value\":128.0");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``|null|a request is a JSON object",
                "hello|null|not JSON",
                "[1]|null|a request is a JSON object",
                "{\"id\":1} x|null|not JSON",
                "{\"id\":1,\"id\":2}|null|not JSON",
                "{\"config\":{}}|null|x is missing; y is missing",
                "{\"id\":1}|1|config is missing",
                "{\"id\":1,\"config\":[]}|1|config is missing",
                "{\"id\":1,\"config\":{\"x\":1,\"y\":1,\"z\":1}}|1|unknown parameter z",
                "{\"id\":1,\"config\":{\"x\":1}}|1|y is missing",
                "{\"id\":1,\"config\":{\"x\":1,\"y\":99}}|1|y must lie in [0, 15]",
                "{\"id\":1,\"config\":{\"x\":1,\"y\":null}}|1|y must be a number",
                "{\"id\":1,\"config\":{\"x\":1,\"y\":\"1\"}}|1|y must be a number",
                "{\"id\":1,\"config\":{\"x\":1,\"y\":1e999}}|1|not a finite number",
                "{\"id\":1,\"config\":{\"x\":1,\"y\":1},\"seed\":1.5}|1|seed must be",
                "{\"id\":1,\"config\":{\"x\":1,\"y\":1},\"seed\":\"a\"}|1|seed must be",
                "{\"id\":1,\"confg\":{}}|1|unknown key confg"
            })
    void answersABadLineWithAnError(String request, String id, String error) throws IOException {
        JsonNode answer = json.readTree(branin.answer(request));

        assertThat(answer.path("id").toString()).isEqualTo(id);
        assertThat(answer.path("error").asText()).contains(error);
        assertThat(answer.has("status")).isFalse();
    }

    @Test
    void survivesADeepNest() {
        assertThat(branin.answer("[".repeat(100_000))).contains("\"error\":\"not JSON");
    }

    private record Moody() implements EvalTask {
        @Override
        public String name() {
            return "moody";
        }

        @Override
        public Objective objective() {
            return new Objective("n", Objective.Goal.MAXIMIZE);
        }

        @Override
        public SearchSpace space() {
            return new SearchSpace(
                    List.of(new Parameter.Whole("n", 32, 256, false, 1, true), Parameter.Choice.of("c", "p", "q")),
                    List.of());
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.of(space().decode(new double[] {0.6, 1}));
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return config.get("c").text().equals("q")
                    ? new Evaluation(new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, ""), 31.2)
                    : Evaluation.of(config.get("n").asNumber().orElseThrow() + noise.orElse(0));
        }
    }
}
