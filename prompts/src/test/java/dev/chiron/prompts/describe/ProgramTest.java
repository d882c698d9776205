package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {

    @Test
    void theLinesThatNameAParameterAreShownWithTheirNumbers() {
        String script = "import math\nLR = 0.1\nLRS = 3\n\nclass Config:\n    width = 8\n\nprint(LR * math.pi)\n";

        assertThat(new Program("python3 {script} --depth {DEPTH}", script).text(List.of("LR", "Config.width", "DEPTH")))
                .isEqualTo("""
                        ```
                        $ python3 {script} --depth {DEPTH}
                           2  LR = 0.1
                           6      width = 8
                           8  print(LR * math.pi)
                        ```""");
    }

    @Test
    void whereNoLineNamesOneTheBeginningIsShown() {
        assertThat(new Program("sh {script} {X}", "echo loss: $1\n".repeat(50)).text(List.of("X")))
                .contains("   1  echo loss: $1", "  30  echo loss: $1\n      (20 more lines)\n```")
                .doesNotContain("  31  ");
    }

    @Test
    void itKeepsToItsBounds() {
        assertThat(new Program("python3 {script}", ("x = LR * " + "9".repeat(5000) + "\n").repeat(5000))
                        .text(List.of("LR")))
                .hasSizeLessThan(3300)
                .contains("more lines that name a variable)");
    }

    @Test
    void whatLooksLikeAKeyIsHiddenAndFencesHold() {
        String hostile = "API_KEY = \"sk-abcdefghijklmnop\" # LR\nLR = 1 # ```\n";

        assertThat(new Program("run --token=sk-abcdefghijklmnop", hostile).text(List.of("LR")))
                .doesNotContain("sk-abcdef")
                .contains("(hidden)")
                .startsWith("````\n")
                .endsWith("\n````");
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertThat(Program.UNKNOWN.text(List.of("LR"))).isEqualTo("Nothing is known of the program.");
        assertThat(new Program("python3 {script}", "").text(List.of("LR"))).isEqualTo("```\n$ python3 {script}\n```");
    }
}
