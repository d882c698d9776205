package dev.chiron.optimizers.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final Config ANY = Config.of(new LinkedHashMap<>());

    @Test
    void theBestMeasuredAreGoodThenThoseThatCameFurthest() {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 27; i++) {
            observations.add(Observation.infeasible(ANY));
        }
        observations.add(Observation.pruned(ANY, 3, 1));
        observations.add(Observation.pruned(ANY, 9, 7));
        observations.add(Observation.pruned(ANY, 9, 5));
        assertThat(Split.below(observations)).containsExactly(27, 28, 29);
        observations.add(Observation.measured(ANY, 100));
        assertThat(Split.below(observations)).containsExactly(27, 28, 29, 30);
        observations.add(Observation.measured(ANY, 90));
        assertThat(Split.below(observations)).containsExactly(28, 29, 30, 31);
        for (int i = 0; i < 3; i++) {
            observations.add(Observation.measured(ANY, 95));
        }
        assertThat(Split.below(observations)).containsExactly(31, 32, 33, 34);
    }

    @Test
    void ofSeveralObjectivesTheFirstFrontsAreGoodAndOfTheLastWhatDominatesMost() {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            observations.add(Observation.measured(ANY, new double[] {10 + i, 10 + i})); // each beaten by the one before
        }
        observations.add(Observation.infeasible(ANY));
        observations.add(Observation.measured(ANY, new double[] {0, 5}));
        observations.add(Observation.measured(ANY, new double[] {1, 1}));
        observations.add(Observation.measured(ANY, new double[] {1.1, 0.99}));
        observations.add(Observation.measured(ANY, new double[] {5, 0}));
        assertThat(Split.below(observations)).contains(17).hasSize(2).doesNotContain(15);
        for (int i = 0; i < 30; i++) {
            observations.add(Observation.infeasible(ANY));
        }
        assertThat(Split.below(observations)).containsExactly(0, 16, 17, 18, 19);
    }

    @Test
    void failuresAreNeverGood() {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            observations.add(i == 50 ? Observation.measured(ANY, 1) : Observation.infeasible(ANY));
        }
        assertThat(Split.below(observations)).containsExactly(50);
        assertThat(Split.below(List.of())).isEmpty();
    }
}
