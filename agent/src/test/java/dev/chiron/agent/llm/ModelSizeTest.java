package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSizeTest {

    @ParameterizedTest
    @CsvSource({
        "qwen3:0.6b, 0.6",
        "llama3.2:3b, 3",
        "meta-llama/Llama-3.1-8B-Instruct, 8",
        "mistral-7b-instruct-v0.3, 7",
        "qwen2.5-coder:1.5b-instruct-q4_K_M, 1.5",
        "qwen2.5-7b-instruct-1m, 7",
        "smollm2:135m, 0.135",
        "gemma3:270m, 0.27",
        "gemma3n:e4b, 4",
        "qwen3:30b-a3b, 30",
        "Qwen3-235B-A22B, 235",
        "mixtral:8x7b, 56",
        "gpt-oss:20b, 20",
        "8.2B, 8.2",
        "751.63M, 0.75163"
    })
    void aNameSaysHowLargeTheModelIs(String name, double billions) {
        assertThat(ModelSize.billions(name)).hasValue(billions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "qwen3:latest", "gpt-5", "claude-opus-5-5", "phi-3.5-mini", "a3b", "v2b2", "0.6", "llama3.2"
            })
    void otherNamesDoNot(String name) {
        assertThat(ModelSize.billions(name)).isEmpty();
    }

    @Test
    void whatIsSoldAsEightBillionIsSmall() {
        assertThat(ModelSize.isSmall(8.2)).isTrue();
        assertThat(ModelSize.isSmall(9)).isFalse();
    }
}
