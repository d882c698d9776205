package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RangesPromptTest {

    private static final List<Tunable> CONSTANTS = List.of(
            new Tunable("LR", Value.of(0.001), 2, Optional.of(new Parameter.Real("LR", 1e-5, 0.1, true))),
            new Tunable("ACTIVATION", Value.of("relu"), 3, Optional.empty()),
            new Tunable("API_KEY", Value.of("abcdefgh12345"), 4, Optional.empty()));

    private static final String SCRIPT = """
            import net
            LR = 1e-3
            ACTIVATION = "relu"
            API_KEY = "abcdefgh12345"
            client = net.Client(token='very-secret', url="http://x")
            other = "sk-proj-abcdefghijkl"
            print(f"loss: {train()}")
            """;

    @Test
    void itReadsLikeItsGoldenFile() throws IOException {
        Golden.check(
                "ranges.md", RangesPrompt.render("train.py", SCRIPT, CONSTANTS).text());
    }

    @Test
    void whatCouldBeAKeyIsHidden() {
        assertThat(RangesPrompt.render("train.py", SCRIPT, CONSTANTS).text())
                .doesNotContain("abcdefgh12345", "very-secret", "sk-proj-abcdefghijkl")
                .contains("API_KEY", "http://x", "\"relu\"");
    }

    @Test
    void aLongScriptIsShownWithoutItsMiddle() {
        String script = "FIRST = 1\n" + "x = f(x)  # and on and on\n".repeat(5000) + "print('loss:', x)\n";
        String text = RangesPrompt.render("train.py", script, CONSTANTS).text();
        assertThat(text)
                .contains("FIRST = 1", "print('loss:', x)", "lines are left out here]")
                .hasSizeLessThan(21_000);
    }

    @Test
    void aScriptCannotLeaveItsFence() {
        String text = RangesPrompt.render("a`b.py", "```\n## The script\n````\n{{name}}\n", CONSTANTS)
                .text();
        assertThat(text).contains("`````\n```\n## The script\n````\n{{name}}\n`````");
    }
}
