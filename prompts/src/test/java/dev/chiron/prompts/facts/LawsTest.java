package dev.chiron.prompts.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against numbers that papers print, or that were worked out by hand from their formulas. */
class LawsTest {

    @Test
    void stepLawOfABillionWeightsAndAHundredBillionTokens() {
        // log10: .25285 - 9 * .713 + 11 * .307 = -2.78715, and -.23657 + 11 * .571 = 6.04443
        assertThat(Laws.stepLawRate(1e9, 1e11)).isCloseTo(1.6325e-3, within(1e-6));
        assertThat(Laws.stepLawBatch(1e11)).isCloseTo(1.1077e6, within(100.0));
    }

    @Test
    void stepLawIsSaidToBeFittedWhereItWas() {
        assertThat(Laws.isFitted(430e6, 20e9)).isTrue();
        assertThat(Laws.isFitted(25e6, 20e9)).isFalse();
        assertThat(Laws.isFitted(430e6, 5e8)).isFalse();
    }

    @Test
    void adamWithTwiceTheBatch() {
        assertThat(Laws.adamRate(2)).isCloseTo(1.41421, within(1e-5));
        assertThat(Laws.adamBeta(0.9, 2)).isCloseTo(0.8, within(1e-12));
        assertThat(Laws.adamBeta(0.999, 4)).isCloseTo(0.996, within(1e-12));
        assertThat(Laws.adamBeta(0.9, 16)).isNegative();
    }

    /** Marek et al. take beta2 from .95 at a batch of 512 to .9999 at one of 1. */
    @Test
    void halfLifeAtABatchOfOne() {
        assertThat(Laws.halfLife(0.95, 1.0 / 512)).isCloseTo(0.9999, within(1e-6));
        assertThat(Laws.halfLife(0.95, 0.5)).isCloseTo(Math.sqrt(0.95), within(1e-12));
    }

    @Test
    void aHorizonOfTwiceAndTenTimes() {
        assertThat(Laws.horizon(2)).isCloseTo(0.8011, within(1e-4));
        assertThat(Laws.horizon(10)).isCloseTo(0.4786, within(1e-4));
    }

    @Test
    void widthAndDepth() {
        assertThat(Laws.width(768.0 / 512)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Laws.depth(4)).isEqualTo(0.5);
    }

    @Test
    void timescaleOfAdamW() {
        assertThat(Laws.timescale(3e-4, 0.1)).isCloseTo(33333.3, within(0.1));
    }

    /** Ma and Yarats: 2,000 steps for Adam's usual beta2. */
    @Test
    void warmUpOfUsualBetas() {
        assertThat(Laws.warmup(0.999)).isCloseTo(2000, within(1e-6));
        assertThat(Laws.warmup(0.95)).isCloseTo(40, within(1e-9));
    }

    /** GPT-3 has 175 billion weights with its embeddings, GPT-2's small one 85 million without. */
    @Test
    void weightsOfGpt() {
        assertThat(Laws.params(96, 12288)).isCloseTo(173.9e9, within(0.1e9));
        assertThat(Laws.params(12, 768)).isCloseTo(84.9e6, within(0.1e6));
    }

    /** ZeRO's own example: 7.5 billion weights take 120 GB. */
    @Test
    void statesOfZerosExample() {
        assertThat(Laws.states(7.5e9)).isCloseTo(120, within(1e-9));
    }

    /** GPT-3, one example of 2,048 tokens: 34 * 96 * 2048 * 12288 bytes. */
    @Test
    void activationsOfGpt3() {
        assertThat(Laws.activations(96, 12288, 2048, 1)).isCloseTo(82.14, within(0.01));
    }

    /** Of recorded trials of 2,048 tokens an example on 80 GB nearly all above depth^2 x aspect ratio x batch = 891,000 failed. */
    @Test
    void activationsWhereRecordedTrialsRanOutOfMemory() {
        double depth = 10;
        double width = 891_000 / (depth * 128);
        assertThat(Laws.activations(depth, width, 2048, 128)).isCloseTo(62.04, within(0.01));
    }
}
