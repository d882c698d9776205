package dev.chiron.agent.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say of themselves: context lengths, keys, models. */
class ProbesTest {
    private static final String KEY = "sk-test-0123456789abcdef";

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

    private String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private void says(String path, String body) {
        server.stubFor(get(urlPathEqualTo(path)).willReturn(aResponse().withBody(body)));
    }

    private Models models(String... variables) {
        Map<String, String> environment = new TreeMap<>();
        for (String variable : variables) {
            environment.put(variable, KEY);
        }
        environment.put("OPENAI_BASE_URL", url() + "/v1");
        environment.put("ANTHROPIC_BASE_URL", url());
        environment.put("GOOGLE_GEMINI_BASE_URL", url());
        return new Models(environment, prompt -> "");
    }

    private OptionalInt compatible() {
        return models().contextLength("openai-compatible:tiny@" + url() + "/v1", LlmOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/models|{'data':[{'id':'a'},{'id':'tiny','max_model_len':40960}]}|40960",
                "/v1/models|{'data':[{'id':'/models/tiny.gguf','context_length':8192}]}|8192",
                "/props|{'default_generation_settings':{'n_ctx':65536},'total_slots':4}|65536",
                "/api/v0/models|{'data':[{'id':'tiny','max_context_length':131072,'loaded_context_length':4096}]}|4096",
                "/api/v0/models|{'data':[{'id':'tiny','max_context_length':131072}]}|131072"
            })
    void aServersOwnContextIsAsked(String path, String body, int length) {
        says(path, body.replace('\'', '"'));

        assertThat(compatible()).hasValue(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{\"data\":3}",
                "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\",\"max_model_len\":1}]}",
                "{\"data\":[{\"id\":\"tiny\",\"max_model_len\":-1}]}",
                "{\"data\":[{\"id\":\"tiny\",\"max_model_len\":1e99}]}"
            })
    void whatIsNotSaidIsNotAssumed(String body) {
        server.stubFor(get(anyUrl()).willReturn(aResponse().withBody(body)));

        assertThat(compatible()).isEmpty();
        assertThat(models("OPENAI_API_KEY").contextLength("openai:tiny", LlmOptions.defaults()))
                .isEmpty();
        assertThat(models().contextLength("builtin", LlmOptions.defaults())).isEmpty();
    }

    @Test
    void hostedContextsAreAskedToo() {
        says("/v1/models/claude", "{\"id\":\"claude\",\"max_input_tokens\":1000000}");
        says("/v1beta/models/pro", "{\"name\":\"models/pro\",\"inputTokenLimit\":1048576}");
        Models models = models("ANTHROPIC_API_KEY", "GOOGLE_API_KEY");

        assertThat(models.contextLength("anthropic:claude", LlmOptions.defaults()))
                .hasValue(1_000_000);
        assertThat(models.contextLength("gemini:pro", LlmOptions.defaults())).hasValue(1_048_576);
        server.verify(getRequestedFor(urlPathEqualTo("/v1/models/claude")).withHeader("x-api-key", equalTo(KEY)));
        server.verify(getRequestedFor(urlPathEqualTo("/v1beta/models/pro")).withHeader("x-goog-api-key", equalTo(KEY)));
    }

    @Test
    void aProviderIsAskedOnlyWhenItsKeyIsSet() {
        says(
                "/v1/models",
                "{\"data\":[{\"id\":\"claude\",\"max_input_tokens\":200000,"
                        + "\"capabilities\":{\"structured_outputs\":{\"supported\":true}}},{\"id\":\"\"}]}");

        assertThat(models().hosted()).isEmpty();
        assertThat(models("ANTHROPIC_API_KEY").hosted())
                .containsExactly(new HostedProbe.Finding(
                        "anthropic",
                        "",
                        List.of(new HostedProbe.Offer("claude", OptionalInt.of(200_000), Optional.of(true)))));
    }

    @Test
    void aRefusedKeyIsSaidAndNotShown() {
        server.stubFor(get(anyUrl())
                .willReturn(aResponse().withStatus(401).withBody("{\"error\":{\"message\":\"bad " + KEY + "\"}}")));

        List<HostedProbe.Finding> found =
                models("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY").hosted();

        assertThat(found).extracting(HostedProbe.Finding::provider).containsExactly("openai", "anthropic", "gemini");
        assertThat(found)
                .allSatisfy(finding -> assertThat(finding.trouble())
                        .contains("the key is refused", "bad")
                        .doesNotContain(KEY));
    }

    @Test
    void nobodyThereIsSaid() {
        Models models = models("OPENAI_API_KEY");
        server.stop();

        assertThat(models.hosted().get(0).trouble()).contains("no answer at");
    }
}
