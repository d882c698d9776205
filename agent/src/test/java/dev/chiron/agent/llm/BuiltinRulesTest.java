package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules on prompts written by hand: many wordings each, which seed many different moves. */
class BuiltinRulesTest {

    private static final int WORDINGS = 200;

    private static String prompt(String rows, String incumbent, String suggestion, int wording) {
        return prompt(rows, incumbent, "CMA-ES", suggestion, wording);
    }

    private static String prompt(String rows, String incumbent, String optimizer, String suggestion, int wording) {
        return String.format(
                Locale.ROOT,
                "Study %d%n| parameter | type and range | baseline |%n|---|---|---|%n%s%n%nIncumbent: %s%n%n%s would try next: %s%n",
                wording,
                rows,
                incumbent,
                optimizer,
                suggestion);
    }

    private static JsonNode reply(String prompt) throws JsonProcessingException {
        return new ObjectMapper().readTree(new Builtin().reply(prompt));
    }

    @Test
    void everyMoveStaysInsideAndIsAMove() throws JsonProcessingException {
        String rows = """
                | LR | float in [0.005, 0.2], log scale | 0.005 |
                | DECAY | float in [0, 0.5] | 0 |
                | DEPTH | int in [4, 24] | 4 |
                | WIDTH | int in [64, 1024], in steps of 64 | 64 |
                | WARM | int in [1, 64], log scale | 1 |
                | BATCH | int in [32, 256], powers of two | 256 |
                | KIND | one of "relu", "tanh", "gelu" | "relu" |""";
        String corner =
                "{\"LR\": 0.005, \"DECAY\": 0, \"DEPTH\": 24, \"WIDTH\": 64, \"WARM\": 1, \"BATCH\": 256, \"KIND\": \"relu\"}";
        JsonNode incumbent = new ObjectMapper().readTree(corner);
        for (int wording = 0; wording < WORDINGS; wording++) {
            JsonNode reply = reply(prompt(rows, corner, corner, wording));
            assertThat(reply).as("wording %d", wording).isNotEqualTo(incumbent);
            assertThat(reply.get("LR").doubleValue()).isBetween(0.005, 0.2);
            assertThat(reply.get("DECAY").doubleValue()).isBetween(0.0, 0.5);
            assertThat(reply.get("DEPTH").longValue()).isBetween(4L, 24L);
            assertThat(reply.get("WIDTH").longValue()).isBetween(64L, 1024L);
            assertThat(reply.get("WIDTH").longValue() % 64).isZero();
            assertThat(reply.get("WARM").longValue()).isBetween(1L, 64L);
            assertThat(Long.bitCount(reply.get("BATCH").longValue())).isEqualTo(1);
            assertThat(reply.get("BATCH").longValue()).isBetween(32L, 256L);
            assertThat(reply.get("KIND").textValue()).isIn("relu", "tanh", "gelu");
        }
    }

    @Test
    void whatAConstraintAsksForIsDoneByAnother() throws JsonProcessingException {
        String rows = """
                | DEVICE | int in [32, 256], powers of two | 128 |
                | TOTAL | int in [65536, 2097152], powers of two | 262144 |
                | LR | float in [0.01, 1], log scale | 0.1 |

                Every config must keep:
                - TOTAL >= DEVICE * 2048
                """;
        String border = "{\"DEVICE\": 128, \"TOTAL\": 262144, \"LR\": 0.1}";
        int both = 0;
        for (int wording = 0; wording < WORDINGS; wording++) {
            JsonNode reply = reply(prompt(rows, border, border, wording));
            long device = reply.get("DEVICE").longValue();
            long total = reply.get("TOTAL").longValue();
            assertThat(total).isGreaterThanOrEqualTo(device * 2048);
            both += device < 128 && total < 262144 ? 1 : 0;
        }
        assertThat(both).isGreaterThan(WORDINGS / 10);
    }

    @Test
    void aLoneParameterMovesFromEveryEnd() throws JsonProcessingException {
        for (String[] lone : new String[][] {
            {"float in [0.005, 0.2], log scale", "0.2"},
            {"float in [0, 0.5]", "0"},
            {"int in [4, 5]", "5"},
            {"int in [32, 64], powers of two", "32"},
            {"one of \"a\", \"b\"", "\"a\""},
            {"one of true, false", "true"},
            {"one of 1, 2, 4, in this order", "4"},
        }) {
            String config = "{\"X\": " + lone[1] + "}";
            Set<JsonNode> seen = new LinkedHashSet<>();
            for (int wording = 0; wording < WORDINGS; wording++) {
                seen.add(reply(prompt("| X | " + lone[0] + " | " + lone[1] + " |", config, config, wording)));
            }
            assertThat(seen).as(lone[0]).isNotEmpty().doesNotContain(new ObjectMapper().readTree(config));
        }
    }

    @Test
    void ofThreeOneMixesTheIncumbentWithTheSuggestionAndOneLiesOnTheLineBetweenThem() throws JsonProcessingException {
        String rows = """
                | A | float in [0, 1] | 0.1 |
                | B | float in [0, 1] | 0.1 |
                | C | float in [0, 1] | 0.1 |
                | KIND | one of "x", "y", "z" | "x" |

                of 3 candidates, best first:
                """.replace("of 3", "With one JSON object, of 3");
        String incumbent = "{\"A\":0.2,\"B\":0.4,\"C\":0.3,\"KIND\":\"x\"}";
        String suggestion = "{\"A\":0.3,\"B\":0.5,\"C\":0.2,\"KIND\":\"y\"}";
        double furthest = 0;
        for (int wording = 0; wording < WORDINGS; wording++) {
            JsonNode candidates = reply(prompt(rows, incumbent, "The Gaussian process", suggestion, wording))
                    .get("candidates");
            assertThat(candidates).hasSize(3).doesNotHaveDuplicates();
            JsonNode mixed = candidates.get(1).get("config");
            assertThat(mixed.get("A").doubleValue()).isIn(0.2, 0.3);
            assertThat(mixed.get("B").doubleValue()).isIn(0.4, 0.5);
            assertThat(mixed.get("C").doubleValue()).isIn(0.3, 0.2);
            assertThat(mixed.get("KIND").textValue()).isIn("x", "y");
            JsonNode further = candidates.get(2).get("config");
            double times = (further.get("A").doubleValue() - 0.2) / 0.1;
            assertThat(further.get("B").doubleValue()).isCloseTo(0.4 + 0.1 * times, within(1e-9));
            assertThat(further.get("C").doubleValue()).isCloseTo(0.3 - 0.1 * times, within(1e-9));
            assertThat(further.get("KIND").textValue()).isIn("x", "y");
            furthest = Math.max(furthest, times);
            for (JsonNode candidate : candidates) {
                assertThat(candidate.get("config"))
                        .isNotEqualTo(new ObjectMapper().readTree(suggestion))
                        .isNotEqualTo(new ObjectMapper().readTree(incumbent));
            }
        }
        assertThat(furthest).isBetween(1.5, 2.0);
    }

    @Test
    void whereNothingLiesBetweenTheIncumbentAndTheSuggestionOthersAreMoved() throws JsonProcessingException {
        String rows =
                "| X | one of 1, 2, 4, 8, 16, in this order | 4 |\n\nWith one JSON object, of 2 candidates, best first:\n";
        for (int wording = 0; wording < WORDINGS; wording++) {
            for (JsonNode candidate : reply(prompt(rows, "{\"X\":4}", "The random forest", "{\"X\":8}", wording))
                    .get("candidates")) {
                assertThat(candidate.get("config").get("X").intValue()).isIn(1, 2, 16);
            }
        }
    }

    @Test
    void aDrawIsNoAdvice() throws JsonProcessingException {
        String rows =
                "| X | float in [0, 1] | 0.5 |\n| Y | float in [0, 1] | 0.5 |\n\nWith one JSON object, of 3 candidates, best first:\n";
        for (String optimizer : new String[] {"CMA-ES", "TPE", "Random search"}) {
            for (int wording = 0; wording < WORDINGS; wording++) {
                String prompt = prompt(rows, "{\"X\":0.5,\"Y\":0.5}", optimizer, "{\"X\":0.1,\"Y\":0.9}", wording);
                for (JsonNode candidate : reply(prompt).get("candidates")) {
                    assertThat(candidate.get("config").get("X").doubleValue()).isNotIn(0.1, 0.5);
                    assertThat(candidate.get("config").get("Y").doubleValue()).isNotIn(0.9, 0.5);
                }
            }
        }
    }
}
