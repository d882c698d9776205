package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuirksTest {

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4.1-mini, ALWAYS, NONE, ''",
        "openai, o3, NEVER, EFFORT, low",
        "openai, o4-mini-2025-04-16, NEVER, EFFORT, low",
        "openai, gpt-5, NEVER, EFFORT, minimal",
        "openai, gpt-5-mini, NEVER, EFFORT, minimal",
        "openai, gpt-5-chat-latest, ALWAYS, NONE, ''",
        "openai, gpt-5-pro, NEVER, NONE, ''",
        "openai, gpt-5.4, UNTHINKING, EFFORT, none",
        "anthropic, claude-3-haiku-20240307, ALWAYS, NONE, ''",
        "anthropic, claude-sonnet-4-5-20250929, UNTHINKING, BUDGET, ''",
        "anthropic, claude-opus-4-20250514, UNTHINKING, BUDGET, ''",
        "anthropic, claude-opus-4-7, NEVER, ADAPTIVE, ''",
        "anthropic, claude-sonnet-5-5, NEVER, ADAPTIVE, disabled",
        "anthropic, claude-opus-5-5, NEVER, ADAPTIVE, ''",
        "anthropic, claude-fable-5-2, NEVER, ADAPTIVE, ''",
        "gemini, gemini-2.5-flash-lite, ALWAYS, BUDGET, 0",
        "gemini, gemini-3-pro-preview, ALWAYS, LEVEL, low",
        "ollama, gpt-oss:20b, ALWAYS, NONE, ''",
        "ollama, qwen3:0.6b, ALWAYS, FLAG, false"
    })
    void eachFamilyHasItsRow(
            String server, String model, Quirks.Temperature temperature, Quirks.Dial dial, String least) {
        Quirks quirks = Quirks.of(server, model);

        assertThat(quirks.temperature()).isEqualTo(temperature);
        assertThat(quirks.dial()).isEqualTo(dial);
        assertThat(quirks.dialled(Thinking.OFF)).isEqualTo(least);
    }

    @Test
    void everyRowNamesItsSourceAndEveryServerTakesUnknownModels() {
        assertThat(Quirks.table()).allSatisfy(row -> assertThat(row.source()).startsWith("https://"));
        for (String server : List.of("openai", "openai-compatible", "anthropic", "gemini", "ollama")) {
            assertThat(Quirks.of(server, "some/unknown model").server()).isEqualTo(server);
        }
        assertThatThrownBy(() -> Quirks.of("other", "m")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatMayThinkGetsRoomForIt() {
        assertThat(Quirks.table()).allSatisfy(row -> assertThat(row.thought()).isGreaterThanOrEqualTo(row.reply()));
        assertThat(Quirks.of("ollama", "m").replyTokens(LlmOptions.defaults())).isEqualTo(2_048);
        assertThat(Quirks.of("ollama", "m").replyTokens(LlmOptions.defaults().withThink(Thinking.ON)))
                .isEqualTo(8_192);
    }

    @Test
    void aBoundIsLeftOutOfASchemaButNotAPropertyOfThatName() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"minimum\":{\"type\":\"number\",\"minimum\":1,\"enum\":[1]}}}";

        assertThat(SchemaFormat.withoutBounds(schema).jsonSchema().rootElement().toString())
                .contains("\"minimum\":{\"type\":\"number\",\"enum\":[1]}");
    }
}
