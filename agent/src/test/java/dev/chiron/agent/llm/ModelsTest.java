package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
    private static final LlmOptions DEFAULTS = LlmOptions.defaults();

    private static Models models(Map<String, String> environment) {
        return new Models(environment, prompt -> "");
    }

    @Test
    void noneIsNoModel() {
        assertThat(models(Map.of()).open("none", DEFAULTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gpt-4",
                "ollama",
                "ollama:",
                "ollama: ",
                "none:x",
                "builtin:x",
                "anthropic:",
                "gemini",
                "claude:opus",
                "Ollama:tiny",
                "command:",
                "replay:",
                "openai:"
            })
    void anUnknownSpecNamesTheKnownOnes(String spec) {
        assertThatThrownBy(() -> models(Map.of()).open(spec, DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + spec + "\"")
                .hasMessageContaining("ollama:NAME");
    }

    @ParameterizedTest
    @CsvSource({
        "ollama:qwen3:0.6b, ollama:qwen3:0.6b",
        "builtin, builtin",
        "openai:gpt-5, openai:gpt-5",
        "anthropic:claude-opus-5-5, anthropic:claude-opus-5-5",
        "gemini:gemini-3-flash, gemini:gemini-3-flash",
        "openai-compatible:org/model@7b@http://host:8000/v1/, openai-compatible:org/model@7b@http://host:8000/v1",
        "openai-compatible:m@https://h/v1/chat/completions, openai-compatible:m@https://h/v1",
        "command:/bin/sh -p, command:/bin/sh -p"
    })
    void aModelIsNamedByItsSpec(String spec, String name) {
        Models models = models(Map.of(
                "OPENAI_API_KEY", "sk-0123456789",
                "ANTHROPIC_API_KEY", "sk-ant-0123456789",
                "GOOGLE_API_KEY", "AIza0123456789"));

        assertThat(models.open(spec, DEFAULTS).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void openAiNeedsItsKey() {
        assertThatThrownBy(() -> models(Map.of("OPENAI_API_KEY", " ")).open("openai:gpt-5", DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OPENAI_API_KEY");
        assertThatThrownBy(() -> models(Map.of()).open("openai:gpt-5", DEFAULTS.withKeyEnv("LAB_KEY")))
                .hasMessageContaining("LAB_KEY");
    }

    @Test
    void aKeyThatCannotBeAHeaderIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() ->
                        models(Map.of("OPENAI_API_KEY", "sk-0123\n456789")).open("openai:gpt-5", DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageNotContaining("0123");
    }

    @Test
    void theOldNameOfTheBaseUrlIsRefusedInsteadOfIgnored() {
        Map<String, String> old = Map.of("OPENAI_API_KEY", "sk-0123456789", "OPENAI_API_BASE", "http://lab/v1");

        assertThatThrownBy(() -> models(old).open("openai:gpt-5", DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OPENAI_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai-compatible:m",
                "openai-compatible:@http://h/v1",
                "openai-compatible:m@ftp://h/v1",
                "openai-compatible:m@http://me:secret-word@h/v1",
                "openai-compatible:m@http://h/v1?key=secret-word",
                "openai-compatible:m@http://",
                "openai-compatible:m@http://h:99999/v1"
            })
    void aBadAddressIsRefusedWithoutBeingShown(String spec) {
        assertThatThrownBy(() -> models(Map.of()).open(spec, DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("want")
                .hasMessageNotContaining("secret-word");
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://127.0.0.1:11434",
        "0.0.0.0, http://127.0.0.1:11434",
        "0.0.0.0:9999, http://127.0.0.1:9999",
        ":9999, http://127.0.0.1:9999",
        "box, http://box:11434",
        "box:80, http://box:80",
        "http://box:11434/, http://box:11434",
        "HTTPS://box, https://box",
        "https://box/ollama/, https://box/ollama",
        "[::1]:11434, http://[::1]:11434",
        "[::], http://[::1]:11434"
    })
    void ollamaHostIsReadAsOllamaReadsIt(String host, String url) {
        assertThat(OllamaHost.of("", Map.of("OLLAMA_HOST", host))).isEqualTo(url);
        assertThat(OllamaHost.of("http://given:1", Map.of("OLLAMA_HOST", host))).isEqualTo("http://given:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:secret-word@box",
                "ftp://box",
                "box:port",
                "two words",
                "http://box?secret-word",
                "box:99999"
            })
    void aBadOllamaHostIsRefusedWithoutBeingShown(String host) {
        assertThatThrownBy(() -> models(Map.of("OLLAMA_HOST", host)).open("ollama:tiny", DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OLLAMA_HOST")
                .hasMessageNotContaining("secret-word");
        assertThatThrownBy(() -> models(Map.of()).open("ollama:tiny", DEFAULTS.withUrl(host)))
                .hasMessageContaining("llm.url");
    }

    @Test
    void optionsOutsideTheirRangeAreRefusedByName() {
        assertThatThrownBy(() -> DEFAULTS.withTemperature(-1)).hasMessageContaining("llm.temperature");
        assertThatThrownBy(() -> DEFAULTS.withTemperature(Double.NaN)).hasMessageContaining("llm.temperature");
        assertThatThrownBy(() -> DEFAULTS.withTimeout(Duration.ZERO)).hasMessageContaining("llm.timeout");
        assertThatThrownBy(() -> DEFAULTS.withTimeout(Duration.ofDays(30))).hasMessageContaining("llm.timeout");
        assertThatThrownBy(() -> DEFAULTS.withMaxTokens(0)).hasMessageContaining("llm.max_tokens");
        assertThatThrownBy(() -> DEFAULTS.withContextMax(10)).hasMessageContaining("llm.context");
        assertThatThrownBy(() -> DEFAULTS.withRetries(-1)).hasMessageContaining("llm.retries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a b"})
    void aKeyThatIsNoFileNameIsRefused(String key) {
        assertThatThrownBy(() -> new Question("p", "", key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void usagesAddUp() {
        assertThat(new Usage(1, 2, 3).plus(new Usage(10, 20, 30))).isEqualTo(new Usage(11, 22, 33));
    }
}
