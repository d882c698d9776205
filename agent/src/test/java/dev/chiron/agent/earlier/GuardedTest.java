package dev.chiron.agent.earlier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://elsewhere\")",
                "+cmd|' /C calc'!A0",
                "-2+3",
                "@SUM(A1)",
                "-swish",
                "-1e",
                "+",
                "-.",
                "=1"
            })
    void whatASpreadsheetWouldWorkOutBecomesText(String cell) {
        assertThat(Guarded.text(cell)).isEqualTo("'" + cell);
        assertThat(Guarded.plain(Guarded.text(cell))).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-0.5", "+3", "-1.5E-7", "1e5", "-.5", "-5.", "plain", "a=b", "'quoted'", "'"})
    void everythingElseStaysAsItIs(String cell) {
        assertThat(Guarded.text(cell)).isEqualTo(cell);
        assertThat(Guarded.plain(cell)).isEqualTo(cell);
    }
}
