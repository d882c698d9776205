package dev.chiron.agent.llm.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
    private WireMockServer proxy;

    @BeforeEach
    void start() {
        proxy = new WireMockServer(options().dynamicPort());
        proxy.start();
        proxy.stubFor(any(anyUrl()).willReturn(aResponse().withBody("through")));
    }

    @AfterEach
    void stop() {
        proxy.stop();
    }

    private String fetch(Map<String, String> environment) {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url("http://models.invalid/v1/models")
                .build();
        return new OkHttpTransport(Duration.ofSeconds(30), InstantSource.system(), new Proxies(environment))
                .execute(request)
                .body();
    }

    @Test
    void aServerThatNobodyKnowsHereIsReachedThroughTheProxy() {
        assertThat(fetch(Map.of("http_proxy", "http://127.0.0.1:" + proxy.port())))
                .isEqualTo("through");
        assertThat(fetch(Map.of("ALL_PROXY", "127.0.0.1:" + proxy.port()))).isEqualTo("through");
        assertThat(proxy.getAllServeEvents().get(0).getRequest().getHeader("Host"))
                .isEqualTo("models.invalid");
        assertThatThrownBy(
                        () -> fetch(Map.of("http_proxy", "http://127.0.0.1:" + proxy.port(), "no_proxy", ".invalid")))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aProxyThatAsksIsToldWhoItIsAndOnlyOnce() {
        proxy.resetAll();
        proxy.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(407).withHeader("Proxy-Authenticate", "Basic")));
        proxy.stubFor(any(anyUrl())
                .withHeader("Proxy-Authorization", equalTo("Basic bWU6c2VjcmV0"))
                .willReturn(aResponse().withBody("through")));

        assertThat(fetch(Map.of("http_proxy", "http://me:secret@127.0.0.1:" + proxy.port())))
                .isEqualTo("through");
        assertThatThrownBy(() -> fetch(Map.of("http_proxy", "http://me:wrong@127.0.0.1:" + proxy.port())))
                .isInstanceOf(StatusException.class)
                .hasMessageNotContaining("wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:11434/api, false",
        "http://127.0.0.1:11434/api, false",
        "http://[::1]:11434/api, false",
        "https://lab.example.com/v1, false",
        "https://example.com/v1, false",
        "https://notexample.com/v1, true",
        "https://api.openai.com/v1, true"
    })
    void thisMachineAndWhatIsLeftOutAreAskedDirectly(String uri, boolean through) {
        Proxies proxies = new Proxies(
                Map.of("HTTPS_PROXY", "http://proxy:3128", "HTTP_PROXY", "proxy", "NO_PROXY", "a, .example.com:443"));

        List<Proxy> selected = proxies.select(URI.create(uri));

        assertThat(selected).hasSize(1);
        assertThat(selected.get(0).type()).isEqualTo(through ? Proxy.Type.HTTP : Proxy.Type.DIRECT);
    }

    @Test
    void aBadAddressIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> new Proxies(Map.of("https_proxy", "http://me:sec ret@proxy"))
                        .select(URI.create("https://api.openai.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https_proxy")
                .hasMessageNotContaining("sec ret");
    }
}
