package dev.chiron.prompts.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CardTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/chiron/prompts/facts");
    private static final String GOOD = "---\nid: a\ntitle: A\nsource: Somebody 2020, equation 1\ncite: Somebody 2020\n"
            + "all: learning_rate, batch\nwords: gpt, n head\nwhen: always\ninputs: batch\n---\nIt is so.\n\nHere {{x}}.\n";

    @Test
    void theLibraryIsTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(Facts.library().stream().map(card -> card.id() + ".md").sorted())
                    .isEqualTo(names);
        }
    }

    @Test
    void everyCardSaysWhereItIsFromAndWhenItHolds() {
        assertThat(Facts.library()).allSatisfy(card -> {
            assertThat(card.source()).contains("arXiv");
            assertThat(List.of(card.title(), card.cite(), card.when(), card.inputs(), card.rule()))
                    .doesNotContain("");
            assertThat(card.line(Optional.empty())).contains("(" + card.when() + "; " + card.cite() + ")");
            assertThat(card.all().size() + card.any().size()).isPositive();
        });
    }

    @Test
    void thePageAboutFactsHasEveryCard() throws IOException {
        String page = Files.readString(Path.of("../docs/facts.md"));

        assertThat(Facts.library())
                .allSatisfy(card -> assertThat(page)
                        .contains("### " + card.id() + ": " + card.title() + "\n\n" + card.rule() + ".\n")
                        .contains("- Holds for: " + card.when() + ".\n- Source: " + card.source() + ".\n")
                        .contains("- Worked out from: " + card.inputs() + "."));
    }

    @Test
    void aCardIsReadWhole() {
        Card card = Card.of("a", GOOD);

        assertThat(card.all()).containsExactly(Quantity.LEARNING_RATE, Quantity.BATCH);
        assertThat(card.words()).containsExactly("gpt", "n head");
        assertThat(card.any()).isEmpty();
        assertThat(card.rule()).isEqualTo("It is so.");
        assertThat(card.here().orElseThrow().holes()).containsExactly("x");
    }

    @Test
    void whatIsNoCardIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Card.named("nothing")).hasMessageContaining("no fact card nothing");
        assertThatThrownBy(() -> Card.of("a", "It is so.")).hasMessageContaining("no header");
        assertThatThrownBy(() -> Card.of("b", GOOD)).hasMessageContaining("its own id");
        assertThatThrownBy(() -> Card.of("a", GOOD.replace("when: always\n", "")))
                .hasMessageContaining("has no when");
        assertThatThrownBy(() -> Card.of("a", GOOD.replace("when:", "while:")))
                .hasMessageContaining("wrong line in its header: while: always");
        assertThatThrownBy(() -> Card.of("a", GOOD.replace("inputs: batch", "when: never")))
                .hasMessageContaining("wrong line in its header: when: never");
        assertThatThrownBy(() -> Card.of("a", GOOD.replace("learning_rate", "speed")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
