package dev.chiron.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @Test
    void splitsAsAShellDoes() {
        assertThat(Words.of("agent  -p\t--flag")).containsExactly("agent", "-p", "--flag");
        assertThat(Words.of("a 'b  c' \"d \\\"e\\\" \\n\" f\\ g h'i'j"))
                .containsExactly("a", "b  c", "d \"e\" \\n", "f g", "hij");
        assertThat(Words.of("a '' \"\"")).containsExactly("a", "", "");
        assertThat(Words.of("a; b | c > d $HOME `x` *"))
                .containsExactly("a;", "b", "|", "c", ">", "d", "$HOME", "`x`", "*");
        assertThat(Words.of("  ")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "a \\"})
    void refusesWhatIsNotClosed(String line) {
        assertThatThrownBy(() -> Words.of(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("command");
    }
}
