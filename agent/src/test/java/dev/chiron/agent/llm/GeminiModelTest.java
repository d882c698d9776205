package dev.chiron.agent.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiModelTest extends HttpModelContract {

    @Override
    String path() {
        return "/v1beta/models/tiny:generateContent";
    }

    @Override
    String body(String content) {
        return candidate("{\"text\":" + JSON.valueToTree(content) + "}", "STOP");
    }

    @Override
    String bodyWithReasoningOnly(String reasoning) {
        return candidate("{\"text\":\"" + reasoning + "\",\"thought\":true}", "STOP");
    }

    @Override
    String bodyCutAtLength(String content) {
        return candidate(content.isEmpty() ? "" : "{\"text\":\"" + content + "\"}", "MAX_TOKENS");
    }

    private static String candidate(String part, String finish) {
        return "{\"candidates\":[{\"content\":{\"parts\":[" + part + "],\"role\":\"model\"},\"finishReason\":\""
                + finish
                + "\"}],\"usageMetadata\":{\"promptTokenCount\":21,\"candidatesTokenCount\":3,\"thoughtsTokenCount\":4,"
                + "\"totalTokenCount\":28},\"modelVersion\":\"tiny\"}";
    }

    @Override
    String stream() {
        return "data: " + candidate("{\"text\":\"0\"}", "STOP") + "\n\n";
    }

    @Override
    List<String> declined() {
        return List.of(
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":21}}",
                "{\"candidates\":[{\"finishReason\":\"SAFETY\"}],\"usageMetadata\":{\"promptTokenCount\":21}}",
                candidate("{\"text\":\"I\"}", "PROHIBITED_CONTENT"));
    }

    @Override
    Model model(LlmOptions options, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment());
        all.putAll(environment);
        LlmOptions keyed = environment.containsKey("CHIRON_LLM_KEY") ? options.withKeyEnv("CHIRON_LLM_KEY") : options;
        return models(all).open(spec(), keyed).orElseThrow();
    }

    @Override
    String spec() {
        return "gemini:tiny";
    }

    @Override
    Map<String, String> environment() {
        return Map.of("GEMINI_API_KEY", KEY, "GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:" + server.port() + "/");
    }

    @Override
    String keyHeader() {
        return "x-goog-api-key";
    }

    @Override
    JsonNode schema(JsonNode request) {
        return request.path("generationConfig").path("responseJsonSchema");
    }

    @Override
    JsonNode temperature(JsonNode request) {
        return request.path("generationConfig").path("temperature");
    }

    @Test
    void sendsNoMoreThanItWasToldToAndNoKeyInTheUrl() throws InterruptedException {
        answer(200, body("0.003"));

        model().answer(QUESTION);

        JsonNode config = sent(0).path("generationConfig");
        assertThat(config.path("maxOutputTokens").asInt()).isEqualTo(16_384);
        assertThat(List.of("temperature", "thinkingConfig", "responseJsonSchema", "responseSchema"))
                .noneMatch(config::has);
        assertThat(sent(0).has("systemInstruction")).isFalse();
        assertThat(posts().get(0).getHeader("x-goog-api-key")).isEqualTo(KEY);
        assertThat(posts().get(0).getUrl()).doesNotContain("key=");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gemini-2.0-flash, ON, -, -, 4096",
                "gemini-2.5-flash, OFF, 0, -, 4096",
                "gemini-2.5-flash, ON, -1, -, 16384",
                "gemini-2.5-flash, LOW, 2048, -, 16384",
                "gemini-2.5-pro, OFF, 128, -, 8192",
                "gemini-3-flash-preview, OFF, -, minimal, 16384",
                "gemini-3.1-pro, OFF, -, low, 16384",
                "gemini-3.1-pro, ON, -, -, 16384",
                "gemini-3.1-pro, HIGH, -, high, 16384"
            })
    void thinksAsTheModelCanBeTold(String model, Thinking think, Integer budget, String level, int limit)
            throws InterruptedException {
        server.stubFor(post(anyUrl()).willReturn(aResponse().withBody(body("0.003"))));

        models(environment())
                .open("gemini:" + model, LlmOptions.defaults().withThink(think))
                .orElseThrow()
                .answer(QUESTION);

        JsonNode config = read(server.getAllServeEvents().get(0).getRequest().getBodyAsString())
                .path("generationConfig");
        JsonNode thinking = config.path("thinkingConfig");
        assertThat(
                        thinking.path("thinkingBudget").isInt()
                                ? thinking.path("thinkingBudget").asInt()
                                : null)
                .isEqualTo(budget);
        assertThat(thinking.path("thinkingLevel").asText(null)).isEqualTo(level);
        assertThat(config.path("maxOutputTokens").asInt()).isEqualTo(limit);
    }

    @Test
    void theWaitInTheBodyIsKeptToo() throws InterruptedException {
        recoverAfter(
                aResponse()
                        .withStatus(429)
                        .withBody(
                                "{\"error\":{\"code\":429,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\","
                                        + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"37.5s\"}]}}"));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("0.003", new Usage(2, 21, 7)));
        assertThat(waits).containsExactly(Duration.ofMillis(37_500));
    }

    @Test
    void googlesOtherVariableHoldsTheKeyToo() throws InterruptedException {
        answer(200, body("0.003"));
        Map<String, String> environment = new TreeMap<>(environment());
        environment.remove("GEMINI_API_KEY");
        environment.put("GOOGLE_API_KEY", "AIzaOther0123");

        models(environment).open(spec(), LlmOptions.defaults()).orElseThrow().answer(QUESTION);

        assertThat(posts().get(0).getHeader("x-goog-api-key")).isEqualTo("AIzaOther0123");
    }
}
