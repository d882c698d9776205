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
        assertThat(Split.of(observations).below()).containsExactly(27, 28, 29);
        observations.add(Observation.measured(ANY, 100));
        assertThat(Split.of(observations).below()).containsExactly(27, 28, 29, 30);
        observations.add(Observation.measured(ANY, 90));
        assertThat(Split.of(observations).below()).containsExactly(28, 29, 30, 31);
        for (int i = 0; i < 3; i++) {
            observations.add(Observation.measured(ANY, 95));
        }
        assertThat(Split.of(observations).below()).containsExactly(31, 32, 33, 34);
        assertThat(Split.of(observations).above()).hasSize(31).contains(30);
    }

    @Test
    void failuresAreNeverGood() {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            observations.add(i == 50 ? Observation.measured(ANY, 1) : Observation.infeasible(ANY));
        }
        assertThat(Split.of(observations).below()).containsExactly(50);
        assertThat(Split.of(List.of()).below()).isEmpty();
    }
}
