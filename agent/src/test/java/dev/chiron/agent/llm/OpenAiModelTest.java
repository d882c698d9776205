package dev.chiron.agent.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiModelTest extends HttpModelContract {

    @Override
    String path() {
        return "/v1/chat/completions";
    }

    @Override
    String body(String content) {
        return completion("\"content\":" + JSON.valueToTree(content), "stop");
    }

    @Override
    String bodyWithReasoningOnly(String reasoning) {
        return completion("\"content\":null,\"reasoning\":\"" + reasoning + "\"", "stop");
    }

    @Override
    String bodyCutAtLength(String content) {
        String said = content.isEmpty() ? "\"content\":null" : "\"content\":\"" + content + "\"";
        return completion(said, "length");
    }

    @Override
    String stream() {
        return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"0\"}}]}\n\n"
                + "data: [DONE]\n\n";
    }

    @Override
    List<String> declined() {
        return List.of(
                completion("\"content\":null,\"refusal\":\"I cannot help with that\"", "stop"),
                completion("\"content\":\"\"", "content_filter"));
    }

    private static String completion(String said, String finish) {
        return "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"tiny\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\"," + said + "},\"finish_reason\":\"" + finish + "\"}],"
                + "\"usage\":{\"prompt_tokens\":21,\"completion_tokens\":7,\"total_tokens\":28}}";
    }

    @Override
    Model model(LlmOptions options, Map<String, String> environment) {
        return models(environment).open(spec(), options).orElseThrow();
    }

    @Override
    String spec() {
        return "openai-compatible:tiny@http://127.0.0.1:" + server.port() + "/v1";
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    JsonNode schema(JsonNode request) {
        return request.path("response_format").path("json_schema").path("schema");
    }

    @Override
    JsonNode temperature(JsonNode request) {
        return request.path("temperature");
    }

    private Map<String, String> openai() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("OPENAI_API_KEY", KEY);
        environment.put("OPENAI_BASE_URL", "http://127.0.0.1:" + server.port() + "/v1/");
        return environment;
    }

    @Test
    void sendsNoMoreThanItWasToldTo() throws InterruptedException {
        answer(200, body("0.003"));

        model().answer(QUESTION);

        assertThat(sent(0).path("model").asText()).isEqualTo("tiny");
        assertThat(sent(0).path("max_tokens").asInt()).isEqualTo(4096);
        assertThat(sent(0).has("temperature")).isFalse();
        assertThat(sent(0).has("response_format")).isFalse();
        assertThat(posts().get(0).containsHeader("Authorization")).isFalse();
    }

    @Test
    void openAiGetsItsKeyAndTheLimitThatItsReasoningModelsTake() throws InterruptedException {
        answer(200, body("0.003"));

        models(openai())
                .open("openai:tiny", LlmOptions.defaults())
                .orElseThrow()
                .answer(WITH_SCHEMA);

        assertThat(posts().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(sent(0).path("max_completion_tokens").asInt()).isEqualTo(16_384);
        assertThat(sent(0).has("max_tokens")).isFalse();
        assertThat(sent(0).path("response_format")
                        .path("json_schema")
                        .path("strict")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void openAisKeyIsNotSentToAnAddressFromElsewhere() throws InterruptedException {
        answer(200, body("0.003"));
        Map<String, String> environment = Map.of("OPENAI_API_KEY", KEY);

        models(environment).open(spec(), LlmOptions.defaults()).orElseThrow().answer(QUESTION);
        models(environment)
                .open("openai:tiny", LlmOptions.defaults().withUrl("http://127.0.0.1:" + server.port() + "/v1"))
                .orElseThrow()
                .answer(QUESTION);

        assertThat(posts()).hasSize(2).noneMatch(request -> request.containsHeader("Authorization"));
    }

    @Test
    void anAddressFromElsewhereGetsTheKeyThatIsMeantForIt() throws InterruptedException {
        answer(200, body("0.003"));
        Map<String, String> environment = Map.of("CHIRON_LLM_KEY", "general-key-1", "LAB_KEY", "lab-key-123");

        models(environment).open(spec(), LlmOptions.defaults()).orElseThrow().answer(QUESTION);
        models(environment)
                .open(spec(), LlmOptions.defaults().withKeyEnv("LAB_KEY"))
                .orElseThrow()
                .answer(QUESTION);

        assertThat(posts().get(0).getHeader("Authorization")).isEqualTo("Bearer general-key-1");
        assertThat(posts().get(1).getHeader("Authorization")).isEqualTo("Bearer lab-key-123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning", "reasoning_content"})
    void findsReasoningWhereverTheServerPutsIt(String field) throws InterruptedException {
        answer(200, completion("\"content\":\"\",\"" + field + "\":\"0.004\"", "stop"));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("0.004", new Usage(1, 21, 7)));
    }

    @Test
    void aLimitLargerThanTheContextIsLeftOut() throws InterruptedException {
        recoverAfter(aResponse()
                .withStatus(400)
                .withBody("{\"message\":\"'max_tokens' is too large: 4096, the context length is 4096\"}"));

        model().answer(WITH_SCHEMA);

        assertThat(sent(1).has("max_tokens")).isFalse();
        assertThat(sent(1).has("response_format")).isTrue();
    }

    @Test
    void theReplyIsLimitedToTheRoomThatTheServersContextLeaves() throws InterruptedException {
        contextOf(2_000);
        answer(200, body("0.003"));

        model().answer(QUESTION);

        assertThat(sent(0).path("max_tokens").asInt()).isBetween(1_900, 1_999);
    }

    @Test
    void aPromptThatTheServersContextCutIsNoAnswer() throws InterruptedException {
        contextOf(200);
        answer(200, body("0.003"));

        assertThat(why(model().answer(new Question("some words of the history ".repeat(400), "", "0001-0"))))
                .contains("200 tokens", "cut the prompt", "read 21");
        assertThat(model().answer(QUESTION)).isInstanceOf(Answer.Replied.class);
    }

    private void contextOf(int tokens) {
        server.stubFor(get("/v1/models")
                .willReturn(aResponse().withBody("{\"data\":[{\"id\":\"tiny\",\"max_model_len\":" + tokens + "}]}")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gpt-4.1, OFF, -, 0.5, 16384",
                "o3, OFF, low, -, 16384",
                "o3, ON, -, -, 16384",
                "gpt-5, HIGH, high, -, 16384",
                "gpt-5.4, OFF, none, 0.5, 4096",
                "gpt-5.4, ON, -, -, 16384"
            })
    void thinksAsTheModelCanBeTold(String model, Thinking think, String effort, Double temperature, int limit)
            throws InterruptedException {
        answer(200, body("0.003"));

        models(openai())
                .open("openai:" + model, LlmOptions.defaults().withThink(think).withTemperature(0.5))
                .orElseThrow()
                .answer(QUESTION);

        assertThat(sent(0).path("reasoning_effort").asText(null)).isEqualTo(effort);
        assertThat(
                        sent(0).path("temperature").isNumber()
                                ? sent(0).path("temperature").asDouble()
                                : null)
                .isEqualTo(temperature);
        assertThat(sent(0).path("max_completion_tokens").asInt()).isEqualTo(limit);
    }

    @Test
    void noChoiceIsNoReply() throws InterruptedException {
        answer(200, "{\"id\":\"1\",\"choices\":[]}");

        assertThat(why(model().answer(QUESTION))).contains("without a reply");
    }
}
