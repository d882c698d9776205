package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Objective;
import dev.chiron.prompts.reply.Rating;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PreferenceTest {

    private static final Objective LOSS = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final double BEST = 0.5;
    private static final Objective GAIN = new Objective("gain", Objective.Goal.MAXIMIZE);

    private static Optional<Rating> rating(double value, double deviation, double failure) {
        return Optional.of(new Rating(value, OptionalDouble.of(deviation), OptionalDouble.of(failure)));
    }

    private static int chosen(Objective objective, Optional<Rating> one, Optional<Rating> other) {
        return chosen(objective, List.of(one, other));
    }

    private static int chosen(Objective objective, List<Optional<Rating>> ratings) {
        return Preference.byImprovement(ratings, objective, BEST, 1);
    }

    @Test
    void theLargestExpectedImprovementLessTheChanceOfFailing() {
        assertThat(chosen(LOSS, rating(0.6, 0.1, 0), rating(0.4, 0.1, 0))).isEqualTo(1);
        assertThat(chosen(GAIN, rating(0.6, 0.1, 0), rating(0.4, 0.1, 0))).isZero();
        assertThat(chosen(LOSS, rating(0.6, 0.01, 0), rating(0.6, 0.3, 0))).isEqualTo(1);
        assertThat(chosen(LOSS, rating(0.3, 0.1, 1), rating(0.49, 0.1, 0))).isEqualTo(1);
    }

    @Test
    void whatWasNotSaidIsTheOthersMean() {
        Optional<Rating> silent = Optional.of(new Rating(0.4, OptionalDouble.empty(), OptionalDouble.empty()));

        assertThat(chosen(LOSS, rating(0.6, 0.1, 0.2), silent)).isEqualTo(1);
        assertThat(chosen(LOSS, List.of(rating(0.8, 0.1, 0), Optional.empty(), rating(0.2, 0.1, 0))))
                .isEqualTo(2);
        assertThat(chosen(LOSS, Optional.empty(), silent)).isZero();
    }

    @Test
    void certaintyAndHopelessnessAreStillCompared() {
        assertThat(chosen(LOSS, rating(0.9, 0, 0), rating(0.8, 0, 0))).isEqualTo(1);
        assertThat(chosen(LOSS, rating(1e9, 0, 1), rating(1e8, 0, 1))).isEqualTo(1);
    }

    @Test
    void ofEqualsTheFirst() {
        assertThat(chosen(LOSS, rating(0.4, 0.1, 0), rating(0.4, 0.1, 0))).isZero();
        assertThat(Preference.byChance(List.of(rating(0.5, 0, 0), rating(0.7, 0, 0), rating(0.7, 0, 0))))
                .isEqualTo(1);
        assertThat(Preference.byChance(List.of(rating(0.5, 0, 0), Optional.empty(), rating(0.7, 0, 0))))
                .isEqualTo(2);
    }
}
