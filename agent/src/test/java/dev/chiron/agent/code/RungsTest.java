package dev.chiron.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RungsTest {

    private static final Set<String> NOTHING = new LinkedHashSet<>();
    private static final double FAILED = Double.POSITIVE_INFINITY;

    private final Rungs rungs = new Rungs();

    @Test
    void aVersionAloneHasNothingToEarn() {
        rungs.add("root", 1);
        assertThat(rungs.next(NOTHING)).isEmpty();
    }

    @Test
    void ofFourThatRanOnceTheBestIsTunedFirst() {
        rungs.add("root", 2);
        rungs.add("edited", 1);
        rungs.add("other", 3);
        assertThat(rungs.next(NOTHING)).isEmpty();
        rungs.add("fourth", 4);
        assertThat(rungs.next(NOTHING)).contains("edited");
    }

    @Test
    void aVersionThatBeganBadlyIsLeft() {
        rungs.add("root", 1);
        rungs.add("edited", 2);
        rungs.add("other", 3);
        rungs.add("fourth", 4);
        assertThat(rungs.next(NOTHING)).contains("root");
        tune("root", 1.5, 1.4);
        assertThat(rungs.next(NOTHING))
                .as("a quarter of four, until it has had four")
                .contains("root");
        tune("root", 1.3);
        assertThat(rungs.next(NOTHING)).isEmpty();
    }

    @Test
    void versionsAreComparedAsFarAsBothWereTuned() {
        tune("root", 5, 4, 3, 0.1); // good only after four trials
        tune("edited", 4.5, 3.5);
        tune("other", 6);
        tune("fourth", 7);
        // all have had one: the edited is the best there, whatever the root became later
        assertThat(rungs.next(NOTHING)).contains("edited");
    }

    @Test
    void aSecondBestIsTunedAsSoonAsThereAreEight() {
        tune("root", 3, 3, 3, 3);
        rungs.add("a", 4);
        for (String version : new String[] {"b", "c", "d", "e", "f"}) {
            rungs.add(version, 5);
            assertThat(rungs.next(NOTHING)).isEmpty();
        }
        rungs.add("g", 6);
        assertThat(rungs.next(NOTHING)).contains("a");
    }

    @Test
    void aVersionWhoseEditWasKeptIsTunedNoMore() {
        tune("root", 1);
        tune("edited", 2);
        tune("other", 3);
        tune("fourth", 4);
        assertThat(rungs.next(NOTHING)).contains("root");
        assertThat(rungs.next(new LinkedHashSet<>(Set.of("root")))).isEmpty();
    }

    @Test
    void aVersionThatFailedIsNeverTuned() {
        rungs.add("root", FAILED);
        rungs.add("a", FAILED);
        assertThat(rungs.next(NOTHING)).isEmpty();
    }

    private void tune(String version, double... losses) {
        for (double loss : losses) {
            rungs.add(version, loss);
        }
    }
}
