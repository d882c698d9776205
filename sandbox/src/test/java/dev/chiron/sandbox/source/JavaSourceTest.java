package dev.chiron.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.space.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaSourceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "int, 1_000, 1000",
        "int, 0x1F, 31",
        "int, 0xFFFFFFFF, -1",
        "int, 017, 15",
        "int, 0b101, 5",
        "int, 1 << 19, 524288",
        "int, -2147483648, -2147483648",
        "int, 7 / -2, -3",
        "int, ~5, -6",
        "long, 3, 3",
        "long, 1L << 40, 1099511627776",
        "long, -9223372036854775808L, -9223372036854775808",
        "int, (3 + 4) * 2 % 5, 4",
        "int, -16 >>> 28, 15"
    })
    void wholeNumbersAreReadAsJavaReadsThem(String type, String literal, long value) {
        assertThat(only(type, literal)).isEqualTo(new Value.Whole(value));
    }

    @ParameterizedTest
    @CsvSource({
        "double, 1, 1",
        "double, 1e-5, 1e-5",
        "double, 0.1d, 0.1",
        "float, 0.1f, 0.1",
        "float, -0.1F, -0.1",
        "double, 1 / 2, 0",
        "double, 1.0 / 3, 0.3333333333333333",
        "float, 1f / 3f, 0.33333334",
        "double, 0x1p-3, 0.125",
        "float, 3, 3",
        "double, .5, .5"
    })
    void realNumbersAreReadAsJavaReadsThem(String type, String literal, double value) {
        assertThat(only(type, literal)).isEqualTo(new Value.Real(value));
    }

    @Test
    void fieldsOfAllClassesAreFoundWhateverTheOrderOfTheirModifiers() {
        Source source = Source.of("T.java", """
                final class T {
                    private static final boolean ON = !false;
                    final static @Deprecated String NAME = "a\\u0062\\n\\t\\"";
                    interface I { int LIMIT = 4; }
                    record R(int x) { public static final String BLOCK = \"\"\"
                        two
                          lines
                        \"\"\"; }
                    enum E { A; static final double LR = 1e-3, DECAY = 0.5; }
                    int lower = 3;
                }
                """);

        assertThat(source.constants())
                .extracting(Constant::name)
                .containsExactly("ON", "NAME", "LIMIT", "BLOCK", "LR", "DECAY");
        assertThat(source.constants())
                .extracting(Constant::value)
                .contains(new Value.Flag(true), new Value.Text("ab\n\t\""), new Value.Text("two\n  lines\n"));
        assertThat(source.unsettable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "static final int X = 1; static class B { static final int X = 2; }|more than once",
                "static final int X = f();|a call",
                "static final int X = Y + 1;|another name",
                "static final int X; static { X = 3; }|without a value",
                "static int X = 3;|not final",
                "final int X = 3;|not static",
                "void f() { int X = 3; }|inside a method",
                "static final int[] X = {1};|is not an int",
                "static final int X[] = {1};|is not an int",
                "static final char X = 'a';|is not an int",
                "static final int X = 3L;|another type",
                "static final int X = 1 / 0;|division by zero",
                "static final double X = 1.0 / 0;|no finite number",
                "static final int X = (int) 3.0;|a cast expression",
                "static final String X = null;|null"
            })
    void whatCannotBeSetIsReported(String member, String why) {
        Source source = Source.of("T.java", "class T { " + member + " }");

        assertThat(source.constants()).isEmpty();
        assertThat(source.unsettable())
                .singleElement()
                .satisfies(each -> assertThat(each.why()).contains(why));
    }

    @Test
    void javaReadsBackExactlyTheValuesSet() throws Exception {
        Map<String, Value> values = PythonSourceTest.hostileValues();
        StringBuilder fields = new StringBuilder("/* ü😀 */ class T {\r\n");
        StringBuilder prints = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        values.forEach((name, value) -> {
            boolean text = value instanceof Value.Text;
            fields.append("static final ")
                    .append(
                            text
                                    ? "String"
                                    : value instanceof Value.Flag
                                            ? "boolean"
                                            : value instanceof Value.Whole ? "long" : "double")
                    .append(' ')
                    .append(name)
                    .append(" = ")
                    .append(text ? "\"x\"" : value instanceof Value.Flag ? "false" : "3")
                    .append("; // keep\r\n");
            prints.append("System.out.println(")
                    .append(text ? "hex(" + name + ")" : name)
                    .append(");\n");
            expected.append(
                            text
                                    ? HexFormat.of().formatHex(value.text().getBytes(StandardCharsets.UTF_16BE))
                                    : value.text())
                    .append('\n');
        });
        String script = fields + "static String hex(String s) { return java.util.HexFormat.of().formatHex("
                + "s.getBytes(java.nio.charset.StandardCharsets.UTF_16BE)); }\n"
                + "public static void main(String[] a) {\n" + prints + "}}\n";
        String changed = Source.of("T.java", script).with(values);

        assertThat(Source.of("T.java", changed).constants())
                .extracting(Constant::value)
                .containsExactlyElementsOf(values.values());
        Path file = Files.writeString(folder.resolve("T.java"), changed);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r", ""))
                .isEqualTo(expected.toString());
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "long, 3L, 5, 5L",
        "long, 3, 5, 5",
        "long, 3, 5000000000, 5000000000L",
        "long, 1L << 19, 1024, 1L << 10",
        "int, 1 << 19, 1024, 1 << 10",
        "int, 1 << 19, 1000, 1000",
        "double, 0.5d, 4, 4.0d",
        "double, 1, 4, 4.0",
        "float, 0.5F, 4, 4.0F",
        "float, 3, 4, 4.0f",
        "int, 3, -4, -4"
    })
    void suffixesAreKept(String type, String old, long value, String written) {
        Source source = Source.of("T.java", "class T { static final " + type + " X = " + old + "; }");

        assertThat(source.with(Map.of("X", new Value.Whole(value))))
                .isEqualTo("class T { static final " + type + " X = " + written + "; }");
    }

    @Test
    void valuesOutsideTheTypeAreRefused() {
        Source source = Source.of(
                "T.java",
                "class T { static final int A = 1; static final float B = 1f; static final boolean C = true; }");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.with(Map.of("A", new Value.Whole(1L << 31))))
                .withMessageContaining("A holds a whole number of 32 bits and cannot be set to 2147483648");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.with(Map.of("B", new Value.Real(1e40))))
                .withMessageContaining("B holds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.with(Map.of("B", new Value.Real(1e-60))))
                .withMessageContaining("B holds");
        assertThat(source.with(Map.of("B", new Value.Real(0.1), "C", new Value.Flag(false))))
                .contains("B = 0.1f;")
                .contains("C = false;");
    }

    @Test
    void aSyntaxErrorNamesFileAndLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Source.of("T.java", "class T {\n  static final int = 3;\n}\n"))
                .withMessage("T.java:2: syntax error");
    }

    private static Value only(String type, String literal) {
        Source source = Source.of("T.java", "class T { static final " + type + " X = " + literal + "; }");
        assertThat(source.unsettable()).isEmpty();
        return source.constants().get(0).value();
    }
}
