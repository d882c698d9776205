package dev.chiron.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedMetricsTest {

    @Test
    void wholeNamesBeforeAColonAreFoundTheLikelierOneFirst(@TempDir Path folder) throws IOException {
        Path script = folder.resolve("train.py");
        Files.writeString(script, """
                print(f"loss: {loss} train_mse: {mse}")
                print("\\nval_acc:", acc, "\\tmae:", "f1", "ppl")
                print("val_loss=1 0rmse: 2")
                """);
        assertThat(PrintedMetrics.of(Source.read(script)).names())
                .containsExactly("val_loss", "val_acc", "mae", "loss");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    print("accuracy", acc)                                    | accuracy
                    print("Mean accuracy = %.4f" % scores.mean())             | Mean accuracy
                    print(f"epoch {e} train loss {a:.3f} Val loss {b:.3f}")   | Val loss
                    print("Finished. Test Accuracy:", acc)                    | Test Accuracy
                    print(f"[{e}] Validation loss = {loss}")                  | Validation loss
                    log.info("best val_acc: %s, now F1 score %.2f", a, b)     | F1 score
                    print(f"RMSE={rmse}")                                     | RMSE
                    print("loss of the run", acc)                             | ''
                    metrics = ["accuracy", "loss"]                            | ''
                    model.compile("adam", loss, metrics=["accuracy"])         | ''
                    loss = 3                                                  | ''
                    print(f"{name} has a loss")                               | ''
                    """)
    void metricsAreFoundAsScriptsPrintThem(String line, String found) {
        assertThat(PrintedMetrics.of(Source.of("train.py", line + "\n")).names())
                .isEqualTo(found.isEmpty() ? List.of() : List.of(found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Accuracy counts.                               | acc      | val_loss, acc, loss
                    I care about val_loss                          | val_loss | val_loss, acc, loss
                    I care about the validation loss, not accuracy | val_loss | acc, loss, val_loss
                    lower val-loss                                 | val_loss | loss, val_loss
                    the loss matters                               | loss     | val_loss, loss
                    the best acc.                                  | accuracy | loss, accuracy
                    the best accuracy                              | val_acc  | val_loss, val_acc
                    the best validation accuracy                   | acc      | loss, acc
                    the root mean squared error                    | rmse     | mse, rmse
                    a good F1 score                                | f1       | score, f1
                    fewer bits per byte                            | val_bpb  | loss, val_bpb
                    lossless training of accurate models           | ''       | loss, accuracy
                    it                                             | ''       | loss
                    accuracy                                       | ''       | val_loss, loss
                    """)
    void wordsNameAMetricInSeveralWays(String words, String named, String printed) {
        assertThat(new PrintedMetrics(List.of(printed.split(", "))).in(words).orElse(""))
                .isEqualTo(named);
    }
}
