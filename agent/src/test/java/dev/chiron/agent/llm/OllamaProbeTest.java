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
import java.util.OptionalDouble;
import java.util.OptionalInt;
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

    @Test
    void readsVersionThinkingAndWhatIsLoaded() {
        server.stubFor(get("/api/version").willReturn(aResponse().withBody("{\"version\":\"0.13.2\"}")));
        server.stubFor(post("/api/show").willReturn(aResponse().withBody("{\"capabilities\":[\"completion\"]}")));
        server.stubFor(get("/api/ps")
                .willReturn(aResponse()
                        .withBody("{\"models\":[{\"name\":\"a\"},{\"model\":\"q:latest\",\"context_length\":8192,"
                                + "\"size\":100,\"size_vram\":25}]}")));

        assertThat(probe().version()).contains("0.13.2");
        assertThat(probe().thinks("q")).contains(false);
        assertThat(probe().loaded("q"))
                .contains(new OllamaProbe.Loaded(OptionalInt.of(8_192), OptionalDouble.of(0.25)));
        assertThat(probe().loaded("a")).contains(new OllamaProbe.Loaded(OptionalInt.empty(), OptionalDouble.empty()));
        assertThat(probe().loaded("b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"models\":3}", "{\"mod"})
    void anotherServerIsNotOllama(String body) {
        server.stubFor(get("/api/tags").willReturn(aResponse().withBody(body)));
        server.stubFor(post("/api/show").willReturn(aResponse().withBody(body)));

        assertThat(probe().look().answers()).isFalse();
        assertThat(probe().contextLength("q")).isEmpty();
        assertThat(probe().billions("q")).isEmpty();
        assertThat(probe().version()).isEmpty();
        assertThat(probe().thinks("q")).isEmpty();
        assertThat(probe().loaded("q")).isEmpty();
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
