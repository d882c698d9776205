package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HiddenTextsTest {

    private static final String SCRIPT = """
            API_KEY = "sk-abcdefghijklmnop"
            RATE = 0.1


            def train():
                attn_key = "self_attn"
                return attn_key
            """;

    @Test
    void whatAModelCopiedIsPutBack() {
        String shown = Redaction.of(SCRIPT);
        assertThat(shown).contains("(hidden)");
        assertThat(new HiddenTexts(SCRIPT).restored(shown)).isEqualTo(SCRIPT);
    }

    @Test
    void anotherIndentationStays() {
        String line = Redaction.of(SCRIPT).lines().toList().get(5);
        assertThat(new HiddenTexts(SCRIPT).restored("        " + line.strip()))
                .isEqualTo("        attn_key = \"self_attn\"");
    }

    @Test
    void oneThatCouldBeTwoThingsIsLeft() {
        String script = "first_key = 'one'\nfirst_key = 'two'\n";
        String shown = Redaction.of(script);
        assertThat(new HiddenTexts(script).restored(shown)).isEqualTo(shown);
        assertThat(HiddenTexts.isLeft(script, shown)).isTrue();
    }

    @Test
    void aScriptThatHasTheWordItselfMayKeepIt() {
        assertThat(HiddenTexts.isLeft("print('(hidden)')", "print('(hidden)', 1)"))
                .isFalse();
    }
}
