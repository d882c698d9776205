package dev.chiron.evals.autoresearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The surrogate against the trials that it is made of. */
@Tag("autoresearch")
class AutoresearchTest {

    private static final Path LOG = Path.of("../../shared/data/autoresearch-trials.csv.gz");

    @Test
    void whatItWasNotShownItPredicts() {
        List<Recorded> shown = new ArrayList<>();
        List<Recorded> hidden = new ArrayList<>();
        for (Recorded trial : TrialsLog.read(LOG)) {
            (Math.floorMod(trial.config().hashCode(), 5) == 0 ? hidden : shown).add(trial); // all repeats on one side
        }
        Autoresearch task = Autoresearch.fit(shown);
        double squares = 0;
        int fine = 0;
        int classified = 0;
        for (Recorded trial : hidden) {
            boolean failed = task.evaluate(trial.config(), OptionalLong.empty()).outcome() instanceof Outcome.Failed;
            classified += failed == trial.value().isEmpty() ? 1 : 0;
            if (trial.value().isPresent() && trial.value().getAsDouble() < 1) {
                squares += Math.pow(task.value(trial.config()) - trial.value().getAsDouble(), 2);
                fine++;
            }
        }
        assertThat(hidden).hasSizeGreaterThan(1000);
        assertThat(Math.sqrt(squares / fine)).isLessThan(0.003);
        assertThat((double) classified / hidden.size()).isGreaterThan(0.99);
    }

    @Test
    void itAnswersAsTheTrainingDid() {
        EvalTask task = new AutoresearchSuite(LOG).find("autoresearch").orElseThrow();
        Config baseline = task.baseline().orElseThrow();
        Outcome still = task.evaluate(baseline, OptionalLong.empty()).outcome();
        assertThat(((Outcome.Measured) still).value()).isBetween(0.988, 0.995); // 0.9917 on average when it was run
        Outcome one = task.evaluate(baseline, OptionalLong.of(1)).outcome();
        assertThat(one).isEqualTo(task.evaluate(baseline, OptionalLong.of(1)).outcome());
        assertThat(one).isNotEqualTo(task.evaluate(baseline, OptionalLong.of(2)).outcome());
        assertThat(((Outcome.Measured) one).value()).isBetween(0.98, 1.0);
        Config large = baseline.with("DEPTH", Value.of(24L)).with("ASPECT_RATIO", Value.of(128L));
        assertThat(task.evaluate(large, OptionalLong.of(1)).outcome())
                .isEqualTo(new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "out of memory"));
        assertThat(task.evaluate(large, OptionalLong.of(1)).seconds()).isBetween(10.0, 60.0);
    }

    @Test
    void studiesMayBeOffByWhatTheRecordedOnesWere() {
        AutoresearchSuite suite = new AutoresearchSuite(LOG);
        EvalTask still = suite.find("autoresearch").orElseThrow();
        EvalTask shifted = suite.find("autoresearch-shifted").orElseThrow();
        Config baseline = still.baseline().orElseThrow();
        assertThat(shifted.evaluate(baseline, OptionalLong.empty()))
                .isEqualTo(still.evaluate(baseline, OptionalLong.empty()));
        double[] offsets = new double[200];
        for (int study = 0; study < offsets.length; study++) {
            offsets[study] =
                    value(shifted, baseline, study * EvalTask.STUDY) - value(still, baseline, study * EvalTask.STUDY);
            double later = value(shifted, baseline, study * EvalTask.STUDY + 7)
                    - value(still, baseline, study * EvalTask.STUDY + 7);
            assertThat(later).isCloseTo(offsets[study], within(0.0005)); // one and the same within a study
        }
        assertThat(StatUtils.max(offsets)).isBetween(0.001, 0.006); // up to .003 were recorded
        assertThat(StatUtils.mean(offsets)).isCloseTo(0, within(0.0005));
    }

    private static double value(EvalTask task, Config config, long noise) {
        return ((Outcome.Measured) task.evaluate(config, OptionalLong.of(noise)).outcome()).value();
    }
}
