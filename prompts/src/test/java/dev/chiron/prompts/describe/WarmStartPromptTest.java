package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.Prompt;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WarmStartPromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();

    @Test
    void fiveConfigsAreAskedForAsInTheGoldenFile() throws IOException {
        Golden.check(
                "warm-start.md", warmStart(Studies.history(AUTORESEARCH, 1, 1)).text());
    }

    @Test
    void itTellsNothingOfLaterTrials() {
        History later = Studies.history(AUTORESEARCH, 30, 1);

        assertThat(warmStart(later.first(1))).isEqualTo(warmStart(Studies.history(AUTORESEARCH, 1, 1)));
    }

    @Test
    void aBaselineWithoutAValueIsSaidToHaveNone() {
        assertThat(warmStart(new History(AUTORESEARCH.objective())).text())
                .contains("The baseline has val_bpb not known.", "Incumbent: none");
    }

    private static Prompt warmStart(History history) {
        return new WarmStartPrompt(AUTORESEARCH, 5).render(history);
    }
}
