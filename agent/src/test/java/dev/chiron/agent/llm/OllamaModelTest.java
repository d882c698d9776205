package dev.chiron.agent.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OllamaModelTest extends HttpModelContract {

    @Override
    String path() {
        return "/api/chat";
    }

    @Override
    String body(String content) {
        String quoted = JSON.valueToTree(content).toString();
        return "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":" + quoted
                + "},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":21,\"eval_count\":7}";
    }

    @Override
    String bodyWithReasoningOnly(String reasoning) {
        return "{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"" + reasoning
                + "\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":21,\"eval_count\":7}";
    }

    @Override
    String bodyCutAtLength(String content) {
        return "{\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"done\":true,\"done_reason\":\"length\",\"prompt_eval_count\":21,\"eval_count\":7}";
    }

    @Override
    String stream() {
        return "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"0\"},\"done\":false}\n"
                + "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\".003\"},\"done\":true}\n";
    }

    @Override
    List<String> declined() {
        return List.of();
    }

    @Test
    void theFirstPieceOfAStreamIsNoReply() throws InterruptedException {
        answer(200, stream().lines().findFirst().orElseThrow());

        assertThat(why(model().answer(QUESTION))).contains("stream");
    }

    @Override
    Model model(LlmOptions options, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(environment());
        LlmOptions keyed = environment.containsKey("CHIRON_LLM_KEY") ? options.withKeyEnv("CHIRON_LLM_KEY") : options;
        return models(all).open(spec(), keyed).orElseThrow();
    }

    @Override
    String spec() {
        return "ollama:tiny";
    }

    @Override
    Map<String, String> environment() {
        return Map.of("OLLAMA_HOST", "127.0.0.1:" + server.port());
    }

    @Override
    JsonNode schema(JsonNode request) {
        return request.path("format");
    }

    @Override
    JsonNode temperature(JsonNode request) {
        return request.path("options").path("temperature");
    }

    @Test
    void saysWhetherToThinkHowLongToAnswerAndHowLongToStay() throws InterruptedException {
        answer(200, body("0.003"));

        model().answer(QUESTION);

        assertThat(sent(0).path("model").asText()).isEqualTo("tiny");
        assertThat(sent(0).path("stream").asBoolean(true)).isFalse();
        assertThat(sent(0).path("think").isBoolean()).isTrue();
        assertThat(sent(0).path("think").asBoolean(true)).isFalse();
        assertThat(sent(0).path("keep_alive").asInt()).isEqualTo(1800);
        assertThat(sent(0).path("options").path("num_predict").asInt()).isEqualTo(2048);
        assertThat(sent(0).path("options").path("num_ctx").asInt()).isEqualTo(4096);
        assertThat(temperature(sent(0)).isMissingNode()).isTrue();
        assertThat(schema(sent(0)).isMissingNode()).isTrue();
        assertThat(sent(0).path("messages").size()).isEqualTo(1);
        assertThat(sent(0).path("messages").path(0).path("content").asText()).isEqualTo(QUESTION.prompt());
        assertThat(posts().get(0).containsHeader("Authorization")).isFalse();
    }

    @Test
    void takesTheSettingsOfTheStudy() throws InterruptedException {
        answer(200, body("0.003"));
        LlmOptions options = LlmOptions.defaults()
                .withThink(Thinking.ON)
                .withMaxTokens(600)
                .withKeepAlive(Duration.ZERO)
                .withTemperature(0.5);

        model(options, Map.of()).answer(QUESTION);

        assertThat(sent(0).path("think").asBoolean()).isTrue();
        assertThat(sent(0).path("options").path("num_predict").asInt()).isEqualTo(600);
        assertThat(sent(0).path("keep_alive").asInt(-5)).isZero();
        assertThat(temperature(sent(0)).asDouble()).isEqualTo(0.5);
    }

    @Test
    void aModelThatKnowsNoThinkingIsAskedWithoutIt() throws InterruptedException {
        recoverAfter(aResponse().withStatus(400).withBody("{\"error\":\"\\\"tiny\\\" does not support thinking\"}"));

        model(LlmOptions.defaults().withThink(Thinking.ON), Map.of()).answer(WITH_SCHEMA);

        assertThat(sent(1).has("think")).isFalse();
        assertThat(sent(1).has("format")).isTrue();
    }

    @Test
    void theContextGrowsWithThePromptAndNeverShrinks() throws InterruptedException {
        answer(200, body("0.003").replace("\"prompt_eval_count\":21", "\"prompt_eval_count\":3900"));
        Model model = model();

        model.answer(QUESTION);
        model.answer(new Question("0.12345678 ".repeat(400), "", "0002-0"));
        model.answer(QUESTION);

        assertThat(contexts()).containsExactly(4096, 8192, 8192);
    }

    @Test
    void theContextStaysWithinTheModelsOwnAndTheSettings() throws InterruptedException {
        answer(200, body("0.003").replace("\"prompt_eval_count\":21", "\"prompt_eval_count\":3900"));
        Question longOne = new Question("0.12345678 ".repeat(3000), "", "0002-0");

        model(LlmOptions.defaults().withContextMax(20_000), Map.of()).answer(longOne);
        server.stubFor(
                post("/api/show")
                        .willReturn(
                                aResponse()
                                        .withBody(
                                                "{\"model_info\":{\"general.architecture\":\"qwen3\",\"qwen3.context_length\":6000}}")));
        model().answer(longOne);

        assertThat(contexts()).containsExactly(20_000, 6_000);
    }

    private List<Integer> contexts() {
        List<Integer> contexts = new ArrayList<>();
        for (int i = 0; i < posts().size(); i++) {
            contexts.add(sent(i).path("options").path("num_ctx").asInt());
        }
        return contexts;
    }

    @Test
    void aPromptThatTheServerCutIsNoAnswer() throws InterruptedException {
        Question question = new Question("some words of the history ".repeat(400), "", "0002-0");
        answer(200, body("0.003").replace("\"prompt_eval_count\":21", "\"prompt_eval_count\":1024"));
        Answer tooFew = model().answer(question);
        answer(200, body("0.003").replace("\"prompt_eval_count\":21", "\"prompt_eval_count\":8192"));
        Answer filled = model().answer(question);
        answer(200, body("0.003").replace("\"prompt_eval_count\":21", "\"prompt_eval_count\":2100"));
        Answer whole = model().answer(question);
        answer(200, body("0.003").replace("\"prompt_eval_count\":21,", ""));
        Answer uncounted = model().answer(question);

        assertThat(why(tooFew)).contains("cut the prompt", "1024", "llm.context");
        assertThat(((Answer.Unreachable) tooFew).usage()).isEqualTo(new Usage(1, 1024, 7));
        assertThat(why(filled)).contains("cut the prompt");
        assertThat(whole).isInstanceOf(Answer.Replied.class);
        assertThat(uncounted).isInstanceOf(Answer.Replied.class);
    }

    @Test
    void aKeyIsSentOnlyWhenItIsNamed() throws InterruptedException {
        answer(200, body("0.003"));

        models(withKeys()).open(spec(), LlmOptions.defaults()).orElseThrow().answer(QUESTION);
        models(withKeys())
                .open(spec(), LlmOptions.defaults().withKeyEnv("MY_KEY"))
                .orElseThrow()
                .answer(QUESTION);

        assertThat(posts().get(0).containsHeader("Authorization")).isFalse();
        assertThat(posts().get(1).getHeader("Authorization")).isEqualTo("Bearer my-own-key-1");
    }

    private Map<String, String> withKeys() {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("OPENAI_API_KEY", KEY);
        environment.put("CHIRON_LLM_KEY", KEY);
        environment.put("MY_KEY", "my-own-key-1");
        return environment;
    }
}
