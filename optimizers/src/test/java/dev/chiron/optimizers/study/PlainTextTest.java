package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    private static final String HOSTILE =
            "\u001b[31mre\u200bd\u001b[0m\u202e\ttab\r10%\r\ntwo\u2028three\u0007\ud83d \ud83d\ude00\ue000\u0085end\n";

    @Test
    void aLineHasNothingThatMovesColoursTurnsOrHides() {
        assertThat(PlainText.line(HOSTILE)).isEqualTo("red tab 10% two three  \ud83d\ude00 end");
        assertThat(PlainText.line(" \u001b \n")).isEmpty();
    }

    @Test
    void linesAndTabsStayWhereTheyAreWanted() {
        assertThat(PlainText.lines(HOSTILE)).isEqualTo("red\ttab\n10%\ntwo\nthree \ud83d\ude00\nend\n");
    }

    @Test
    void aParagraphIsBrokenBetweenWords() {
        assertThat(PlainText.wrapped("one two  three\nfour verylongword a", 9))
                .containsExactly("one two", "three", "four", "verylongword", "a");
        assertThat(PlainText.wrapped(" one two ", 7)).containsExactly("one two");
        assertThat(PlainText.wrapped("\u200b", 9)).containsExactly("");
    }
}
