package dev.chiron.sandbox.branch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnifiedDiffTest {

    @TempDir
    Path folder;

    @Test
    void equalTextsHaveNone() {
        assertThat(UnifiedDiff.of("a.py", "x\n", "x\n")).isEmpty();
    }

    @Test
    void threeLinesStandAroundAChange() {
        assertThat(UnifiedDiff.of("src/a.py", "1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n"))
                .isEqualTo("""
                --- a/src/a.py
                +++ b/src/a.py
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                """);
    }

    /** Texts with {@code |} for a new line and {@code ^} for a carriage return. */
    @ParameterizedTest
    @CsvSource({
        "a|b|c, a|B|c",
        "a|b|, a|b",
        "a|b, a|b|",
        "a^|b^|, a^|B^|",
        "a|, a|\tö|",
        "x, ''",
        "'', x|y",
        "a|b|c|d|e|f|g|h|i|j|k|l|, A|b|c|d|e|f|g|h|i|j|k|L|",
    })
    void gitAppliesIt(String before, String after) throws IOException, InterruptedException {
        String from = before.replace('|', '\n').replace('^', '\r');
        String to = after.replace('|', '\n').replace('^', '\r');
        Path file = Files.writeString(folder.resolve("a.py"), from);
        Path patch = Files.writeString(folder.resolve("patch"), UnifiedDiff.of("a.py", from, to));
        Process git = new ProcessBuilder("git", "apply", "--unsafe-paths", "-p1", patch.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
        assertThat(Files.exists(file) ? Files.readString(file) : "").isEqualTo(to);
    }
}
