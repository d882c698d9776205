package dev.chiron.agent.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaProbeTest {
    private WireMockServer server;

    @BeforeEach
    void start() {
        server = new WireMockServer(options().dynamicPort());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private OllamaProbe probe(Duration patience) {
        return new OllamaProbe(Map.of("OLLAMA_HOST", "127.0.0.1:" + server.port()), "", patience);
    }

    private OllamaProbe probe() {
        return probe(Duration.ofSeconds(30));
    }

    @Test
    void saysWhichModelsAreThere() {
        server.stubFor(get("/api/tags")
                .willReturn(aResponse()
                        .withBody("{\"models\":[{\"name\":\"qwen3:0.6b\",\"size\":522653767},{\"model\":\"b\"},{}]}")));

        assertThat(probe().look())
                .isEqualTo(new OllamaProbe.Finding(
                        "http://127.0.0.1:" + server.port(),
                        true,
                        List.of(
                                new OllamaProbe.LocalModel("qwen3:0.6b", 522_653_767L),
                                new OllamaProbe.LocalModel("b", 0))));
    }

    @Test
    void readsTheContextLengthOfAnyArchitecture() {
        server.stubFor(
                post("/api/show")
                        .withRequestBody(equalToJson("{\"model\":\"q\"}"))
                        .willReturn(
                                aResponse()
                                        .withBody(
                                                "{\"model_info\":{\"general.architecture\":\"qwen3\",\"qwen3.context_length\":40960}}")));

        assertThat(probe().contextLength("q")).hasValue(40_960);
        assertThat(probe().contextLength("unknown")).isEmpty();
    }

    @Test
    void readsHowManyParametersAModelHas() {
        server.stubFor(post("/api/show")
                .withRequestBody(equalToJson("{\"model\":\"q\"}"))
                .willReturn(aResponse().withBody("{\"details\":{\"parameter_size\":\"751.63M\"}}")));

        assertThat(probe().billions("q")).hasValue(0.75163);
        assertThat(probe().billions("unknown")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"models\":3}", "{\"mod"})
    void anotherServerIsNotOllama(String body) {
        server.stubFor(get("/api/tags").willReturn(aResponse().withBody(body)));
        server.stubFor(post("/api/show").willReturn(aResponse().withBody(body)));

        assertThat(probe().look().answers()).isFalse();
        assertThat(probe().contextLength("q")).isEmpty();
        assertThat(probe().billions("q")).isEmpty();
    }

    @Test
    void nobodyThereAndTooSlowAreValues() {
        server.stubFor(get("/api/tags").willReturn(aResponse().withFixedDelay(20_000)));
        assertThat(probe(Duration.ofMillis(100)).look().answers()).isFalse();
        OllamaProbe probe = new OllamaProbe(Map.of("OLLAMA_HOST", "127.0.0.1:" + server.port()));
        server.stop();
        assertThat(probe.look().answers()).isFalse();
    }
}
