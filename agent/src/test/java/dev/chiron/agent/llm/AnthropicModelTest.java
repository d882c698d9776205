package dev.chiron.agent.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicModelTest extends HttpModelContract {

    @Override
    long cached() {
        return 4;
    }

    @Override
    String path() {
        return "/v1/messages";
    }

    @Override
    String body(String content) {
        return message("{\"type\":\"text\",\"text\":" + JSON.valueToTree(content) + "}", "end_turn");
    }

    @Override
    String bodyWithReasoningOnly(String reasoning) {
        return message("{\"type\":\"thinking\",\"thinking\":\"" + reasoning + "\",\"signature\":\"s\"}", "end_turn");
    }

    @Override
    String bodyCutAtLength(String content) {
        return message(content.isEmpty() ? "" : "{\"type\":\"text\",\"text\":\"" + content + "\"}", "max_tokens");
    }

    private static String message(String content, String stop) {
        return "{\"id\":\"1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"tiny\",\"content\":[" + content
                + "],\"stop_reason\":\"" + stop + "\",\"usage\":{\"input_tokens\":11,\"cache_read_input_tokens\":4,"
                + "\"cache_creation_input_tokens\":6,\"output_tokens\":7}}";
    }

    @Override
    String stream() {
        return "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"1\"}}\n\n"
                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    @Override
    List<String> declined() {
        return List.of(message("", "refusal"), message("{\"type\":\"text\",\"text\":\"I will\"}", "refusal"));
    }

    @Override
    Model model(LlmOptions options, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment());
        all.putAll(environment);
        LlmOptions keyed = environment.containsKey("CHIRON_LLM_KEY") ? options.withKeyEnv("CHIRON_LLM_KEY") : options;
        return models(all).open(spec(), keyed).orElseThrow();
    }

    /** A model that still takes a temperature. */
    @Override
    String spec() {
        return "anthropic:claude-haiku-4-5";
    }

    @Override
    String modelName() {
        return "claude-haiku-4-5";
    }

    @Override
    Map<String, String> environment() {
        return Map.of("ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", "http://127.0.0.1:" + server.port());
    }

    @Override
    String keyHeader() {
        return "x-api-key";
    }

    @Override
    JsonNode schema(JsonNode request) {
        return request.path("output_config").path("format").path("schema");
    }

    @Override
    String expectedSchema() {
        return SCHEMA.replace(",\"minimum\":0.1", "");
    }

    @Override
    JsonNode temperature(JsonNode request) {
        return request.path("temperature");
    }

    private void ask(String model, LlmOptions options) throws InterruptedException {
        answer(200, body("0.003"));
        models(environment()).open("anthropic:" + model, options).orElseThrow().answer(QUESTION);
    }

    @Test
    void sendsNoMoreThanItWasToldTo() throws InterruptedException {
        ask("claude-haiku-4-5", LlmOptions.defaults());

        assertThat(sent(0).path("model").asText()).isEqualTo("claude-haiku-4-5");
        assertThat(sent(0).path("max_tokens").asInt()).isEqualTo(4096);
        assertThat(List.of("temperature", "thinking", "output_config", "system", "tools"))
                .noneMatch(part -> sent(0).has(part));
        assertThat(sent(0).path("stream").asBoolean()).isFalse();
        assertThat(posts().get(0).getHeader("x-api-key")).isEqualTo(KEY);
        assertThat(posts().get(0).getHeader("anthropic-version")).isEqualTo("2023-06-01");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "claude-haiku-4-5, OFF, -, -, 4096",
                "claude-haiku-4-5, ON, enabled, 8192, 16384",
                "claude-sonnet-4-6, ON, adaptive, -, 16384",
                "claude-opus-4-8, OFF, -, -, 4096",
                "claude-opus-5, OFF, disabled, -, 4096",
                "claude-opus-5-5, OFF, -, -, 16384",
                "claude-opus-5-5, HIGH, adaptive, -, 16384"
            })
    void thinksAsTheModelCanBeTold(String model, Thinking think, String type, Integer budget, int limit)
            throws InterruptedException {
        ask(model, LlmOptions.defaults().withThink(think));

        JsonNode thinking = sent(0).path("thinking");
        assertThat(thinking.path("type").asText(null)).isEqualTo(type);
        assertThat(
                        thinking.path("budget_tokens").isInt()
                                ? thinking.path("budget_tokens").asInt()
                                : null)
                .isEqualTo(budget);
        assertThat(sent(0).path("max_tokens").asInt()).isEqualTo(limit);
    }

    @Test
    void noTemperatureGoesToModelsThatRefuseIt() throws InterruptedException {
        ask("claude-opus-4-7", LlmOptions.defaults().withTemperature(0.2));
        ask("claude-haiku-4-5", LlmOptions.defaults().withTemperature(0.2).withThink(Thinking.ON));

        assertThat(sent(0).has("temperature")).isFalse();
        assertThat(sent(1).has("temperature")).isFalse();
    }

    @Test
    void aBudgetThatWouldLeaveNoRoomIsNotAsked() throws InterruptedException {
        ask("claude-haiku-4-5", LlmOptions.defaults().withThink(Thinking.ON).withMaxTokens(1500));

        assertThat(sent(0).has("thinking")).isFalse();
        assertThat(sent(0).path("max_tokens").asInt()).isEqualTo(1500);
    }

    @Test
    void aLimitAboveTheModelsOwnIsLowered() throws InterruptedException {
        recoverAfter(aResponse()
                .withStatus(400)
                .withBody("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                        + "\"max_tokens: 50000 > 4096, which is the maximum allowed number of output tokens\"}}"));

        model(LlmOptions.defaults().withMaxTokens(50_000), Map.of()).answer(WITH_SCHEMA);

        assertThat(sent(1).path("max_tokens").asInt()).isEqualTo(4096);
        assertThat(schema(sent(1)).isMissingNode()).isFalse();
    }

    @Test
    void anotherAddressDoesNotGetAnthropicsKey() throws InterruptedException {
        answer(200, body("0.003"));

        models(environment())
                .open(spec(), LlmOptions.defaults().withUrl("http://127.0.0.1:" + server.port() + "/v1"))
                .orElseThrow()
                .answer(QUESTION);

        assertThat(posts().get(0).getHeader("x-api-key")).isEqualTo("none");
    }

    @Test
    void anOverloadIsPassing() throws InterruptedException {
        recoverAfter(aResponse()
                .withStatus(529)
                .withBody("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("0.003", usage(2)));
    }
}
