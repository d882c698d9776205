package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopPromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();

    private static List<CurvePoint> curve(double end, int values) {
        List<CurvePoint> curve = new ArrayList<>();
        for (int i = 1; i <= values; i++) {
            curve.add(new CurvePoint(100 * i, end + 0.8 / Math.sqrt(i)));
        }
        return curve;
    }

    /** So many that were measured, every third stopped at step 400. */
    private static Unfinished study(int others, int values) {
        Random random = new Random(4);
        List<Unfinished.Other> runs = new ArrayList<>();
        for (int number = 0; number < others; number++) {
            double end = 0.9 + 0.01 * (number * 7 % 11);
            boolean stopped = number % 3 == 2;
            List<CurvePoint> curve = curve(end, stopped ? 4 : 30);
            double last = curve.get(curve.size() - 1).value();
            Config config = number == 0 ? AUTORESEARCH.baseline() : Studies.near(AUTORESEARCH, random);
            Outcome outcome = stopped
                    ? new Outcome.Pruned(last, 400, "model", "SECRET REASON", List.of())
                    : new Outcome.Measured(last);
            runs.add(new Unfinished.Other(
                    Studies.trial(number, config, number == 0 ? Origin.BASELINE : Origin.TPE, outcome), curve));
        }
        return new Unfinished(others, Studies.near(AUTORESEARCH, random), curve(1.02, values), 3000, runs);
    }

    @Test
    void itReadsAsInTheGoldenFile() throws IOException {
        Prompt prompt = new StopPrompt(AUTORESEARCH).of(study(9, 6));
        Golden.check("stop.md", prompt.text());
        assertThat(prompt.template()).isEqualTo("stop");
        assertThat(prompt.text()).doesNotContain("SECRET");
    }

    /** However long a curve and a study are. */
    @Test
    void itStaysShort() {
        long few = Tokens.of(new StopPrompt(AUTORESEARCH).of(study(9, 6)).text());
        String much = new StopPrompt(AUTORESEARCH).of(study(400, 29)).text();
        assertThat(Tokens.of(much)).isLessThan(2_500).isLessThan(2 * few);
        assertThat(much.lines().filter(line -> line.matches("\\| \\d+ \\|.*"))).hasSize(12);
    }

    @Test
    void aRunWithNothingBesideItIsShownAlone() {
        String alone = new StopPrompt(AUTORESEARCH).of(study(0, 1)).text();
        assertThat(alone)
                .contains("| trial | step 100 | end | values |\n|---|---|---|---|\n| this run | 1.82 | ? |  |\n")
                .contains("None has been measured yet.");
    }
}
