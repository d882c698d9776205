package dev.chiron.sandbox.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchedScriptTest {

    private static final String SCRIPT = """
            import math

            LR = 0.1

            def f(x):
                y = x + 1
                return y

            def g(x):
                y = x + 1
                return -y
            """;

    @Test
    void replacesTheLinesThatABlockSearches() {
        assertThat(applied(SCRIPT, "    return -y", "    # é😀\n    return -2 * y"))
                .isEqualTo(SCRIPT.replace("    return -y", "    # é😀\n    return -2 * y"));
    }

    @Test
    void findsABlockInTheScriptAsTheBlocksBeforeItLeftIt() {
        Patch patch = new Patch.Blocks(List.of(
                new Patch.Block("LR = 0.1", "LR = 0.2\nWD = 0.1"), new Patch.Block("WD = 0.1\n", "WD = 0.3\n")));

        assertThat(applied(SCRIPT, patch)).isEqualTo(SCRIPT.replace("LR = 0.1\n", "LR = 0.2\nWD = 0.3\n"));
    }

    @Test
    void anEmptyReplacementDeletes() {
        assertThat(applied(SCRIPT, "LR = 0.1\n", "")).isEqualTo(SCRIPT.replace("LR = 0.1\n\n", ""));
    }

    @Test
    void linesAreSearchedWhole() {
        assertThat(reason(SCRIPT, "LR = 0", "LR = 1"))
                .contains("not in the script", "line 3 is \"LR = 0.1\" and not \"LR = 0\"");
    }

    @Test
    void anAmbiguousBlockIsRefusedWithItsPlaces() {
        assertThat(reason(SCRIPT, "    y = x + 1", "    y = x"))
                .isEqualTo(
                        "the SEARCH of block 1 is in the script 2 times (from lines 6, 10); add lines before or after it, so that it"
                                + " fits only the place that you mean");
        assertThat(reason("a\n".repeat(9), "a\na", "b")).contains("8 times (from lines 1, 2, 3, 4, 5 …)");
    }

    @Test
    void aMissingBlockIsRefusedWithTheNearestLines() {
        assertThat(reason(SCRIPT, "def g(x):\n    y = x + 2\n    return -y", "pass"))
                .contains("nearest to it is line 9, where line 10 is \"y = x + 1\" and not \"y = x + 2\"");
        assertThat(reason(SCRIPT, "def f(x):\n\ty = x + 1", "pass"))
                .contains("line 6 (\"y = x + 1\") begins with other spaces or tabs than in SEARCH");
        assertThat(reason(SCRIPT, "    return -y\n\nmain()", "pass"))
                .contains("the script ends and SEARCH goes on with \"\"".replace("\"\"", "an empty line"));
        assertThat(reason(SCRIPT, "x = 1\nimport math", "pass"))
                .contains("SEARCH has \"x = 1\" before the script's first line");
        assertThat(reason(SCRIPT, "LEARN = 0.1", "pass")).contains("nearest to it is line 3");
        assertThat(reason(SCRIPT, "@wholly#other", "pass")).contains("nothing in it is like it");
        assertThat(reason("", "x", "y")).contains("nothing in it is like it");
    }

    @Test
    void isAllOrNothing() {
        Patch patch = new Patch.Blocks(List.of(new Patch.Block("LR = 0.1", "LR = 0.2"), new Patch.Block("no", "yes")));

        assertThat(PatchedScript.of("train.py", SCRIPT, patch))
                .isInstanceOfSatisfying(
                        PatchedScript.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .contains("block 2", "as the blocks before it left it")
                                .doesNotContain("\n"));
    }

    @Test
    void whatChangesNothingOrLeavesNothingIsRefused() {
        assertThat(reason(SCRIPT, "LR = 0.1", "LR = 0.1")).isEqualTo("the edit changes nothing");
        assertThat(reason("a\nb\n", "a\nb", "")).isEqualTo("the edit leaves nothing of the script");
        assertThat(reason(SCRIPT, " \n ", "x")).contains("is empty");
        assertThat(reason(SCRIPT, new Patch.WholeFile(SCRIPT.replace("\n", "\r\n"))))
                .isEqualTo("the edit changes nothing");
        assertThat(reason(SCRIPT, new Patch.WholeFile(" \n"))).contains("leaves nothing");
    }

    @Test
    void whiteSpaceAtTheEndsOfLinesCountsOnlyIfItHasTo() {
        assertThat(applied("a  \nb\t\nc\n", "a\nb", "a\nx")).isEqualTo("a  \nx\nc\n");
        assertThat(applied("a\nb\n", "a  \nb ", "a\nb2")).isEqualTo("a\nb2\n");
        assertThat(applied("a \nb\na\nb\n", "a \nb", "x")).isEqualTo("x\na\nb\n");
        assertThat(reason("a \na\t\n", "a", "x")).contains("2 times");
        assertThat(reason("\tx = 1\n", "    x = 1", "    x = 2")).contains("spaces or tabs");
    }

    @Test
    void endsOfLinesAreTheScripts() {
        assertThat(applied("a\r\nb\r\nc", "b\nc", "x\ny")).isEqualTo("a\r\nx\r\ny");
        assertThat(applied("a\nb", "a", "a\nx")).isEqualTo("a\nx\nb");
        assertThat(applied("a\nb", "b", "")).isEqualTo("a");
        assertThat(applied("a\nb\n", "b", "")).isEqualTo("a\n");
        assertThat(applied("a\r\nb\nc\r\n", "b\nc", "b\nx\nc")).isEqualTo("a\r\nb\nx\r\nc\r\n");
        assertThat(applied("\uFEFFa\r\nb\r\n", "a", "x")).isEqualTo("\uFEFFx\r\nb\r\n");
        assertThat(applied("a\r\nb", new Patch.WholeFile("x\ny\n"))).isEqualTo("x\r\ny");
        assertThat(applied("\uFEFFa\nb\n", new Patch.WholeFile("x\r\ny"))).isEqualTo("\uFEFFx\ny\n");
    }

    @Test
    void aLargeScriptIsQuicklySearched() {
        String same = "    x = 1\n".repeat(5000);
        assertThat(reason(same, "    x = 1\n".repeat(2500) + "y", "z")).contains("nearest to it");
        String script = lines(5000);
        List<Patch.Block> blocks = IntStream.range(0, 500)
                .mapToObj(i -> new Patch.Block("line_" + i * 10 + " = " + i * 10, "changed_" + i + " = 0"))
                .toList();
        assertThat(applied(script, new Patch.Blocks(blocks)))
                .contains("changed_499 = 0")
                .hasLineCount(5000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void blocksOfAnyEditMakeTheEditedScript(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String end = random.nextBoolean() ? "\r\n" : "\n";
            String last = random.nextBoolean() ? "" : end;
            List<String> before = randomLines(random, 5 + random.nextInt(60));
            List<String> after = new ArrayList<>();
            List<Patch.Block> blocks = new ArrayList<>();
            int at = 0;
            while (at < before.size()) {
                int length = Math.min(before.size() - at, 1 + random.nextInt(6));
                List<String> search = before.subList(at, at + length);
                List<String> replace = random.nextInt(3) == 0 ? randomLines(random, 1 + random.nextInt(4)) : search;
                if (!replace.equals(search)) {
                    blocks.add(new Patch.Block(String.join("\n", search), String.join("\n", replace)));
                }
                after.addAll(replace);
                at += length;
            }
            String script = String.join(end, before) + last;

            PatchedScript patched = PatchedScript.of("train.py", script, new Patch.Blocks(blocks));

            assertThat(patched)
                    .as("seed %d, edit %d", seed, i)
                    .isEqualTo(
                            blocks.isEmpty()
                                    ? new PatchedScript.Rejected("the edit changes nothing")
                                    : new PatchedScript.Applied(String.join(end, after) + last));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void oneBlockThatDoesNotFitRejectsAll(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            List<String> lines = randomLines(random, 20);
            List<Patch.Block> blocks = new ArrayList<>();
            for (String line : lines.subList(0, 5)) {
                blocks.add(new Patch.Block(line, "new " + line));
            }
            blocks.add(random.nextInt(6), new Patch.Block(lines.get(7) + "\nmissing", "x"));

            assertThat(reason(String.join("\n", lines), new Patch.Blocks(blocks)))
                    .contains("not in the script");
        }
    }

    /** All different, with tabs, blanks at the ends and letters beyond ASCII. */
    private static List<String> randomLines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String indent = List.of("", "    ", "\t", "\t  ").get(random.nextInt(4));
            String word = List.of("x", "ünï", "数", "😀", "# c", "\"\"\"").get(random.nextInt(6));
            lines.add(indent
                    + word
                    + random.nextLong()
                    + List.of("", "", " ", "\t").get(random.nextInt(4)));
        }
        return lines;
    }

    private static String lines(int count) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < count; i++) {
            script.append("line_").append(i).append(" = ").append(i).append('\n');
        }
        return script.toString();
    }

    private static String applied(String script, String search, String replace) {
        return applied(script, new Patch.Blocks(List.of(new Patch.Block(search, replace))));
    }

    private static String applied(String script, Patch patch) {
        PatchedScript patched = PatchedScript.of("train.py", script, patch);
        assertThat(patched).isInstanceOf(PatchedScript.Applied.class);
        return ((PatchedScript.Applied) patched).text();
    }

    private static String reason(String script, String search, String replace) {
        return reason(script, new Patch.Blocks(List.of(new Patch.Block(search, replace))));
    }

    private static String reason(String script, Patch patch) {
        PatchedScript patched = PatchedScript.of("train.py", script, patch);
        assertThat(patched).isInstanceOf(PatchedScript.Rejected.class);
        return ((PatchedScript.Rejected) patched).reason();
    }
}
