package dev.chiron.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RungsTest {

    private static final double FAILED = Double.POSITIVE_INFINITY;

    private final Rungs rungs = new Rungs();

    @Test
    void aVersionAloneHasNothingToEarn() {
        rungs.add("root", 1);
        assertThat(rungs.next()).isEmpty();
    }

    @Test
    void ofTwoThatRanOnceTheBetterIsTunedFirst() {
        rungs.add("root", 2);
        rungs.add("edited", 1);
        assertThat(rungs.next()).contains("edited");
    }

    @Test
    void aVersionThatBeganBadlyIsLeft() {
        rungs.add("root", 1);
        rungs.add("edited", 2);
        assertThat(rungs.next()).contains("root");
        rungs.add("root", 1.5);
        assertThat(rungs.next()).isEmpty();
    }

    @Test
    void versionsAreComparedAsFarAsBothWereTuned() {
        tune("root", 5, 4, 3, 0.1); // good only after four trials
        tune("edited", 4.5, 3.5);
        // both have had two: the edited is better there, whatever the root became later
        assertThat(rungs.next()).contains("edited");
    }

    @Test
    void aSecondBestIsTunedAsSoonAsThereAreFour() {
        tune("root", 3, 3);
        rungs.add("a", 4);
        rungs.add("b", 5);
        assertThat(rungs.next()).isEmpty();
        rungs.add("c", 6);
        assertThat(rungs.next()).contains("a");
    }

    @Test
    void aVersionThatFailedIsNeverTuned() {
        rungs.add("root", FAILED);
        rungs.add("a", FAILED);
        assertThat(rungs.next()).isEmpty();
    }

    private void tune(String version, double... losses) {
        for (double loss : losses) {
            rungs.add(version, loss);
        }
    }
}
