package dev.chiron.optimizers.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConsultationTest {

    private static final Consultation USUAL = new Consultation(2, OptionalDouble.empty(), 4, 25);

    private static Curve flat(double loss, int steps) {
        Curve curve = new Curve();
        for (int step = 1; step <= steps; step++) {
            curve.add(step, loss);
        }
        return curve;
    }

    /** Level runs of the losses 0, 1, 2 … */
    private static Past past(int runs, int steps) {
        Past past = Past.NONE;
        for (int run = 0; run < runs; run++) {
            past = past.with(new Past.Ended(run, flat(run, steps), OptionalDouble.of(run)));
        }
        return past;
    }

    /** At which steps somebody is asked, with which look. */
    private static List<String> asked(Pruner pruner, double loss, int steps, Past past) {
        List<String> asked = new ArrayList<>();
        Curve curve = new Curve();
        for (int step = 1; step <= steps; step++) {
            curve.add(step, loss);
            if (pruner.decide(99, curve, past) instanceof Decision.Ask ask) {
                asked.add(step + ":" + ask.look());
            }
        }
        return asked;
    }

    @Test
    void stepsGrowSoThatALongRunIsAskedAboutAFewTimes() {
        assertThat(asked(USUAL, 9, 50, past(4, 50))).containsExactly("5:0", "10:1", "20:2", "40:3");
        assertThat(asked(USUAL, 9, 50_000, past(4, 50_000))).containsExactly("5000:0", "10000:1", "20000:2", "40000:3");
        assertThat(asked(new Consultation(3, OptionalDouble.of(2), 4, 25), 9, 50, past(4, 50)))
                .containsExactly("2:0", "6:1", "18:2");
    }

    /** Of eight others the best two and the run itself are the best third of nine. */
    @Test
    void nobodyIsAskedAboutTheBest() {
        assertThat(asked(USUAL, 1.5, 50, past(8, 50))).isEmpty();
        assertThat(asked(USUAL, 2.5, 50, past(8, 50))).isNotEmpty();
        assertThat(asked(new Consultation(2, OptionalDouble.empty(), 4, 100), 9, 50, past(8, 50)))
                .as("all are the best")
                .isEmpty();
    }

    @Test
    void nobodyIsAskedBeforeThereIsSomethingToCompareWith() {
        assertThat(asked(USUAL, 9, 50, past(3, 50))).isEmpty();
        assertThat(asked(new Consultation(2, OptionalDouble.of(5), 0, 25), 9, 50, Past.NONE))
                .isEmpty();
    }

    @Test
    void oneThatReportsSeldomIsAskedAboutAtItsOwnSteps() {
        Curve curve = new Curve();
        curve.add(1, 9);
        assertThat(USUAL.decide(99, curve, past(4, 50))).isEqualTo(Decision.GO_ON);
        curve.add(30, 9);
        assertThat(USUAL.decide(99, curve, past(4, 50))).isEqualTo(new Decision.Ask(2));
        curve.add(35, 9);
        assertThat(USUAL.decide(99, curve, past(4, 50))).isEqualTo(Decision.GO_ON);
    }

    @Test
    void aPatientRuleAsksOnceARunGetsNoBetter() {
        Patient patient = new Patient(Optional.of(USUAL), 6, 0);
        assertThat(asked(patient, 9, 50, past(4, 50))).as("never better before").isEmpty();
        Curve curve = new Curve();
        List<Integer> asked = new ArrayList<>();
        for (int step = 1; step <= 50; step++) {
            curve.add(step, step == 8 ? 5 : 9);
            if (patient.decide(99, curve, past(4, 50)) instanceof Decision.Ask) {
                asked.add(step);
            }
        }
        assertThat(asked).containsExactly(20, 40);
    }

    @Test
    void whatIsNoNumberNeedsNobodysOpinion() {
        Curve curve = flat(1, 4);
        curve.add(5, Double.NaN);
        assertThat(USUAL.decide(99, curve, past(4, 50))).isInstanceOf(Decision.Stop.class);
    }
}
