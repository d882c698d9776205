package dev.chiron.prompts.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    /** The 14 of karpathy/autoresearch, and names of other scripts. */
    @ParameterizedTest
    @CsvSource({
        "DEPTH, DEPTH",
        "ASPECT_RATIO, ASPECT",
        "HEAD_DIM, HEAD_WIDTH",
        "DEVICE_BATCH_SIZE, DEVICE_BATCH",
        "TOTAL_BATCH_SIZE, BATCH",
        "EMBEDDING_LR, OTHER_RATE",
        "UNEMBEDDING_LR, OTHER_RATE",
        "MATRIX_LR, LEARNING_RATE",
        "SCALAR_LR, OTHER_RATE",
        "WEIGHT_DECAY, WEIGHT_DECAY",
        "WARMUP_RATIO, WARMUP",
        "WARMDOWN_RATIO, WARMDOWN",
        "FINAL_LR_FRAC, FINAL_RATE",
        "lr, LEARNING_RATE",
        "optimizer.lr, LEARNING_RATE",
        "learningRate, LEARNING_RATE",
        "peak-learning-rate, LEARNING_RATE",
        "min_lr, FINAL_RATE",
        "batchSize, BATCH",
        "per_device_train_batch_size, DEVICE_BATCH",
        "n_layer, DEPTH",
        "d_model, WIDTH",
        "n_embd, WIDTH",
        "hidden, WIDTH",
        "model.hidden_size, WIDTH",
        "wd, WEIGHT_DECAY",
        "adam_beta2, BETA2",
        "warmup_iters, WARMUP",
        "max_iters, STEPS",
        "num_epochs, EPOCHS",
        "block_size, SEQUENCE"
    })
    void namesSayWhatTheyAre(String name, Quantity expected) {
        assertThat(Quantity.of(name)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WINDOW_PATTERN",
                "max_depth",
                "eval_batch_size",
                "dropout_hidden",
                "seed",
                "colr",
                "lr_decay",
                "LR7",
                ""
            })
    void otherNamesSayNothing(String name) {
        assertThat(Quantity.of(name)).isEmpty();
    }

    @Test
    void everyAliasIsItsOwnQuantitys() {
        for (Quantity quantity : Quantity.values()) {
            if (quantity != Quantity.UNKNOWN) {
                assertThat(quantity.aliases())
                        .isNotEmpty()
                        .allSatisfy(alias -> assertThat(Quantity.of(alias)).contains(quantity));
            }
        }
    }
}
