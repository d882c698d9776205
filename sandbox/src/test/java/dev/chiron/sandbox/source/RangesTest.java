package dev.chiron.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Parameter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEPTH = 8|int in [4, 24]",
                "DEPTH = 2|int in [1, 8]",
                "HEAD_DIM = 128|int in [64, 256], powers of two",
                "HEAD_DIM = 96|int in [24, 384], log scale",
                "TOTAL_BATCH_SIZE = 2**19|int in [65536, 2097152], powers of two",
                "MATRIX_LR = 0.04|float in [0.005, 0.2], log scale",
                "WEIGHT_DECAY = 0.2|float in [0, 0.5]",
                "WARMUP_RATIO = 0.0|float in [0, 0.3]",
                "WINDOW_PATTERN = 'SSSL'|one of {SSSL, SSLL, SLSL, LLLL, SSSS, LSSL}",
                "HIDDEN = 32|int in [8, 128], log scale",
                "LAYERS = 1|int in [1, 4]",
                "LAYERS = 0|int in [0, 1]",
                "SHIFT = -8|int in [-32, -2]",
                "SHIFT = -1|int in [-4, -1]",
                "LR = 0.001|float in [1e-5, 0.1], log scale",
                "SCALE = 0.7|float in [0.07, 7], log scale",
                "BIAS = -0.5|float in [-5, -0.05]",
                "BIAS = 0.0|float in [0, 1]",
                "DROPOUT = 0.1|float in [0, 0.9]",
                "MOMENTUM = 0.9|float in [0, 0.99]",
                "BETA2 = 0.999|float in [0, 1]",
                "DROPOUT_RATE = 0.0|float in [0, 0.9]",
                "NESTEROV = True|one of {true, false}",
                "TINY = 1e-300|float in [1e-302, 1e-298], log scale"
            })
    void rangesHoldTheValue(String line, String description) {
        Constant constant = constant(line);
        Optional<Parameter> parameter = Ranges.infer(constant);

        assertThat(parameter).get().extracting(Parameter::describe).asString().isEqualTo(description);
        assertThat(parameter.orElseThrow().nearest(constant.value())).isEqualTo(constant.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAX_SEQ_LEN = 2048",
                "TIME_BUDGET = 300",
                "EVAL_TOKENS = 100",
                "H100_BF16_PEAK_FLOPS = 9.9e14",
                "SEED = 1",
                "RANDOM_SEED = 1",
                "SEED2 = 1",
                "DATA_PATH = 'x'",
                "OUT_DIR = 'x'",
                "LOG_FILE = 'x'",
                "BASE_URL = 'x'",
                "VERSION = 3",
                "DEBUG = True",
                "VERBOSE = False",
                "NAME = 'x'",
                "WINDOW_PATTERN = 'XX'",
                "WEIGHT_DECAY = 0",
                "HUGE = 2**60",
                "X = 5e-324",
                "X = 1.7e308",
                "X = 1/3"
            })
    void someConstantsHaveNone(String line) {
        assertThat(Ranges.infer(constant(line))).isEmpty();
    }

    @Test
    void aSearchedNameIsTheParametersName() {
        assertThat(Ranges.infer(constant("HIDDEN = 32")))
                .get()
                .extracting(Parameter::name)
                .isEqualTo("HIDDEN");
    }

    private static Constant constant(String line) {
        return Source.of("t.py", line + "\n").constants().get(0);
    }
}
