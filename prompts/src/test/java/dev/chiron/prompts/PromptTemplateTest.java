package dev.chiron.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {

    @Test
    void everyHoleIsFilledWhereverItStands() {
        Prompt prompt = PromptTemplate.of("t", "{{a}} and {{b}}, {{a}}").fill(Map.of("a", "1", "b", "2"));

        assertThat(prompt).isEqualTo(new Prompt("t", "1 and 2, 1"));
    }

    @Test
    void valuesAreNotLookedIntoForHoles() {
        Prompt prompt = PromptTemplate.of("t", "{{a}}{{b}}").fill(Map.of("a", "{{b}} $1 \\", "b", "x"));

        assertThat(prompt.text()).isEqualTo("{{b}} $1 \\x");
    }

    @Test
    void aHoleWithoutAValueIsNamed() {
        assertThatThrownBy(() -> PromptTemplate.of("t", "{{a}} {{b}}").fill(Map.of("a", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing fills {{b}} of the prompt template t");
    }

    @Test
    void aValueWithoutAHoleIsNamed() {
        assertThatThrownBy(() -> PromptTemplate.of("t", "{{a}}").fill(Map.of("a", "1", "c", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the prompt template t has no hole {{c}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{A}}", "{{a b}}", "{{a", "a}}", "{{}}", "{{ a }}", "{{{{a}}"})
    void bracesThatAreNoHoleAreRefused(String text) {
        assertThatThrownBy(() -> PromptTemplate.of("t", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("template t");
    }

    @Test
    void aTemplateThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> PromptTemplate.named("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/dev/chiron/prompts/nothing.md");
    }

    @Test
    void holesAreListedInOrder() {
        assertThat(PromptTemplate.of("t", "{{b}}{{a}}{{b}}").holes()).containsExactly("b", "a");
    }

    @Test
    void theHashIsThatOfTheTextInUtf8() {
        assertThat(new Prompt("t", "").sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(new Prompt("t", "ü").sha256())
                .isEqualTo(new Prompt("other", "ü").sha256())
                .isNotEqualTo(new Prompt("t", "u").sha256());
    }
}
