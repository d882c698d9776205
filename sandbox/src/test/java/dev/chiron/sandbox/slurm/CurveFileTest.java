package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.run.Reported;
import dev.chiron.sandbox.run.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveFileTest {

    @TempDir
    Path folder;

    private final List<String> seen = new ArrayList<>();
    private final Watch watch = (step, value) -> {
        seen.add(step + " " + value);
        return value > 2 ? Optional.of(new Watch.Stop("strict", "above 2")) : Optional.empty();
    };
    private final Reported reported = new Reported(watch);
    private CurveFile curve = new CurveFile(Path.of(""), reported);

    @BeforeEach
    void lies() {
        curve = new CurveFile(folder, reported);
    }

    private void append(String text) throws Exception {
        Files.writeString(folder.resolve(CurveFile.NAME), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void whatIsWrittenIsReadOnceAndInOrder() throws Exception {
        long[] nanos = {0};
        try (CurveWriter writer = new CurveWriter(folder, () -> nanos[0])) {
            nanos[0] = 1_250_000_000;
            assertThat(writer.reported(1, 0.1 + 0.2)).isEmpty();
            assertThat(writer.reported(2, Double.NaN)).isEmpty();
            assertThat(writer.reported(1e15, -1e-300)).isEmpty();
        }
        curve.look();
        curve.look();
        assertThat(seen).containsExactly("1.0 0.30000000000000004", "2.0 NaN", "1.0E15 -1.0E-300");
        assertThat(curve.took()).isEqualTo(Duration.ofMillis(1250));
        assertThat(reported.recalled()).isEmpty();
    }

    @Test
    void beforeTheJobHasReportedThereIsNothing() throws Exception {
        curve.look();
        assertThat(seen).isEmpty();
    }

    @Test
    void aLineThatIsBeingWrittenIsReadWhenItIsWhole() throws Exception {
        append("1.0,0.5,0.1,\n2.0,0.4");
        curve.look();
        assertThat(seen).containsExactly("1.0 0.5");
        append("5,0.2,\n");
        curve.look();
        assertThat(seen).containsExactly("1.0 0.5", "2.0 0.45");
    }

    /** The job was killed while it wrote, and begins anew: 0.4 was never reported. */
    @Test
    void aLineThatWasCutOffIsNoValue() throws Exception {
        append("1.0,0.5,0.1,\n2.0,0.4");
        try (CurveWriter writer = new CurveWriter(folder, () -> 0)) {
            writer.reported(1, 0.5);
        }
        append("3.0,0.3,1");
        try (CurveWriter writer = new CurveWriter(folder, () -> 0)) {
            writer.reported(1, 0.25);
        }
        curve.look();
        assertThat(seen).containsExactly("1.0 0.5", "1.0 0.5", "1.0 0.25");
    }

    @Test
    void nothingIsLookedAtAfterTheValueThatItIsStoppedBy() throws Exception {
        append("1.0,3.0,0.5,\n2.0,1.0,1.5,\n");
        curve.look();
        curve.look();
        assertThat(seen).containsExactly("1.0 3.0");
        assertThat(reported.isOver()).isTrue();
        assertThat(curve.took()).isEqualTo(Duration.ofMillis(500));
        assertThat(reported.recalled()).isPresent();
    }

    @Test
    void aLongCurveIsReadWhole() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int step = 1; step <= 200_000; step++) {
            lines.append(step).append(".0,1.0,0.5,\n"); // more than is read at a time
        }
        append(lines.toString());
        curve.look();
        assertThat(seen).hasSize(200_000);
        assertThat(seen.get(199_999)).isEqualTo("200000.0 1.0");
    }
}
