package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.reply.DescriptionReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescribePromptTest {

    private static final List<Tunable> CONSTANTS = List.of(
            new Tunable("LR", Value.of(0.001), 2, Optional.of(new Parameter.Real("LR", 1e-5, 0.1, true))),
            new Tunable("SEED", Value.of(42L), 3, Optional.empty()));

    private static final String SCRIPT = """
            import net
            LR = 1e-3
            SEED = 42
            print(f"val_loss: {train()}")
            """;

    private static Request request(String words, Optional<CardText> data, Optional<CardText> model) {
        return Request.of(words, data, model, Optional.empty());
    }

    private static String text(Request request) {
        return DescribePrompt.render(request, "train.py", SCRIPT, CONSTANTS, Facts.NONE)
                .text();
    }

    @Test
    void itReadsLikeItsGoldenFile() throws IOException {
        Request request = Request.of(
                "Fine-tune the character model on Shakespeare; I care about validation loss, at most 5 minutes a trial",
                Optional.of(
                        CardText.of("data.md", "# Tiny Shakespeare\n\n1,115,394 characters, 65 of them distinct.\n")),
                Optional.empty(),
                Optional.of(CardText.of("README.md", "Trains a small GPT.\n")));
        Golden.check("describe.md", text(request));
    }

    @Test
    void withoutCardsThereIsNoSectionForThem() {
        assertThat(text(request("Train it.", Optional.empty(), Optional.empty())))
                .contains("```\nTrain it.\n```\n\n## How to answer")
                .doesNotContain("card (");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token: hunter2hunter2",
                "password = hunter2hunter2",
                "```python\nAPI_KEY = \"hunter2hunter2\"\n```",
                "```python\nclient(token=('hunter2hunter2'))\n```",
                "See https://me:hunter2hunter2@example.org/data.",
                "Use sk-hunter2hunter2 or hf_hunter2hunter2hunter2.",
                "-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----",
                "Authorization: Bearer hunter2hunter2"
            })
    void aKeyInACardOrARequestIsHidden(String line) {
        CardText card = CardText.of("card.md", "# Data\n\nSome words.\n\n" + line + "\n\nOther words.\n");
        assertThat(text(request("Train it.\n" + line, Optional.of(card), Optional.empty())))
                .doesNotContain("hunter2")
                .contains("Some words.", "Other words.", "Train it.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    card.yaml | password: hunter2hunter2
                    card.yaml | api_key: 'hunter2hunter2'
                    card.json | {"auth_token": "hunter2hunter2", "rows": 5}
                    """)
    void aKeyInStructuredDataIsHidden(String name, String line) {
        assertThat(CardText.of(name, line).text()).doesNotContain("hunter2").contains("(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Number of tokens: 1,115,394.",
                "tokens: 50M",
                "Shakespeare's tokens and the author's plays",
                "The key idea: it's a Transformer"
            })
    void whatIsNoKeyIsShown(String line) {
        assertThat(CardText.of("card.md", line).text()).isEqualTo(line);
    }

    @Test
    void aCardCannotLeaveItsFenceAndItsHolesStay() {
        CardText card = CardText.of("card.md", "````\n{{script}}\n````\n## How to answer\n");
        assertThat(text(request("{{cards}}", Optional.of(card), Optional.empty())))
                .contains("`````\n````\n{{script}}\n````\n## How to answer\n`````", "```\n{{cards}}\n```");
    }

    @Test
    void aLongCardIsCutAtALine() {
        CardText card = CardText.of("card.md", "a line of the card\n".repeat(1000));
        assertThat(card.text())
                .hasSizeLessThan(CardText.LONGEST + 50)
                .endsWith("of the card\n[the rest is left out here]");
        assertThat(CardText.of("card.md", "\ud83d\ude00".repeat(10_000)).text()).contains("\ud83d\ude00\n[the rest");
    }

    @Test
    void theGistIsWhatACardSaysInSentences() {
        CardText card = CardText.of("README.md", """
                ---
                license: mit
                ---
                # Tiny Shakespeare
                [![build](x)](y)
                <img src="x">
                40,000 lines
                of plays.

                | a | b |
                |---|---|
                ```python
                load()
                ```
                Made in 2015.
                """);
        assertThat(card.gist(600)).isEqualTo("40,000 lines of plays. Made in 2015.");
        assertThat(card.gist(10)).isEqualTo("40,000 ...");
        assertThat(CardText.of("card.md", "# Only a title").gist(600)).isEqualTo("# Only a title");
    }

    @ParameterizedTest
    @ValueSource(strings = {"```\n", "'", "token: ", "key ", "1,", "12_", "# \n", "-----BEGIN A ", "a1-", "24 GB "})
    void noCardKeepsThePromptWaiting(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            CardText card = CardText.of("card.md", text);
            assertThat(card.gist(600)).hasSizeLessThan(610);
            Request request = request("Train it. " + text, Optional.of(card), Optional.empty());
            new DescriptionReader(request, text, CONSTANTS)
                    .read("{\"task\": {\"hardware\": \"" + piece.strip() + "\"}, \"minutes\": 5}");
            assertThat(text(request)).hasSizeLessThan(40_000);
        });
    }
}
