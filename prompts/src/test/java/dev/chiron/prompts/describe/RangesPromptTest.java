package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.facts.Facts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client = {\"api_key\": \"hunter2hunter2\"}",
                "os.environ[\"OPENAI_API_KEY\"] = \"hunter2hunter2\"",
                "headers = {'X-Auth-Token': 'hunter2hunter2', 'Accept': 'text'}",
                "API_KEY = \"\"\"hunter2hunter2\"\"\"",
                "PASSWORD = (\n    \"hunter2hunter2\"\n)",
                "PASSWORD = \"a\\\"hunter2hunter2\"",
                "SECRETS = [\"first-secret\", \"hunter2hunter2\"]",
                "login(password=\"\", token=\"hunter2hunter2\")",
                "key = os.getenv(\n    \"MY_API_KEY\",\n    \"hunter2hunter2\")",
                "API_KEY = \\\n    \"hunter2hunter2\"",
                "KEYS = \"first\", \"hunter2hunter2\"",
                "# don't\nAPI_KEY = 'hunter2hunter2'",
                "x = 7 // 2; API_KEY = 'hunter2hunter2'",
                "\"\"\"Usage: API_KEY=hunter2hunter2 train.py\"\"\"",
                "  static final String API_KEY =\n      \"hunter2hunter2\";",
                "API_KEY = \"hunter2hunter2",
                "# password: hunter2hunter2",
                "url = \"https://me:hunter2hunter2@example.org/data\"",
                "aws = \"AKIAHUNTER2HUNTER2XX\"",
                "auth = \"Bearer hunter2hunter2\"",
                "pat = \"github_pat_hunter2hunter2\"",
                "pem = \"\"\"-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----\"\"\""
            })
    void aKeyIsHiddenHoweverItIsWritten(String line) {
        String text = RangesPrompt.render("train.py", "LR = 1e-3\n" + line + "\nDEPTH = 8\n", List.of())
                .text();
        assertThat(text).doesNotContainIgnoringCase("hunter2").contains("LR = 1e-3\n", "\nDEPTH = 8\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAX_TOKENS = 4096",
                "TOKENS_PER_STEP = 2**19  # tokens",
                "print(f\"tokens: {n}\"); print(f\"val_loss: {x}\")",
                "for key, value in items:",
                "f(token=t, kind=\"relu\")",
                "for (String key : keys) {\n  use(\"relu\");\n}",
                "int keyCount = 3; String kind = \"relu\";",
                "tokenizer = load(\"gpt2\")",
                "config = {\n  \"api_key\": None,\n  \"kind\": \"relu\",\n  \"act\": \"gelu\"\n}",
                "url = \"https://example.org/data\""
            })
    void whatIsNoKeyIsShown(String line) {
        assertThat(RangesPrompt.render("train.py", "LR = 1\n" + line + "\n", List.of())
                        .text())
                .contains(line);
    }

    @Test
    void aLongLineIsCutOffWithOrWithoutAnEnd() {
        String script =
                "LR = 1\n" + "DATA = \"" + "\\x".repeat(200_000) + "\"; API_KEY = \"" + "k".repeat(200_000) + "\"";
        assertThat(RangesPrompt.render("train.py", script, CONSTANTS).text())
                .contains("LR = 1\n")
                .hasSizeLessThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\"", "'", "key=", "key ", "://", "[", "eyJ", "sk-", "Bearer ", "-----BEGIN A "})
    void noScriptKeepsThePromptWaiting(String piece) {
        String script = "\"" + piece.repeat(300_000);
        Prompt prompt = assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> RangesPrompt.render("train.py", script, CONSTANTS));
        assertThat(prompt.text()).hasSizeLessThan(3_000);
    }

    @Test
    void aLongValueIsCutOffInTheTable() {
        Tunable prompt = new Tunable("PROMPT", Value.of("words ".repeat(10_000)), 2, Optional.empty());
        assertThat(RangesPrompt.render("train.py", "LR = 1\n", List.of(prompt)).text())
                .contains("| PROMPT | 2 | \"words words")
                .hasSizeLessThan(3_000);
    }

    @Test
    void whatPapersSayIsWorkedOutForTheScriptsOwnValues() {
        String script = "import torch\nmodel = GPT()\nBATCH_SIZE = 64\nLR = 1e-3\n";
        List<Tunable> constants = List.of(
                new Tunable("BATCH_SIZE", new Value.Whole(64), 3, Optional.empty()),
                new Tunable("LR", new Value.Real(1e-3), 4, Optional.empty()));

        assertThat(RangesPrompt.render("train.py", script, constants, Facts.TOLD)
                        .text())
                .contains(
                        "numbers for the script's own values", "BATCH_SIZE 64 -> 128: x 1.41.\n", "\n\n## Constants\n");
        assertThat(RangesPrompt.render("train.py", script, constants, Facts.NONE))
                .isEqualTo(RangesPrompt.render("train.py", script, constants));
    }
}
