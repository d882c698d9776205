package dev.chiron.agent.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.agent.store.Prediction;
import dev.chiron.agent.view.PredictionScore.Beside;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.prompts.reply.PredictedLog;
import dev.chiron.prompts.reply.PredictedLog.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionScoreTest {

    private static final PredictedLog LOG =
            new PredictedLog(1, 0.8, 1.5, List.of(new Point(0.1, 4), new Point(0.25, 3), new Point(0.5, 2)));

    private static Prediction prediction() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", Value.of(1.0));
        values.put("DEPTH", Value.of(8L));
        values.put("ACT", Value.of("relu"));
        values.put("BIAS", Value.of(true));
        return new Prediction(Prediction.Of.run("loss", Config.of(values), 300, "LR = 1.0\n"), "ollama:small", LOG);
    }

    private static PredictionScore score(Outcome outcome, CurvePoint... curve) {
        return PredictionScore.of(prediction(), Optional.of(outcome), List.of(curve));
    }

    @Test
    void theLogIsHeldAgainstTheRealOneAfterItsFirstValue() {
        PredictionScore score = score(
                new Outcome.Measured(1.2), new CurvePoint(100, 5), new CurvePoint(200, 2.5), new CurvePoint(300, 1.5));
        assertThat(score.points()) // 10 and 25 % come up to the first value, at step 100 of 400
                .containsExactly(new Beside(0.5, 2, 2.5));
        assertThat(score.error().orElseThrow()).isCloseTo(0.2, within(1e-12));
        assertThat(score.naiveError().orElseThrow()).isCloseTo(3.8, within(1e-12));
        assertThat(score.curveError()).hasValue(0.5);
        assertThat(score.naiveCurveError()).hasValue(2.5);
        assertThat(score.json().path("inside").asBoolean()).isTrue();
        assertThat(score.json().path("interval_score").asDouble()).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void whatLiesBetweenTwoRealValuesIsOnTheLineBetweenThem() {
        PredictionScore score =
                score(new Outcome.Measured(1), new CurvePoint(1, 4), new CurvePoint(2, 3), new CurvePoint(3, 2));
        assertThat(score.points()).containsExactly(new Beside(0.5, 2, 3));
        PredictionScore again =
                score(new Outcome.Measured(1), new CurvePoint(0, 4), new CurvePoint(2, 2), new CurvePoint(4, 1));
        assertThat(again.points()) // the last value was printed once more: the end is step 4
                .containsExactly(new Beside(0.1, 4, 3.6), new Beside(0.25, 3, 3), new Beside(0.5, 2, 2));
    }

    @Test
    void aMissedIntervalCostsMore() {
        PredictionScore score = score(new Outcome.Measured(1.6));
        assertThat(score.json().path("inside").asBoolean()).isFalse();
        assertThat(score.json().path("interval_score").asDouble()).isCloseTo(0.7 + 20 * 0.1, within(1e-12));
        assertThat(score.text()).contains("it was 1.6, off by 0.6 (37.5 %), outside its interval.");
    }

    @Test
    void withoutALogThereIsNoNaiveForecast() {
        PredictionScore score = score(new Outcome.Measured(0));
        assertThat(score.naiveError()).isEmpty();
        assertThat(score.curveError()).isEmpty();
        assertThat(score.table().lines("")).isEmpty();
        assertThat(score.text())
                .contains("it was 0, off by 1, outside", "The script prints it once, so there is no naive");
        assertThat(score(new Outcome.Measured(1), new CurvePoint(5, 3), new CurvePoint(2, 2))
                        .first())
                .as("steps that go back are no log")
                .isEmpty();
    }

    @Test
    void numbersAtTheirLimitsAreScoredWithNumbers() {
        PredictedLog log =
                new PredictedLog(1e308, -1e308, 1.7e308, List.of(new Point(0.5, 1e308), new Point(0.9, 1e308)));
        Prediction wild = new Prediction(prediction().of(), "ollama:small", log);
        PredictionScore score = PredictionScore.of(
                wild,
                Optional.of(new Outcome.Measured(-1.5e308)),
                List.of(new CurvePoint(1, 1.7e308), new CurvePoint(2, -1.7e308)));
        assertThat(score.error()).hasValue(Double.MAX_VALUE);
        assertThat(score.naiveError()).hasValue(Double.MAX_VALUE);
        for (String field : List.of("error", "interval_score", "naive_error", "log_error", "naive_log_error")) {
            assertThat(score.json().path(field).asDouble()).as(field).isFinite();
        }
        score.json()
                .path("real")
                .forEach(point -> assertThat(point.path("value").asDouble()).isFinite());
        assertThat(score.text()).doesNotContain("Infinity", "NaN");
        assertThat(score(new Outcome.Measured(1e-300)).text()).contains("off by 1, outside");
    }

    @Test
    void whatWasNotMeasuredIsNotScored() {
        assertThat(PredictionScore.of(prediction(), Optional.empty(), List.of()).text())
                .isEqualTo("ollama:small foretold loss 1 (0.8 to 1.5) of the baseline, which has not run yet.");
        PredictionScore failed = score(new Outcome.Failed(Outcome.Reason.CRASHED, "x"), new CurvePoint(1, 2));
        assertThat(failed.text()).endsWith("which was not measured (crashed): it cannot be scored.");
        assertThat(failed.json().has("value")).isFalse();
    }

    @Test
    void aPredictionReadsBackAsItWasWritten(@TempDir Path folder) throws IOException {
        Path file = Prediction.beside(folder.resolve("chiron.yaml"));
        assertThat(file).hasFileName("chiron.predicted.json");
        assertThat(Prediction.read(file)).isEmpty();
        prediction().write(file);
        assertThat(Prediction.read(file)).contains(prediction());
        Files.writeString(file, "{\"final\": 1}");
        assertThat(Prediction.read(file)).isEmpty();
        Files.writeString(file, "no JSON");
        assertThat(Prediction.read(file)).isEmpty();
    }

    @Test
    void anotherRunIsToldFromTheOneThatWasForetold() {
        Prediction.Of of = prediction().of();
        Config other = of.config().with("DEPTH", Value.of(9L));
        assertThat(of.difference(of)).isEmpty();
        assertThat(of.difference(new Prediction.Of("acc", of.config(), 300, of.script())))
                .contains("another metric");
        assertThat(of.difference(new Prediction.Of("loss", other, 300, of.script())))
                .contains("other values");
        assertThat(of.difference(new Prediction.Of("loss", of.config(), 60, of.script())))
                .contains("another time limit");
        assertThat(of.difference(Prediction.Of.run("loss", of.config(), 300, "LR = 1\n")))
                .contains("another version of the script");
    }
}
