package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void splitsLikeAShell() {
        assertThat(CommandLine.split("a  'b c'\"d\\\"e\\n\" f\\ g '' \"\""))
                .containsExactly("a", "b cd\"e\\n", "f g", "", "");
        for (String bad : new String[] {"", "  ", "a 'b", "a \"b", "a \\"}) {
            assertThatThrownBy(() -> CommandLine.split(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void showsOnlyChangedLines() {
        assertThat(ScriptDiff.of("t", "a\nb\nc\nd", "a\nB\nc\nD"))
                .isEqualTo("--- t\n+++ t\n@@ -2 +2 @@\n-b\n+B\n@@ -4 +4 @@\n-d\n+D\n");
        assertThat(ScriptDiff.of("t", "a\nb\nc", "a\nc")).isEqualTo("--- t\n+++ t\n@@ -2 +1,0 @@\n-b\n");
        assertThat(ScriptDiff.of("t", "a", "a")).isEmpty();
    }

    @Test
    void findsTheLastWords() {
        assertThat(new LastWords(
                                "Traceback (most recent call last):\n  File \"/w/train.py\", line 3, in <module>\n    x\n"
                                        + "  File \"/lib/t.py\", line 9, in f\n    y\nKeyError: 'a'\nbye\n")
                        .find())
                .hasValue("KeyError: 'a' (t.py, line 9)");
        assertThat(new LastWords(
                                "Exception in thread \"main\" java.lang.IllegalStateException: no\n\tat T.main(T.java:5)\n")
                        .find())
                .hasValue("java.lang.IllegalStateException: no (T.java, line 5)");
        assertThat(new LastWords("10%\r20%\n\u001B[31mbad\u0007\u001B[0m \n\n").find())
                .hasValue("bad");
        assertThat(new LastWords(" \n").find()).isEmpty();
        assertThat(new LastWords("x".repeat(298) + "\uD83D\uDE00\uD83D\uDE00")
                        .find()
                        .orElseThrow())
                .endsWith("x…")
                .hasSize(299);
    }

    @Test
    void keepsTheEndsOfALongOutput() {
        Console console = new Console();
        byte[] bytes = "é".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        console.add(bytes, bytes.length);
        console.add(new byte[] {'!'}, 1);
        assertThat(console.total()).isEqualTo(100_001);
        assertThat(console.head()).isEqualTo("é".repeat(16 * 1024));
        assertThat(console.tail()).isEqualTo("é".repeat(16 * 1024 - 1) + "!");
    }
}
