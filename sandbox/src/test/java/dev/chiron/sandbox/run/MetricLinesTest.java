package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome.CurvePoint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricLinesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "val_bpb: 0.9979|0.9979",
                "val_bpb=1e-5|1e-5",
                "val_bpb -3|-3",
                "val_bpb:+3|3",
                "val_bpb = .5 nats|0.5",
                "val_bpb: 1_000s|1000",
                "{\"step\": 3, \"val_bpb\": 2.5, \"x\": 1}|2.5",
                "[val_bpb: 93.1%]|93.1",
                "val_bpb: nan|NaN",
                "val_bpb: -inf|-Infinity",
                "val_bpb: Infinity|Infinity",
                "val_bpb: 1e999|Infinity",
                "val_bpb: 1 val_bpb: 2|2",
                "50%\rval_bpb: 7|7",
                "final val_bpb: 0.99 (best val_bpb: 0.5)|0.99",
                "step 3 of 9, val_bpb: 4|4",
                "now \u001B[1mval_bpb\u001B[0m: \u001B[32m0.5\u001B[0m|0.5",
            })
    void readsNumbersAsScriptsPrintThem(String line, double value) {
        assertThat(((Reading.Found) read(line)).value()).isEqualTo(Double.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "val_bpb: 0x10",
                "val_bpb: 12:30",
                "val_bpb: 10 / 20",
                "val_bpb:2..3",
                "best_val_bpb: 1",
                "val_bpb2: 1",
                "eval/val_bpb: 1",
                "val_bpb:",
                "val_bpb: none",
                "val_bpb: info",
                "val_bpb",
                "VAL_BPB: 1",
                "val_bpb_last 2",
                "my-val_bpb=4",
                "best val_bpb: 0.9",
                "train val_bpb = 0.9",
                "val_bpb: 1,000",
                "val_bpb: 12/100",
                "val_bpb: 1.2.3",
                "val_bpb 3 times better"
            })
    void takesNothingElseForTheMetric(String line) {
        assertThat(read(line)).isInstanceOf(Reading.Missing.class);
    }

    @Test
    void drawsTheCurveFromEarlierValues() {
        Reading.Found found = (Reading.Found)
                read("epoch 1 step 10 val_bpb 4\nval_bpb 3\nEpoch: 7, val_bpb nan\niter=9 val_bpb 2\nval_bpb 1");
        assertThat(found.curve()).containsExactly(new CurvePoint(10, 4), new CurvePoint(2, 3), new CurvePoint(9, 2));
        assertThat(found.others()).containsOnlyKeys("Epoch", "iter");
    }

    @Test
    void thinsALongCurve() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_001; i++) {
            text.append("val_bpb: ").append(i).append('\n');
        }
        Reading.Found found = (Reading.Found) read(text.toString());
        assertThat(found.value()).isEqualTo(10_000);
        assertThat(found.curve()).hasSizeBetween(500, 1000);
        assertThat(found.curve().get(0).value()).isZero();
        assertThat(found.curve().get(found.curve().size() - 1).value()).isGreaterThan(9900);
    }

    @Test
    void keepsFiftyOtherNumbers() {
        StringBuilder text = new StringBuilder("val_bpb: 1\n");
        for (int i = 0; i < 60; i++) {
            text.append("m").append(i).append(": ").append(i).append('\n');
        }
        Reading.Found found = (Reading.Found) read(text + "m3: 8\n");
        assertThat(found.others()).hasSize(50).containsEntry("m3", 8.0);
    }

    @Test
    void whatTheTaskNeedsIsNotedHoweverManyOthersThereAre() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append("m").append(i).append(": ").append(i).append('\n');
        }
        MetricLines lines = new MetricLines("val_bpb", Set.of("ms"), Optional.empty(), new Watched(Watch.NONE));
        byte[] bytes = (text + "ms: 3\nms: 4\nval_bpb: 5\n").getBytes(StandardCharsets.UTF_8);
        lines.accept(bytes, bytes.length);
        Reading.Found found = (Reading.Found) lines.reading();
        assertThat(found.others()).hasSize(51).containsEntry("ms", 4.0);
        lines.accept("ms: nan\n".getBytes(StandardCharsets.UTF_8), 8);
        assertThat(((Reading.Found) lines.reading()).others()).doesNotContainKey("ms");
    }

    @Test
    void readsAHostileLineInTime() {
        String line = "val_bpb:" + " ".repeat(8000) + "x=".repeat(4000) + "1".repeat(3000) + "\n";
        assertThat(read(line.repeat(50) + "val_bpb: 5"))
                .isInstanceOfSatisfying(
                        Reading.Found.class, found -> assertThat(found.value()).isEqualTo(5));
    }

    private static Reading read(String text) {
        MetricLines lines = new MetricLines("val_bpb");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.accept(bytes, bytes.length);
        return lines.reading();
    }
}
