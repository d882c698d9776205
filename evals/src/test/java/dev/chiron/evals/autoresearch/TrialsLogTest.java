package dev.chiron.evals.autoresearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsLogTest {

    private static final String HEADER = "method,seed,trial,status,val_bpb,wall_seconds,DEPTH,ASPECT_RATIO,HEAD_DIM,"
            + "DEVICE_BATCH_SIZE,TOTAL_BATCH_SIZE,EMBEDDING_LR,UNEMBEDDING_LR,MATRIX_LR,SCALAR_LR,WEIGHT_DECAY,"
            + "WARMUP_RATIO,WARMDOWN_RATIO,FINAL_LR_FRAC,WINDOW_PATTERN\n";
    private static final String ROW = ",8,64,128,128,524288,0.6,0.004,0.04,0.5,0.2,0.0,0.5,0.0,SSSL\n";

    @TempDir
    Path folder;

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("log.csv"), text);
    }

    @Test
    void measuredAndFailedTrialsAreRead() throws IOException {
        var trials = TrialsLog.read(log(HEADER + "TPE,0,0,completed,0.99,300" + ROW + "TPE,0,1,failed,,31.5" + ROW));
        assertThat(trials).hasSize(2);
        assertThat(trials.get(0).value()).hasValue(0.99);
        assertThat(trials.get(0).run()).isEqualTo("TPE 0");
        assertThat(trials.get(0).config()).isEqualTo(Training.baseline());
        assertThat(trials.get(1).value()).isEmpty();
        assertThat(trials.get(1).seconds()).isEqualTo(31.5);
    }

    @Test
    void whatCannotBeReadIsNamedWithItsLine() throws IOException {
        assertThatThrownBy(() -> TrialsLog.read(folder.resolve("gone.csv"))).isInstanceOf(BadInput.class);
        assertBad("a,b\n", ":1: no column method");
        assertBad(HEADER + "TPE,0,0,completed,abc,300" + ROW, ":2: val_bpb: `abc` is no number");
        assertBad(HEADER + "TPE,0,0,completed,0.9\n", ":2: 5 cells where the header has 20");
        assertBad(HEADER + "TPE,0,0,completed,0.9,300" + ROW.replace("SSSL", "XXXX"), ":2: WINDOW_PATTERN");
    }

    private void assertBad(String text, String message) throws IOException {
        Path file = log(text);
        assertThatThrownBy(() -> TrialsLog.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }
}
