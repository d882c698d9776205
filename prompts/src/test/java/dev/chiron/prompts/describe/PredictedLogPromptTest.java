package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.prompts.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PredictedLogPromptTest {

    @Test
    void itReadsLikeItsGoldenFile() throws IOException {
        Task task = Studies.autoresearch();
        Golden.check(
                "predicted-log.md",
                PredictedLogPrompt.render(task, "5 min 0 s", "train.py", "DEPTH = 8\nprint(f\"val_bpb: {train()}\")\n")
                        .text());
    }

    @Test
    void aKeyInTheScriptIsHidden() {
        assertThat(PredictedLogPrompt.render(
                                Studies.autoresearch(), "1 h", "train.py", "API_KEY = \"hunter2hunter2\"\n")
                        .text())
                .doesNotContain("hunter2");
    }
}
