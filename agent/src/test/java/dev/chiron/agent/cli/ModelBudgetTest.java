package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model of a study costs, and what happens when that is as much as it may. Each call here costs two cents. */
class ModelBudgetTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
            llm: { share: 1.0, warmup: 2, max_tokens: 100 }
            budget: { trials: 12 }
            """;
    private static final String PRICES = "openai:gpt: { input: 10, cached: 1, output: 100 }\n";

    @TempDir
    Path folder;

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().extensions(new OpenAi()));
    private final ObjectMapper json = new ObjectMapper();
    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        prices(PRICES);
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("openai")));
        screen = new Screen(folder)
                .with("OPENAI_API_KEY", "sk-x")
                .with("OPENAI_BASE_URL", "http://127.0.0.1:" + server.port() + "/v1");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void prices(String text) throws IOException {
        Files.createDirectories(folder.resolve(".config/chiron"));
        Files.writeString(folder.resolve(".config/chiron/prices.yaml"), text);
    }

    /** Proposes another value for every prompt, the same for the same one: 1,000 tokens read and 100 written. */
    private static final class OpenAi implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            String prompt = event.getRequest().getBodyAsString();
            String content = "{\\\"X\\\": 0." + (100_000 + Math.floorMod(prompt.hashCode(), 800_000)) + "}";
            return new ResponseDefinitionBuilder()
                    .withHeader("Content-Type", "application/json")
                    .withBody(says(content))
                    .build();
        }

        @Override
        public String getName() {
            return "openai";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }

    private static String says(String content) {
        return "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"gpt\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + content + "\"}}],"
                + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}}";
    }

    @ParameterizedTest
    @CsvSource({"4", "5"})
    void noAnalysisTakesTheLastCall(String calls) throws IOException {
        assertThat(screen.run("run", "--json", "--method", "agent-hpo", "--llm", "openai:gpt", "--llm-calls", calls))
                .as(screen.err())
                .isZero();
        assertThat(last().path("llm").path("calls").asText()).isEqualTo(calls);
        List<JsonNode> turns = new ArrayList<>();
        for (String line : screen.out().lines().toList()) {
            JsonNode parts = json.readTree(line).path("model").path("parts");
            if (!parts.path(0).path("questions").isMissingNode()) {
                turns.add(parts);
            }
        }
        assertThat(turns)
                .isNotEmpty()
                .allSatisfy(parts -> assertThat(parts.findValuesAsText("asked")).contains("proposer"));
    }

    private JsonNode last() throws IOException {
        List<String> lines = screen.out().lines().toList();
        return json.readTree(lines.get(lines.size() - 1));
    }

    private JsonNode first() throws IOException {
        return json.readTree(screen.out().lines().findFirst().orElseThrow());
    }

    private String trials(String study) {
        assertThat(screen.run("trials", "--json", "--study", study)).isZero();
        return screen.out().replaceAll("\"seconds\":[0-9.]+", "");
    }

    @ParameterizedTest
    @CsvSource({"--llm-usd, 0.07", "--llm-usd, 0.06", "--llm-tokens, 3300", "--llm-tokens, 4399", "--llm-calls, 3"})
    void aSpentBudgetEndsTheModelsTurnsAndNotTheStudy(String flag, String most) throws IOException {
        assertThat(screen.run("run", "--json", "--llm", "openai:gpt", flag, most))
                .isZero();

        assertThat(last().path("trials").asInt()).isEqualTo(12);
        assertThat(last().path("by_origin").toString()).isEqualTo("{\"baseline\":1,\"gp\":9,\"llm\":2}");
        JsonNode llm = last().path("llm");
        assertThat(llm.path("turns").asInt()).isEqualTo(10);
        assertThat(llm.path("calls").asInt()).as("the check, and two turns").isEqualTo(3);
        assertThat(llm.path("over_budget").asInt()).isEqualTo(8);
        assertThat(llm.path("fallbacks").asInt()).as("outages").isZero();
        assertThat(llm.path("usd").asDouble()).isEqualTo(0.06);
        assertThat(server.getAllServeEvents()).hasSize(3);
        assertThat(llm.path("checks").toString())
                .isEqualTo("{\"calls\":1,\"tokens_in\":1000,\"tokens_out\":100,\"usd\":0.02}");
        assertThat(llm.path("models").path(0).path("calls").asInt()).isEqualTo(3);
    }

    @Test
    void theCheckOfEachSessionCountsAndIsShown() throws IOException {
        screen.run("run", "--llm", "openai:gpt", "--trials", "3");
        assertThat(screen.out())
                .containsPattern("checks +1 call before the start: 1,000 tokens in, 100 out, \\$0\\.02, counted above");
        screen.run("run", "--trials", "4");
        assertThat(screen.run("status", "--json")).isZero();

        JsonNode llm = last().path("llm");
        assertThat(llm.path("checks").path("calls").asInt()).isEqualTo(2);
        assertThat(llm.path("calls").asInt()).isEqualTo(4);
        assertThat(llm.path("usd").asDouble()).isEqualTo(0.08);
        assertThat(llm.has("unused")).isFalse();

        assertThat(screen.run("run", "--json", "--trials", "8", "--llm-calls", "5"))
                .as("no check takes the last call")
                .isZero();
        assertThat(last().path("llm").path("checks").path("calls").asInt()).isEqualTo(2);
        assertThat(last().path("llm").path("calls").asInt()).isEqualTo(5);
    }

    @Test
    void noCallIsMadeWhoseLongestReplyCouldPassTheBound() throws IOException {
        // 3,000 tokens of reply are 30 cents, of which each call uses one
        assertThat(screen.run(
                        "run", "--json", "--llm", "openai:gpt", "--llm-usd", "0.36", "--set", "llm.max_tokens=3000"))
                .isZero();

        JsonNode llm = last().path("llm");
        assertThat(llm.path("calls").asInt()).isBetween(2, 4);
        assertThat(llm.path("over_budget").asInt())
                .as("all turns, but for the calls that are no check")
                .isEqualTo(11 - llm.path("calls").asInt());
        assertThat(screen.err()).doesNotContain("will not be asked at all");
        assertThat(screen.run(
                        "run", "--fresh", "--llm", "openai:gpt", "--llm-usd", "0.2", "--set", "llm.max_tokens=3000"))
                .isZero();
        assertThat(screen.err())
                .containsPattern("Note: one call to openai:gpt may cost up to \\$0.3\\d+, by llm.max_tokens, "
                        + "and budget.llm_usd leaves \\$0.20: it will not be asked at all")
                .containsPattern(
                        "budget.llm_usd: \\$0 of \\$0.20 are spent, and the next call may cost up to \\$0.3\\d; llm.max_tokens");
    }

    @Test
    void whereNoCallIsAllowedNotEvenTheCheckIsMade() {
        for (String bound : List.of("--llm-calls", "--llm-tokens", "--llm-usd")) {
            assertThat(screen.run("run", "--fresh", "--llm", "openai:gpt", bound, "0", "--trials", "4"))
                    .isZero();
        }
        assertThat(server.getAllServeEvents()).isEmpty();
    }

    @Test
    void aReplayEndsTheModelsTurnsWhereTheyEnded() {
        assertThat(screen.run("run", "--quiet", "--llm", "openai:gpt", "--llm-usd", "0.07"))
                .isZero();
        assertThat(screen.run(
                        "run", "--quiet", "--llm", "replay:" + folder.resolve("chiron-study"), "--study", "again"))
                .isZero();
        assertThat(trials("again")).isEqualTo(trials("chiron-study"));
    }

    @Test
    void anAnswerForATurnThatNeverComesIsPaidAllTheSame() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "sleep 1; echo loss: $1\n");
        String[] timed = {"run", "--json", "--llm", "openai:gpt", "--time", "2500ms", "--set", "budget.trials=none"};
        assertThat(screen.run(timed)).as(screen.err()).isZero();
        JsonNode llm = last().path("llm");
        int turns = llm.path("turns").asInt();
        assertThat(llm.path("calls").asInt())
                .as("the turns, the one that does not come, and the check")
                .isEqualTo(turns + 2)
                .isEqualTo(server.getAllServeEvents().size());
        assertThat(llm.path("usd").decimalValue()).isEqualByComparingTo(cents(2 * (turns + 2)));
        assertThat(llm.path("unused").toString())
                .isEqualTo("{\"turns\":1,\"calls\":1,\"tokens_in\":1000,\"tokens_out\":100,\"usd\":0.02}");
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out())
                .containsPattern(
                        "unused +1 turns that are in no trial: 1,000 tokens in, 100 out, \\$0\\.02, counted above");

        // the turn comes after all, with the answer that is there; what it costs bounds no more than it did
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        String most = cents(2 * (turns + 2)).toString();
        String trials = Integer.toString(turns + 3);
        assertThat(screen.run("run", "--json", "--time", "1h", "--trials", trials, "--llm-usd", most))
                .isZero();
        assertThat(last().path("llm").path("turns").asInt()).isEqualTo(turns + 1);
        assertThat(last().path("llm").path("over_budget").asInt()).isZero();
        assertThat(last().path("llm").path("usd").decimalValue())
                .as("nothing is left for another check")
                .isEqualByComparingTo(cents(2 * (turns + 2)));
        assertThat(last().path("llm").has("unused")).isFalse();
    }

    private static BigDecimal cents(int cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    @Test
    void thatTheBudgetIsSpentIsSaidOnceAndCounted() {
        assertThat(screen.run("run", "--llm", "openai:gpt", "--llm-usd", "0.07", "--llm-required"))
                .isZero();

        assertThat(screen.err())
                .containsOnlyOnce("the model's budget is spent, the optimizer takes its turns from here on")
                .contains("budget.llm_usd: $0.06 of $0.07 are spent, and the next call costs about $0.02")
                .doesNotContain("fell to the optimizer");
        assertThat(screen.out())
                .containsPattern("cost +\\$0\\.06, about \\$0\\.02 a turn")
                .containsPattern("over budget +8: turns of the model")
                .containsPattern("fallbacks +none");
        assertThat(screen.run("show", "3")).isZero();
        assertThat(screen.out()).contains("The model's turn: 1 calls, 1,000 tokens in, 100 out, $0.02");
        assertThat(screen.run("show", "9")).isZero();
        assertThat(screen.out()).contains("0 calls", "taken by the optimizer: budget.llm_usd");
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).contains("$0.06, about $0.02 a turn");
    }

    @Test
    void aResumedStudyEndsTheModelsTurnsWhereTheUninterruptedOneDoes() {
        screen.run("run", "--llm", "openai:gpt", "--llm-usd", "0.07", "--study", "whole");
        screen.run("run", "--llm", "openai:gpt", "--llm-usd", "0.07", "--study", "parts", "--trials", "4");
        screen.run("run", "--study", "parts", "--trials", "6");
        assertThat(screen.run("run", "--study", "parts", "--trials", "12")).isZero();

        assertThat(trials("parts")).isEqualTo(trials("whole")).contains("over_budget");
    }

    @Test
    void moreMoneyGivesTheModelItsTurnsBack() throws IOException {
        screen.run("run", "--llm", "openai:gpt", "--llm-calls", "1", "--trials", "6");
        assertThat(screen.run("run", "--json", "--llm-calls", "3", "--trials", "9"))
                .isZero();

        assertThat(last().path("llm").path("calls").asInt())
                .as("one of them a check")
                .isEqualTo(3);
        assertThat(last().path("llm").path("over_budget").asInt()).isEqualTo(5);
    }

    @Test
    void whatAnUnusableReplyCostsIsCounted() throws IOException {
        server.resetMappings();
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(says(""))));
        assertThat(screen.run("run", "--json", "--llm", "openai:gpt", "--llm-usd", "0.07"))
                .isZero();

        JsonNode llm = last().path("llm");
        assertThat(llm.path("fallbacks").asInt()).isEqualTo(2);
        assertThat(llm.path("over_budget").asInt()).isEqualTo(8);
        assertThat(llm.path("usd").asDouble()).as("with the check").isEqualTo(0.06);
    }

    @ParameterizedTest
    @CsvSource({"--llm-usd, 0.07", "--llm-tokens, 1600"})
    void whatMayHaveBeenPaidForNothingEndsTheModelsTurns(String flag, String most) throws IOException {
        server.resetMappings();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{\"id\":\"1\",\"object")));
        assertThat(screen.run("run", "--json", "--llm", "openai:gpt", flag, most, "--study", "cut"))
                .isZero();

        JsonNode llm = last().path("llm");
        int calls = llm.path("calls").asInt();
        assertThat(calls).isBetween(2, 6);
        assertThat(llm.path("doubtful").asInt()).isEqualTo(calls);
        assertThat(llm.path("fallbacks").asInt()).as("all but the check").isEqualTo(calls - 1);
        assertThat(llm.path("over_budget").asInt()).isEqualTo(11 - calls);
        assertThat(llm.path("tokens_out").asInt()).as("llm.max_tokens each").isEqualTo(100 * calls);
        assertThat(llm.path("usd").asDouble()).isGreaterThan(0.01 * calls).isLessThanOrEqualTo(0.07);
        assertThat(screen.run("status", "--study", "cut")).isZero();
        assertThat(screen.out())
                .contains("in doubt", calls + " calls without an answer that may have been charged all the same");
        assertThat(screen.run("show", "2", "--study", "cut")).isZero();
        assertThat(screen.out()).contains("of it 1 call without an answer that may have been charged");

        server.stop();
        assertThat(screen.run("run", "--llm", "replay:" + folder.resolve("cut"), flag, most, "--study", "again"))
                .isZero();
        assertThat(trials("again")).isEqualTo(trials("cut")).contains("\"doubtful\":1");
    }

    @Test
    void aTurnWhoseRepliesAreSentBackEndsInItsMiddle() throws IOException {
        server.resetMappings();
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(says("no idea"))));
        assertThat(screen.run("run", "--json", "--llm", "openai:gpt", "--llm-calls", "5", "--trials", "5"))
                .isZero();

        JsonNode llm = last().path("llm");
        assertThat(llm.path("calls").asInt()).as("with the check").isEqualTo(5);
        assertThat(llm.path("rejected").asInt()).isEqualTo(4);
        assertThat(llm.path("fallbacks").asInt()).isEqualTo(1);
        assertThat(llm.path("over_budget").asInt()).isEqualTo(2);
    }

    @Test
    void anUnknownPriceIsNoPriceAndTheMessageSaysHowToWriteIt() throws IOException {
        prices("# none yet\n");
        assertThat(screen.run("run", "--llm", "openai:gpt", "--llm-usd", "1")).isEqualTo(2);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
        assertThat(server.getAllServeEvents()).isEmpty();
        String line = screen.err()
                .lines()
                .filter(text -> text.contains("{"))
                .findFirst()
                .orElseThrow();
        assertThat(screen.err()).contains("openai:gpt", ".config/chiron/prices.yaml");

        prices(line.strip() + "\n");
        assertThat(screen.run("run", "--llm", "openai:gpt", "--llm-usd", "1")).isZero();
    }

    @Test
    void withoutABoundAnUnknownPriceIsAnUnknownCost() throws IOException {
        prices("# none yet\n");
        assertThat(screen.run("run", "--json", "--llm", "openai:gpt", "--trials", "4"))
                .isZero();
        assertThat(last().path("llm").path("usd").isNull()).isTrue();
        assertThat(first().path("llm_estimate").path("usd").isNull()).isTrue();
        assertThat(folder.resolve("chiron-study/prices.yaml")).doesNotExist();
        screen.run("status");
        assertThat(screen.out()).contains("unknown: no price is known for openai:gpt");
        screen.run("show", "3");
        assertThat(screen.out()).contains("cost unknown");

        prices(PRICES);
        assertThat(screen.run("run", "--json", "--llm-usd", "0.05", "--trials", "6"))
                .as("what was spent before is reckoned once its price is known")
                .isZero();
        assertThat(last().path("llm").path("over_budget").asInt()).isEqualTo(2);
    }

    @Test
    void aStudyKeepsThePricesThatItBeganWith() throws IOException {
        screen.run("run", "--llm", "openai:gpt", "--trials", "4");
        assertThat(folder.resolve("chiron-study/prices.yaml"))
                .content()
                .contains("openai:gpt", "input: 10", "cached: 1", "output: 100");

        prices("openai:gpt: { input: 1000, output: 1000 }\n");
        assertThat(screen.run("run", "--json", "--trials", "6")).isZero();
        assertThat(last().path("llm").path("usd").asDouble())
                .as("four turns, two checks")
                .isEqualTo(0.12);
    }

    @Test
    void aFileOfPricesCanBeNamedAndABrokenOneIsRefused() throws IOException {
        Files.writeString(folder.resolve("ours.yaml"), "\"openai:*\": { input: 20, output: 200 }\n");
        assertThat(screen.run("run", "--json", "--llm", "openai:gpt", "--set", "llm.prices=ours.yaml", "--trials", "3"))
                .isZero();
        assertThat(last().path("llm").path("usd").asDouble())
                .as("a turn, a check")
                .isEqualTo(0.08);

        Files.writeString(folder.resolve("ours.yaml"), "openai:gpt: { input: cheap, output: 1 }\n");
        assertThat(screen.run("run", "--llm", "openai:gpt", "--set", "llm.prices=ours.yaml", "--fresh"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("ours.yaml:1: openai:gpt.input", "cheap");
        assertThat(screen.run("run", "--set", "llm.prices=gone.yaml", "--fresh"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("gone.yaml");
    }

    @Test
    void whatItWillCostIsSaidBeforeTheStart() throws IOException {
        assertThat(screen.run("run", "--json", "--llm", "openai:gpt")).isZero();
        JsonNode estimate = first().path("llm_estimate");
        assertThat(estimate.path("turns").asInt()).isEqualTo(10);
        long in = estimate.path("tokens_in").asLong();
        long out = estimate.path("tokens_out").asLong();
        assertThat(in).isBetween(10 * 200L, 10 * 2500L);
        assertThat(out).isEqualTo(10 * 500L);
        assertThat(estimate.path("usd").asDouble()).isEqualTo((in * 10 + out * 100) / 1e6);

        assertThat(screen.run("run", "--trials", "14")).isZero();
        assertThat(screen.err()).contains("The model's 2 turns will take about", "about $0.1");
    }

    @Test
    void aProgramsTokensAreEstimated() throws IOException {
        Files.writeString(folder.resolve("same.sh"), "echo '{\"X\": 0.25}'\n");
        String model = "command:sh " + folder.resolve("same.sh");
        assertThat(screen.run("run", "--json", "--llm", model, "--llm-tokens", "3000"))
                .isZero();

        assertThat(last().path("llm").path("tokens_in").asLong()).isBetween(200L, 3000L);
        assertThat(last().path("llm").path("over_budget").asInt()).isPositive();
        assertThat(last().path("llm").path("usd").isNull()).isTrue();
    }

    @Test
    void aReplayRepeatsAStudyToTheCent() {
        screen.run("run", "--llm", "openai:gpt", "--llm-usd", "0.07", "--study", "paid");
        server.stop();
        String model = "replay:" + folder.resolve("paid");
        assertThat(screen.run("run", "--llm", model, "--llm-usd", "0.07", "--study", "again"))
                .isZero();

        assertThat(trials("again")).isEqualTo(trials("paid")).contains("\"usd\":0.02");
    }

    @Test
    void modelsThatAreFreeKeepEveryBound() throws IOException {
        assertThat(screen.run("run", "--json", "--llm", "builtin", "--llm-usd", "0", "--llm-tokens", "0"))
                .isZero();
        assertThat(last().path("llm").path("over_budget").asInt()).isZero();
        assertThat(last().path("llm").path("usd").asDouble()).isZero();
    }
}
