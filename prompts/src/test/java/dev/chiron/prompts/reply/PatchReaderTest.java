package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Patch;
import dev.chiron.prompts.describe.EditForm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchReaderTest {

    private static final String BLOCK = """
            <<<<<<< SEARCH
            x = 1
            =======
            x = 2
            >>>>>>> REPLACE
            """;

    @Test
    void readsAnIdeaAndItsBlocksInOrder() {
        EditReply reply = blocks("""
                IDEA: warm up more slowly

                <<<<<<< SEARCH
                def f():
                    return 1
                =======
                def f():
                    return 2
                >>>>>>> REPLACE
                and
                <<<<<<< SEARCH
                y = 1
                =======
                >>>>>>> REPLACE
                """);

        assertThat(reply)
                .isEqualTo(new EditReply.Proposed(
                        "warm up more slowly",
                        new Patch.Blocks(List.of(
                                new Patch.Block("def f():\n    return 1", "def f():\n    return 2"),
                                new Patch.Block("y = 1", "")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IDEA: go\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE",
                "IDEA: go\r\n<<<<<<< SEARCH\r\nx = 1\r\n=======\r\nx = 2\r\n>>>>>>> REPLACE\r\n",
                "IDEA: go\n```python\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n```\n",
                "IDEA: go\n```\ntrain.py\n<<<<<<< ORIGINAL  \nx = 1\n======\t\nx = 2\n>>>>>>>> UPDATED \n```",
                "<think>x = 7? <<<<<<< SEARCH</think>\nIDEA: go\n<<<<< search\nx = 1\n=====\nx = 2\n>>>>> replace\nDone.",
                "it is so\n<<<<<<< SEARCH\n</think>**IDEA:** go\n<<<<<<<<< SEARCH\nx = 1\n=========\nx = 2\n>>>>>>>>> REPLACE",
                "Here it is.\n\n**IDEA**: **go**\n<<<<<<<SEARCH\nx = 1\n=======\nx = 2\n>>>>>>>REPLACE\nIDEA: another",
                "## IDEA:\n\ngo\n<<<<<<< SEARCH\n```python\nx = 1\n```\n=======\n```python\nx = 2\n```\n>>>>>>> REPLACE",
                "- idea: `go`\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>>",
            })
    void whatIsAroundTheBlocksDoesNotMatter(String reply) {
        // what comes before a closing tag without an opening one is reasoning only if the tag begins a line
        assertThat(blocks(reply))
                .isEqualTo(new EditReply.Proposed("go", new Patch.Blocks(List.of(new Patch.Block("x = 1", "x = 2")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'IDEA: a b c'|no edit was found",
                "''|the reply was empty",
                "'<think>hm'|think less",
                "'IDEA: i\n<<<<<<< SEARCH\n\n=======\nx = 2\n>>>>>>> REPLACE'|SEARCH of block 1 is empty",
                "'IDEA: i\n<<<<<<< SEARCH\n=======\nx = 2\n>>>>>>> REPLACE'|SEARCH of block 1 is empty",
                "'IDEA: i\n<<<<<<< SEARCH\nx\n=======\nx\n>>>>>>> REPLACE'|SEARCH and REPLACE are the same",
                "'IDEA: i\n<<<<<<< SEARCH\nx\n=======\ny'|no line >>>>>>> REPLACE",
                "'IDEA: i\n<<<<<<< SEARCH\nx\n<<<<<<< SEARCH\n=======\ny\n>>>>>>> REPLACE'|a second <<<<<<< SEARCH",
                "'IDEA: i\n<<<<<<< SEARCH\nx\ny\n>>>>>>> REPLACE'|has no line =======",
                "'IDEA: i\nx\n=======\ny\n>>>>>>> REPLACE'|that no line <<<<<<< SEARCH began",
                "'IDEA: i\n  <<<<<<< SEARCH\n  x\n  =======\n  y\n  >>>>>>> REPLACE'|has something before it",
                "'IDEA: i\n> <<<<<<< SEARCH\n> x\n> =======\n> y\n> >>>>>>> REPLACE'|has something before it",
                "'IDEA: i\n<<<<<<< SEARCH\nx\n=======\nT\n=======\ny\n>>>>>>> REPLACE'|several lines of =======",
                "'IDEA: i\n<<<<<<< SEARCH\nx\n=======\ny\n# ... rest of the function ...\n>>>>>>> REPLACE'|was left out",
                "'<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE'|the idea is missing",
                "'Sure!\n\nHere is the edit of it:\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE'|the idea is missing",
                "'IDEA: one line\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE'|the idea is missing",
            })
    void saysWhatIsWrong(String reply, String reason) {
        assertThat(blocks(reply))
                .isInstanceOfSatisfying(
                        EditReply.Rejected.class,
                        rejected ->
                                assertThat(rejected.reason()).contains(reason).doesNotContain("\n"));
    }

    @Test
    void ofSeveralDividersTheOneAsLongAsTheOpeningMarkerCounts() {
        EditReply reply = blocks("""
                IDEA: tell more
                <<<<<<<<< SEARCH
                Title
                =======
                =========
                Longer title
                =======
                >>>>>>>>> REPLACE
                """);

        assertThat(patch(reply))
                .isEqualTo(new Patch.Blocks(List.of(new Patch.Block("Title\n=======", "Longer title\n======="))));
    }

    @Test
    void whatLooksLikeMarkersInsideABlockIsItsText() {
        EditReply reply = blocks("""
                IDEA: find conflicts
                <<<<<<<<< SEARCH
                MARKS = []
                =========
                MARKS = [
                "<<<<<<< SEARCH",
                    "=======",
                >>>>>>>
                ```
                ]
                >>>>>>>>> REPLACE
                """);

        assertThat(patch(reply))
                .isEqualTo(new Patch.Blocks(List.of(new Patch.Block(
                        "MARKS = []", "MARKS = [\n\"<<<<<<< SEARCH\",\n    \"=======\",\n>>>>>>>\n```\n]"))));
    }

    @Test
    void anExampleOfTheFormatIsReadLikeAnyBlock() {
        // it then fits nothing in the script, or changes nothing: to leave it out would be a guess
        EditReply reply =
                blocks("I write:\n```\n<<<<<<< SEARCH\n...\n=======\n...\n>>>>>>> REPLACE\n```\nIDEA: go\n" + BLOCK);

        assertThat(reason(reply)).contains("block 1").contains("the same");
    }

    @Test
    void codeMayHoldWhatLooksLikeReasoning() {
        EditReply reply = blocks(
                "IDEA: reward thoughts\n<<<<<<< SEARCH\nA = '<think>'\n=======\nA = '<think>'\nB = '</think>'\n>>>>>>> REPLACE");

        assertThat(patch(reply))
                .isEqualTo(
                        new Patch.Blocks(List.of(new Patch.Block("A = '<think>'", "A = '<think>'\nB = '</think>'"))));
    }

    @Test
    void anIdeaIsOneShortPlainLine() {
        assertThat(idea("IDEA: a\u0007b \u001b[31mred\u202e ok\n" + BLOCK)).isEqualTo("a b red ok");
        assertThat(idea("IDEA: " + "long ".repeat(60) + "\n" + BLOCK))
                .hasSizeLessThanOrEqualTo(200)
                .startsWith("long long")
                .endsWith("…");
        assertThat(idea("IDEA: " + "😀".repeat(150) + "\n" + BLOCK))
                .doesNotContain("?")
                .endsWith("😀…");
    }

    @Test
    void withoutAnIdeaLineTheFirstLineThatSaysSomethingIsTheIdea() {
        assertThat(idea("Sure!\nHere is my edit of it:\nUse a cosine schedule instead.\n" + BLOCK))
                .isEqualTo("Use a cosine schedule instead.");
        assertThat(idea("```python\nx = 1 + 2\n```\nUse a cosine schedule.\n" + BLOCK))
                .isEqualTo("Use a cosine schedule.");
        assertThat(idea("```\nIDEA: inside of it\n" + BLOCK + "```")).isEqualTo("inside of it");
    }

    @Test
    void readsOneCodeBlockAsTheWholeFile() {
        EditReply reply = read(
                EditForm.WHOLE_FILE,
                "IDEA: go\n```python\nx = 2\n\nprint(x)\n```\nRun it with\n```bash\npython x\n```\n");

        assertThat(reply).isEqualTo(new EditReply.Proposed("go", new Patch.WholeFile("x = 2\n\nprint(x)\n")));
    }

    @Test
    void aFileWithFencesIsReadBetweenLongerOrOtherOnes() {
        String file = "\"\"\"\n```\nx\n```\n\"\"\"";

        assertThat(patch(read(EditForm.WHOLE_FILE, "IDEA: go\n~~~~python\n" + file + "\n~~~~\n")))
                .isEqualTo(new Patch.WholeFile(file + "\n"));
        assertThat(patch(read(EditForm.WHOLE_FILE, "IDEA: go\n````\n" + file + "\n````\n")))
                .isEqualTo(new Patch.WholeFile(file + "\n"));
        assertThat(reason(read(EditForm.WHOLE_FILE, "IDEA: go\n```python\n" + file + "\n```\n")))
                .contains("code blocks", "~~~~");
    }

    @Test
    void readsEachCodeBlockAsDefinitions() {
        EditReply reply = read(
                EditForm.DEFINITIONS,
                "IDEA: go\n```python\ndef f():\n    return 2\n```\nand\r\n```python\r\nclass A:\r\n    x = 1\r\n```\r\n");

        assertThat(patch(reply))
                .isEqualTo(new Patch.Definitions(List.of("def f():\n    return 2", "class A:\n    x = 1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'IDEA: i\nx = 2'|no code block was found",
                "'IDEA: i\n```python\nx = 2'|is not closed",
                "'IDEA: i\n```python\n\n```'|is empty",
                "'IDEA: i\n```python\nx = 2\n# ... rest unchanged ...\n```'|was left out",
                "'IDEA: i\n```python\nx = 2\n// existing code\n```'|was left out",
                "'IDEA: i\n```\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n```'|no search/replace blocks",
                "'```python\nx = 2\n```'|the idea is missing",
            })
    void saysWhatIsWrongWithCode(String reply, String reason) {
        assertThat(reason(read(EditForm.DEFINITIONS, reply))).contains(reason);
        assertThat(reason(read(EditForm.WHOLE_FILE, reply))).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# ...", "# … existing code …", "    # ... (rest of the code remains the same)",
                        "# rest of the file unchanged",
                "// ... existing code ...", "/* ... */", "# The rest of your training code goes here",
                        "# [existing imports]",
                "# same as before omitted for brevity", "# (unchanged)", "// remaining methods unchanged",
                        "# everything else is the same",
                "# rest unchanged", "# Existing code here...", "# ... other functions ...",
            })
    void codeThatWasLeftOutIsSeen(String line) {
        assertThat(reason(wholeFile("x = 1\n" + line))).contains("was left out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# load existing code from disk",
                "# the rest is weight decay",
                "...",
                "x = [...]  # ...",
                "# Training loop...",
                "# existing optimizer state",
                "# ...and then normalise",
                "def f(): ...  # rest",
                "// same seed as before",
                "#",
                "# no change of the seed",
            })
    void ordinaryCommentsAreNot(String line) {
        assertThat(wholeFile("x = 1\n" + line)).isInstanceOf(EditReply.Proposed.class);
    }

    @Test
    void aCommentThatTheScriptHasLeavesNothingOut() {
        PatchReader reader = new PatchReader(EditForm.WHOLE_FILE, "x = 1\r\n  # ... existing code ...\r\n");

        assertThat(reader.read("IDEA: go\n```\nx = 2\n# ... existing code ...\n```"))
                .isInstanceOf(EditReply.Proposed.class);
    }

    @Test
    void theFormsAreALadder() {
        assertThat(EditForm.BLOCKS.next()).contains(EditForm.DEFINITIONS);
        assertThat(EditForm.DEFINITIONS.next()).contains(EditForm.WHOLE_FILE);
        assertThat(EditForm.WHOLE_FILE.next()).isEmpty();
        assertThat(EditForm.BLOCKS.label()).isEqualTo("search/replace blocks");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void blocksComeOutAsTheyWereWrittenWhateverIsInThem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String search = "a" + text(random);
            String replace = "b" + text(random);
            String end = random.nextBoolean() ? "\r\n" : "\n";
            String reply = "IDEA: go\n<<<<<<< SEARCH\n" + search + "\n=======\n" + replace + "\n>>>>>>> REPLACE\n";

            assertThat(patch(blocks(reply.replace("\n", end))))
                    .isEqualTo(new Patch.Blocks(List.of(new Patch.Block(search, replace))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noReplyIsTooStrange(long seed) {
        Random random = new Random(seed);
        List<String> parts = List.of(
                "<<<<<<< SEARCH",
                "=======",
                ">>>>>>> REPLACE",
                "```",
                "```python",
                "~~~",
                "IDEA: x",
                "IDEA:",
                "<think>",
                "</think>",
                "\n",
                "\r",
                "x = 1",
                "  ",
                "\u0000",
                "\ud83d",
                "# ...",
                "def f():");
        for (int i = 0; i < 1000; i++) {
            StringBuilder reply = new StringBuilder();
            for (int j = random.nextInt(14); j > 0; j--) {
                reply.append(parts.get(random.nextInt(parts.size()))).append(random.nextInt(4) == 0 ? "" : "\n");
            }
            for (EditForm form : EditForm.values()) {
                EditReply read = read(form, reply.toString());
                assertThat(read).isNotNull();
                if (read instanceof EditReply.Rejected rejected) {
                    assertThat(rejected.reason()).isNotBlank().doesNotContain("\n");
                } else {
                    assertThat(((EditReply.Proposed) read).idea()).isNotBlank();
                }
            }
        }
    }

    @Test
    void manyOpenThoughtsAreReadInOneGo() {
        assertThat(idea("<think></think>".repeat(50_000) + "IDEA: go\n" + BLOCK))
                .isEqualTo("go");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# ", "IDEA ", ">>>>>>> ", "<<<<<<< SEARCH", "```a", "~~~", "**", "// ..."})
    void longRunsOfOneCharacterAreReadInOneGo(String beginning) {
        for (String run : List.of(" ", "*", "`", "a", "\t", ">")) {
            String line = beginning + run.repeat(200_000) + "x`";
            for (EditForm form : EditForm.values()) {
                assertThat(read(form, line + "\n" + BLOCK)).isNotNull();
                assertThat(read(form, "IDEA: go\n```\n" + line + "\n```\n")).isNotNull();
            }
        }
    }

    private static String text(Random random) {
        String letters = " \t#\"'\\<>=`(){}:é😀xyz01.\n";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            int at = letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())));
            text.appendCodePoint(letters.codePointAt(at));
        }
        return text.append('.').toString();
    }

    private static EditReply blocks(String reply) {
        return read(EditForm.BLOCKS, reply);
    }

    private static EditReply wholeFile(String text) {
        return read(EditForm.WHOLE_FILE, "IDEA: go\n```python\n" + text + "\n```\n");
    }

    private static EditReply read(EditForm form, String reply) {
        return new PatchReader(form, "x = 1\n").read(reply);
    }

    private static Patch patch(EditReply reply) {
        assertThat(reply).isInstanceOf(EditReply.Proposed.class);
        return ((EditReply.Proposed) reply).patch();
    }

    private static String idea(String reply) {
        EditReply read = blocks(reply);
        assertThat(read).isInstanceOf(EditReply.Proposed.class);
        return ((EditReply.Proposed) read).idea();
    }

    private static String reason(EditReply reply) {
        assertThat(reply).isInstanceOf(EditReply.Rejected.class);
        return ((EditReply.Rejected) reply).reason();
    }
}
