package dev.chiron.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.space.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonSourceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1_000|1000",
                "0x1F|31",
                "0o17|15",
                "0b101|5",
                "2**19|524288",
                "1 << 19|524288",
                "-3|-3",
                "+3|3",
                "(3)|3",
                "-7 // 2|-4",
                "-7 % 3|2",
                "7 // -2|-4",
                "~5|-6",
                "3 * (2 + 4) - 1|17",
                "2**62 - 1 + 2**62|9223372036854775807"
            })
    void wholeNumbersAreReadAsPythonReadsThem(String literal, long value) {
        assertThat(only("X = " + literal + "\n").value()).isEqualTo(new Value.Whole(value));
    }

    @ParameterizedTest
    @CsvSource({
        "1e-5, 1e-5", ".5, 0.5", "5., 5", "1_0.5, 10.5", "1/3, 0.3333333333333333", "0.1 + 0.2, 0.30000000000000004",
        "-1e22, -1e22", "10**-5, 1e-5", "7.5 // 2, 3", "-7.5 % 2, 0.5", "2 * 3e-4, 6e-4", "5e-324, 4.9e-324"
    })
    void realNumbersAreReadAsPythonReadsThem(String literal, double value) {
        assertThat(only("X = " + literal + "\n").value()).isEqualTo(new Value.Real(value));
    }

    @Test
    void textsAndFlagsAreRead() {
        Source source = Source.of("t.py", """
                A = 'it\\'s'  # comment
                B = r"\\d"
                C = \"\"\"two
                lines\"\"\"
                D = True
                E = "\\x41\\u00e9\\U0001f600\\101\\q"
                F: float = 1
                G: int = 3; H = u'x'
                I = (  # why
                    5
                )
                """);

        assertThat(source.constants())
                .extracting(Constant::value)
                .containsExactly(
                        new Value.Text("it's"),
                        new Value.Text("\\d"),
                        new Value.Text("two\nlines"),
                        new Value.Flag(true),
                        new Value.Text("A\u00e9\ud83d\ude00A\\q"),
                        new Value.Real(1),
                        new Value.Whole(3),
                        new Value.Text("x"),
                        new Value.Whole(5));
        assertThat(source.unsettable()).isEmpty();
        assertThat(source.find("I")).get().extracting(Constant::literal).isEqualTo("5");
        assertThat(source.find("H")).get().extracting(Constant::line).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X = 1;X = 2|more than once: it is set on line 1, and is set on line 2",
                "X = 1;X += 1|is changed in place on line 2",
                "X = 1;def f():;    global X;    X = 2|is set inside the function f on line 4",
                "if a:;    X = 1|inside a block of \"if\"",
                "for i in y:;    X = 1|inside a block of \"for\"",
                "class C:;    X = 1|inside the class C",
                "def f():;    X = 1|inside the function f",
                "X = (1, 2)|several values",
                "X = [1]|several values",
                "X = f(3)|a call",
                "X = None|None",
                "X = Y * 2|another name",
                "X = Y = 2|is set to something that is not a literal",
                "X, y = 1, 2|together with others",
                "X = f'{a}'|a formatted string",
                "X = b'a'|bytes",
                "X = 'a' 'b'|a text in several parts",
                "X = 2**64|more than 64 bits",
                "X = 2**9999999999|too large",
                "X = 10**10**10|too large",
                "X = 1 / 0|division by zero",
                "X = 1e999|no finite number",
                "X = 1;from m import X|is imported on line 2",
                "for X in y:;    pass|is a loop's variable",
                "X = 1;del X|is deleted on line 2",
                "X = (2 # two;  * 3)|it holds a comment"
            })
    void whatCannotBeSetIsReported(String lines, String why) {
        Source source = Source.of("train.py", lines.replace(';', '\n') + "\n");

        assertThat(source.find("X")).isEmpty();
        assertThat(source.unsettable())
                .filteredOn(each -> each.name().equals("X"))
                .singleElement()
                .satisfies(each -> assertThat(each.why()).contains(why));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.with(Map.of("X", new Value.Whole(1))))
                .withMessageContaining("X cannot be set: it ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lr = 1",
                "Lr = 1",
                "_X = 1",
                "a.X = 1",
                "X[0] = 1",
                "X: int",
                "import X",
                "class GPT: pass",
                "f(X=1)",
                ""
            })
    void otherNamesAreNoConstants(String text) {
        Source source = Source.of("t.py", text);

        assertThat(source.constants()).isEmpty();
        assertThat(source.unsettable()).isEmpty();
        assertThat(source.with(Map.of())).isEqualTo(text);
    }

    @Tag("python")
    @Test
    void pythonReadsBackExactlyTheValuesSet() throws Exception {
        Map<String, Value> values = hostileValues();
        StringBuilder script = new StringBuilder("\ufeff# -*- größe 😀 -*-\r\n");
        values.forEach((name, value) -> script.append(name)
                .append(
                        value instanceof Value.Text
                                ? " = r'''old'''"
                                : value instanceof Value.Flag
                                        ? " = False"
                                        : value instanceof Value.Whole ? " = 7" : " = 0.5")
                .append("  # keep ü\r\n"));
        Source source = Source.of("t.py", script.toString());
        String changed = source.with(values);

        assertThat(Source.of("t.py", changed).constants())
                .extracting(Constant::value)
                .containsExactlyElementsOf(values.values());
        assertThat(changed).startsWith("\ufeff# -*- größe 😀 -*-\r\n");
        assertThat(changed.split("  # keep ü\r\n", -1)).hasSize(values.size() + 1);
        String print = "for k, v in list(globals().items()):\n    if k.isupper():\n"
                + "        print(k, v.hex() if type(v) is float else v.encode('utf-16-be', 'surrogatepass').hex() if type(v) is str else v)\n";
        assertThat(run("python3", "t.py", changed + print)).isEqualTo(expected(values));
    }

    private static String expected(Map<String, Value> values) {
        StringBuilder lines = new StringBuilder();
        values.forEach((name, value) -> {
            String text = value.text();
            if (value instanceof Value.Flag flag) {
                text = flag.flag() ? "True" : "False";
            } else if (value instanceof Value.Text) {
                text = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
            } else if (value instanceof Value.Real real) {
                text = pythonHex(real.number());
            }
            lines.append(name).append(' ').append(text).append('\n');
        });
        return lines.toString();
    }

    private static String pythonHex(double number) {
        if (number == 0) {
            return "0x0.0p+0";
        }
        boolean tiny = Math.abs(number) < Double.MIN_NORMAL;
        long bits = Double.doubleToLongBits(number);
        int exponent = tiny ? Double.MIN_EXPONENT : Math.getExponent(number);
        return String.format(
                Locale.ROOT,
                "%s0x%d.%013xp%+d",
                number < 0 ? "-" : "",
                tiny ? 0 : 1,
                bits & 0xfffffffffffffL,
                exponent);
    }

    static Map<String, Value> hostileValues() {
        Map<String, Value> values = new LinkedHashMap<>();
        List<Double> reals = List.of(
                1e-5,
                1e22,
                5e-324,
                0.1 + 0.2,
                -3.0,
                0.0,
                1.0,
                1e16,
                2e23,
                1.0 / 3,
                Double.MAX_VALUE,
                Double.MIN_NORMAL,
                -1e-300,
                123456789.125);
        for (double real : reals) {
            values.put("A" + values.size(), new Value.Real(real));
        }
        for (long whole : List.of(-3L, 0L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40)) {
            values.put("B" + values.size(), new Value.Whole(whole));
        }
        for (String text : List.of(
                "",
                "it's \"so\"",
                "back\\slash\\",
                "\\u0041 \\n",
                "a\nb\r\nc\td\0" + "1",
                "größe 😀 \u2028",
                "'''",
                "\"\"\"",
                "{x} %s $")) {
            values.put("C" + values.size(), new Value.Text(text));
        }
        values.put("D", new Value.Flag(true));
        return values;
    }

    private String run(String program, String name, String script) throws Exception {
        Path file = Files.writeString(folder.resolve(name), script);
        Process process = new ProcessBuilder(program, file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void styleIsKeptWhereItCanBe() {
        Source source = Source.of("t.py", "A = 2**19\nB = 0.5\nC = r'x'\nD = \"x\"\nE = 3\nF = 1 << 4\n");
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("F", new Value.Whole(32));
        values.put("A", new Value.Whole(1024));
        values.put("B", new Value.Whole(4));
        values.put("C", new Value.Text("\\d"));
        values.put("D", new Value.Text("it's"));
        values.put("E", new Value.Real(4));

        assertThat(source.with(values)).isEqualTo("A = 2**10\nB = 4.0\nC = r'\\d'\nD = \"it's\"\nE = 4\nF = 1 << 5\n");
        assertThat(source.with(Map.of("A", new Value.Whole(1000)))).startsWith("A = 1000\n");
        assertThat(source.with(Map.of("C", new Value.Text("\\")))).contains("C = '\\\\'\n");
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        Source source = Source.of("t.py", "A = 3\nB = 0.5\nC = 'x'\nD = True\n");

        assertThat(source.with(Map.of("A", new Value.Real(0.5)))).contains("A = 0.5");
        refuses(source, "A", new Value.Flag(true), "A holds a number and cannot be set to true");
        refuses(source, "B", new Value.Text("1"), "B holds a real number and cannot be set to the text \"1\"");
        refuses(source, "B", new Value.Whole((1L << 53) + 1), "B holds a real number");
        refuses(source, "C", new Value.Whole(1), "C holds a text");
        refuses(source, "C", new Value.Text("\ud800"), "surrogate");
        refuses(source, "D", new Value.Whole(1), "D holds true or false");
        refuses(source, "Z", new Value.Whole(1), "t.py has no constant named Z");
    }

    private static void refuses(Source source, String name, Value value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.with(Map.of(name, value)))
                .withMessageContaining(message);
    }

    @Test
    void aSyntaxErrorNamesFileAndLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Source.of("train.py", "A = 1\nB = 2\ndef f(:\n    pass\n"))
                .withMessage("train.py:3: syntax error");
    }

    @Test
    void largeAndDeepSourcesAreRead() {
        StringBuilder large = new StringBuilder();
        for (int i = 0; large.length() < 1_000_000; i++) {
            large.append("X").append(i).append(" = 1\n");
            large.append("for i in range(3):\n    call(i, [1, 2, 3])\n".repeat(50));
        }
        Source source = Source.of("t.py", large.toString());
        assertThat(source.constants().size()).isGreaterThan(400);
        assertThat(source.with(Map.of("X3", new Value.Whole(5))))
                .hasSameSizeAs(large)
                .contains("X3 = 5\n");

        String sum = "1" + "+1".repeat(20_000);
        String brackets = "[".repeat(5_000) + "]".repeat(5_000);
        Source deep = Source.of("t.py", "A = " + sum + "\nB = " + brackets + "\nC = 1\n");
        assertThat(deep.constants()).extracting(Constant::name).containsExactly("C");
        assertThat(deep.unsettable())
                .first()
                .extracting(Unsettable::why)
                .asString()
                .contains("too deeply");
    }

    @Test
    void filesAreReadAsTheyAre() throws Exception {
        Path other = Files.write(folder.resolve("run.sh"), new byte[] {(byte) 0xff, 'X', '=', '1'});
        assertThat(Source.read(other).constants()).isEmpty();
        Path latin = Files.write(folder.resolve("latin.py"), new byte[] {'#', (byte) 0xe9, '\n'});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Source.read(latin))
                .withMessageContaining("latin.py is not UTF-8");
        Path good = Files.writeString(folder.resolve("good.py"), "X = 1\r\n");
        assertThat(Source.read(good).text()).isEqualTo("X = 1\r\n");
    }

    private static Constant only(String text) {
        Source source = Source.of("t.py", text);
        assertThat(source.unsettable()).isEmpty();
        return source.constants().get(0);
    }

    @Test
    void whatALaterImportOfEverythingMayReplaceIsNotSet() {
        Source source = Source.of("train.py", "from a import *\nLR = 0.1\nfrom b import *\nDEPTH = 3\n");
        assertThat(source.constants()).extracting(Constant::name).containsExactly("DEPTH");
        assertThat(source.unsettable())
                .singleElement()
                .satisfies(other -> assertThat(other.why()).contains("import of everything on line 3"));
    }
}
