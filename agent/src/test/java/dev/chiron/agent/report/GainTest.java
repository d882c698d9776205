package dev.chiron.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GainTest {

    private final History history = new History(new Objective("loss", Goal.MINIMIZE), 3);
    private int next;

    private Trial run(double x, Origin origin, double value) {
        Change change = new Change.Settings(Config.of(Map.of("X", new Value.Real(x))));
        Trial trial = new Trial(next++, change, origin, new Outcome.Measured(value), Duration.ofSeconds(1));
        history.add(trial);
        return trial;
    }

    @Test
    void marginsAreStudentsByHand() {
        Trial baseline = run(0, Origin.BASELINE, 10);
        Trial best = run(1, Origin.RANDOM, 6);
        run(1, Origin.REPEAT, 8);
        run(0, Origin.REPEAT, 12);
        run(1, Origin.REPEAT, 7);
        Gain gain = new Gain(baseline, best, history);
        // squares: 2 of the baseline, 2 of the best; three repeats; t of three degrees of freedom at .975 is 3.182446
        double sd = Math.sqrt(4 / 3.0);
        assertThat(gain.before()).isEqualTo(11);
        assertThat(gain.after()).isEqualTo(7);
        assertThat(gain.difference()).isEqualTo(4);
        assertThat(gain.margin(baseline).getAsDouble()).isCloseTo(3.182446 * sd / Math.sqrt(2), within(1e-5));
        assertThat(gain.margin(best).getAsDouble()).isCloseTo(3.182446 * sd / Math.sqrt(3), within(1e-5));
        assertThat(gain.margin().getAsDouble()).isCloseTo(3.182446 * sd * Math.sqrt(1 / 2.0 + 1 / 3.0), within(1e-5));
        assertThat(gain.afresh().getAsDouble()).isEqualTo(7.5);
    }

    @Test
    void theLuckiestOfManyLooksBetterByBlomsNumber() {
        Trial baseline = run(0, Origin.BASELINE, 10);
        run(0, Origin.REPEAT, 12);
        run(0, Origin.REPEAT, 11);
        Trial best = run(1, Origin.RANDOM, 8);
        Gain gain = new Gain(baseline, best, history);
        assertThat(gain.noise().orElseThrow().sd()).isEqualTo(1);
        assertThat(gain.luck(10).getAsDouble()).isCloseTo(1.538753, within(0.009)); // exact
        assertThat(gain.luck(100).getAsDouble()).isCloseTo(2.507594, within(0.01));
        assertThat(gain.luck(1000).getAsDouble()).isCloseTo(3.241436, within(0.015));
        assertThat(gain.luck(1)).isEmpty();
        assertThat(gain.afresh()).isEmpty();
    }

    @Test
    void withoutRepeatsThereIsNoMargin() {
        Trial baseline = run(0, Origin.BASELINE, 10);
        Trial best = run(1, Origin.RANDOM, 8);
        Gain gain = new Gain(baseline, best, history);
        assertThat(gain.margin()).isEmpty();
        assertThat(gain.margin(best)).isEmpty();
        assertThat(gain.luck(50)).isEmpty();
    }
}
