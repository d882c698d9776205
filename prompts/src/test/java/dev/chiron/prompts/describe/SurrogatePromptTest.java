package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.describe.SurrogatePrompt.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SurrogatePromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();
    private static final int ROOM = 5400;

    private static String surrogate(Form form, History history, int wanted) {
        List<Config> candidates = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < wanted; i++) {
            candidates.add(Studies.near(AUTORESEARCH, random));
        }
        Function<Trial, Boolean> isTop =
                trial -> trial.value().isPresent() && trial.value().getAsDouble() < 0.9905;
        return new SurrogatePrompt(AUTORESEARCH, Context.FULL, ROOM)
                .render(form, history, candidates, isTop, "25 %", 1)
                .text();
    }

    @ParameterizedTest
    @EnumSource
    void eachFormReadsAsInItsGoldenFile(Form form) throws IOException {
        String name = "llambo-" + form.name().toLowerCase(Locale.ROOT) + ".md";

        Golden.check(name, surrogate(form, Studies.history(AUTORESEARCH, 8, 1), 3));
    }

    @ParameterizedTest
    @EnumSource
    void aLongStudyKeepsToTheRoomAndAllCandidatesAreShown(Form form) {
        String text = surrogate(form, Studies.history(AUTORESEARCH, 300, 2), 10);

        assertThat(text).hasSizeLessThanOrEqualTo(ROOM);
        assertThat(text).contains("Candidates to rate: 10\n").containsPattern("(?m)^10: \\d+,");
    }

    @Test
    void aFailureIsNeverAmongTheBestAndStillAFailure() {
        String text = surrogate(Form.CHANCE, Studies.history(AUTORESEARCH, 8, 1), 1);

        assertThat(text).containsPattern("(?m) -> 0 \\(out-of-memory\\)$").containsPattern("(?m) -> [01]$");
    }
}
