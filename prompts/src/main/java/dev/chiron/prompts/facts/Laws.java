package dev.chiron.prompts.facts;

/** The formulas of the cards, with their constants as published. All arguments are above 0. */
final class Laws {

    private static final double GIGA = 1e9;

    private Laws() {}

    /**
     * The best peak learning rate, Li et al. 2025 (arXiv 2503.04715), the Step Law: 1.79 N^-0.713 D^0.307.
     *
     * @param params N, weights without embeddings
     * @param tokens D, trained on
     */
    static double stepLawRate(double params, double tokens) {
        return 1.79 * Math.pow(params, -0.713) * Math.pow(tokens, 0.307);
    }

    /** The best batch in tokens, from the same equation: 0.58 D^0.571. */
    static double stepLawBatch(double tokens) {
        return 0.58 * Math.pow(tokens, 0.571);
    }

    /** Whether the Step Law was fitted on models and data of about this size: 60M to 1B weights, 2B to 100B tokens. */
    static boolean isFitted(double params, double tokens) {
        return params >= 60e6 && params <= 1.1e9 && tokens >= 2e9 && tokens <= 100e9;
    }

    /** What Adam's learning rate is multiplied by when the batch grows {@code k} times: Malladi et al. 2022 (arXiv 2205.10287). */
    static double adamRate(double k) {
        return Math.sqrt(k);
    }

    /**
     * Adam's beta1 or beta2 when the batch grows {@code k} times, by the same rule: 1 - beta grows {@code k} times.
     *
     * @return below 0 where the rule cannot hold any more
     */
    static double adamBeta(double beta, double k) {
        return 1 - k * (1 - beta);
    }

    /** Beta2 with the same half-life in tokens when the batch grows {@code k} times: Marek et al. 2025 (arXiv 2507.07101). */
    static double halfLife(double beta2, double k) {
        return Math.pow(beta2, k);
    }

    /** What the best learning rate is multiplied by when training lasts {@code k} times as many tokens: Bjorck et al. 2024 (arXiv 2409.19913). */
    static double horizon(double k) {
        return Math.pow(k, -0.32);
    }

    /** Adam's learning rate of hidden matrices when the width grows {@code k} times, muP: Yang et al. 2022 (arXiv 2203.03466). */
    static double width(double k) {
        return 1 / k;
    }

    /** Adam's learning rate when the depth grows {@code k} times, depth-muP: Yang et al. 2023 (arXiv 2310.02244). */
    static double depth(double k) {
        return 1 / Math.sqrt(k);
    }

    /** Over how many steps AdamW's weights average their updates: Wang and Aitchison 2024 (arXiv 2405.13698). */
    static double timescale(double rate, double decay) {
        return 1 / (rate * decay);
    }

    /** Steps of linear warm-up that are enough for Adam: Ma and Yarats 2021 (arXiv 1910.04209), 2 / (1 - beta2). */
    static double warmup(double beta2) {
        return 2 / (1 - beta2);
    }

    /** Weights of a transformer without its embeddings, where the inner layer is four times as wide: Kaplan et al. 2020 (arXiv 2001.08361). */
    static double params(double depth, double width) {
        return 12 * depth * width * width;
    }

    /** Gigabytes of weights, gradients and Adam's state in mixed precision, 16 bytes a weight: Rajbhandari et al. 2020 (arXiv 1910.02054). */
    static double states(double params) {
        return 16 * params / GIGA;
    }

    /**
     * Gigabytes of a transformer's activations in 16 bits: Korthikanti et al. 2022 (arXiv 2205.05198), s b h (34 + 5 a s / h)
     * a layer, without the second term, which is that of attention scores and falls away where they are not kept.
     */
    static double activations(double depth, double width, double sequence, double batch) {
        return 34 * depth * sequence * batch * width / GIGA;
    }
}
