package dev.chiron.evals.onnx;

import static dev.chiron.evals.onnx.OnnxBytes.DOUBLE;
import static dev.chiron.evals.onnx.OnnxBytes.FLOAT;
import static dev.chiron.evals.onnx.OnnxBytes.INT64;
import static dev.chiron.evals.onnx.OnnxBytes.constant;
import static dev.chiron.evals.onnx.OnnxBytes.message;
import static dev.chiron.evals.onnx.OnnxBytes.node;
import static dev.chiron.evals.onnx.OnnxBytes.real;
import static dev.chiron.evals.onnx.OnnxBytes.tensor;
import static dev.chiron.evals.onnx.OnnxBytes.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small graphs with {@code x_cat} of one value and {@code x_cont} of three, calculated by hand. */
class OnnxModelTest {

    private static final long[] SCALAR = {};
    private static final long[] ONE = {1};

    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> initializers = new ArrayList<>();

    private OnnxModelTest with(byte[]... more) {
        nodes.addAll(List.of(more));
        return this;
    }

    private byte[] bytes() {
        OnnxBytes graph = message();
        nodes.forEach(node -> graph.bytes(1, node));
        initializers.forEach(tensor -> graph.bytes(5, tensor));
        graph.bytes(12, message().text(1, "y").toBytes());
        return message()
                .number(1, 7)
                .text(2, "a test")
                .bytes(7, graph.toBytes())
                .toBytes();
    }

    private double[] run(double... numbers) {
        return OnnxModel.read(bytes()).run(new int[] {1}, numbers);
    }

    @ParameterizedTest
    @CsvSource({
        "Exp,-1,0.3678794503211975",
        "Log,2,0.6931471824645996",
        "Neg,2,-2",
        "Relu,-2,0",
        "Relu,2,2",
        "Round,2.5,2",
        "Round,-3.5,-4",
        "Sigmoid,0,0.5"
    })
    void appliesAFunctionToEachValueInThePrecisionOfItsType(String operator, double x, double y) {
        with(node(operator, "x_cont", "y"));

        assertThat(run(x, x, x)).containsExactly(y, y, y);
    }

    @ParameterizedTest
    @CsvSource({"Add,5,6,7", "Sub,-3,-2,-1", "Mul,4,8,12", "Div,0.25,0.5,0.75"})
    void calculatesWithOneValueForAll(String operator, double a, double b, double c) {
        with(constant("four", FLOAT, SCALAR, 4), node(operator, "x_cont four", "y"));

        assertThat(run(1, 2, 3)).containsExactly(a, b, c);
    }

    @Test
    void calculatesValueByValueWhicheverIsTheLarger() {
        with(constant("four", FLOAT, SCALAR, 4), node("Sub", "four x_cont", "z"), node("Mul", "z x_cont", "y"));

        assertThat(run(1, 2, 3)).containsExactly(3, 4, 3);
    }

    @Test
    void roundsToFloatsUnlessToldOtherwise() {
        with(constant("ten", FLOAT, SCALAR, 10), node("Div", "x_cont ten", "y"));
        assertThat(run(1, 1, 1)[0]).isEqualTo((float) 0.1);

        nodes.clear();
        with(
                constant("ten", DOUBLE, SCALAR, 10),
                node("Cast", "x_cont", "z", whole("to", DOUBLE)),
                node("Div", "z ten", "y"));
        assertThat(run(1, 1, 1)[0]).isEqualTo(0.1);
    }

    @Test
    void divideWholeNumbersWithoutRemainder() {
        with(
                constant("index", INT64, SCALAR, 1),
                node("Shape", "x_cont", "shape"),
                node("Gather", "shape index", "length", whole("axis", 0)),
                constant("two", INT64, SCALAR, 2),
                node("Div", "length two", "y"));

        assertThat(run(1, 2, 3)).containsExactly(1); // 3 / 2
    }

    @Test
    void cutsAndJoinsColumns() {
        with(
                constant("from", INT64, ONE, 1),
                constant("to", INT64, ONE, 9),
                constant("axis", INT64, ONE, 1),
                node("Slice", "x_cont from to axis", "tail"),
                node("Concat", "tail x_cont", "y", whole("axis", 1)));

        assertThat(run(1, 2, 3)).containsExactly(2, 3, 1, 2, 3);
    }

    @Test
    void takesAColumnAndMakesAMatrixOfItAgain() {
        with(
                constant("last", INT64, SCALAR, -1),
                constant("axes", INT64, ONE, 1),
                node("Gather", "x_cont last", "column", whole("axis", 1)),
                node("Unsqueeze", "column axes", "z"),
                node("Concat", "z z", "y", whole("axis", -1)));

        assertThat(run(1, 2, 3)).containsExactly(3, 3);
    }

    @Test
    void looksARowUpForACategory() {
        initializers.add(tensor("rows", FLOAT, new long[] {2, 2}, 1, 2, 3, 4));
        with(
                constant("first", INT64, SCALAR, 0),
                node("Gather", "x_cat first", "code", whole("axis", 1)),
                node("Gather", "rows code", "y"));

        assertThat(run(0, 0, 0)).containsExactly(3, 4);
    }

    @Test
    void multipliesByATransposedMatrix() {
        initializers.add(tensor("b", FLOAT, new long[] {2, 3}, 1, 0, 0, 1, 1, 1));
        initializers.add(tensor("c", FLOAT, new long[] {2}, 10, 20));
        with(node("Gemm", "x_cont b c", "y", whole("transB", 1), real("alpha", 2), real("beta", 0.5)));

        assertThat(run(1, 2, 3)).containsExactly(7, 22);
    }

    @Test
    void normalizesByTheTrainedMeanAndVariance() {
        for (String name : List.of("scale", "shift", "mean", "variance")) {
            double value = List.of("scale", "shift", "mean", "variance").indexOf(name) + 1;
            initializers.add(tensor(name, FLOAT, new long[] {3}, value, value, value));
        }
        with(node("BatchNormalization", "x_cont scale shift mean variance", "y", real("epsilon", 0)));

        assertThat(run(3, 5, 1)).containsExactly(2, 3, 1); // (x - 3) / 2 + 2
    }

    @Test
    void readsPackedShapesAndFieldsThatItDoesNotKnow() {
        byte[] packed = message()
                .bytes(1, new byte[] {2, 1})
                .number(2, DOUBLE)
                .text(8, "z")
                .bytes(9, new byte[16])
                .fixed64(99, 1)
                .toBytes();
        initializers.add(packed);
        with(node("Exp", "z", "y"));

        assertThat(run(0, 0, 0)).containsExactly(1, 1);
    }

    @Test
    void refusesWhatItDoesNotSupport() {
        with(node("Conv", "x_cont", "y"));
        assertThatThrownBy(() -> run(1, 2, 3))
                .isInstanceOf(MalformedModel.class)
                .hasMessage("the operator Conv is not supported");
    }

    @Test
    void refusesShapesThatDoNotGoTogether() {
        initializers.add(tensor("two", FLOAT, new long[] {2}, 1, 2));
        with(node("Add", "x_cont two", "y"));
        assertThatThrownBy(() -> run(1, 2, 3)).hasMessage("shapes [1, 3] and [2] do not go together");

        nodes.clear();
        with(node("Gemm", "x_cont two two", "y"));
        assertThatThrownBy(() -> run(1, 2, 3)).hasMessageContaining("Gemm");

        nodes.clear();
        with(constant("far", INT64, SCALAR, 3), node("Gather", "x_cont far", "y", whole("axis", 1)));
        assertThatThrownBy(() -> run(1, 2, 3)).hasMessage("index 3 of 3");

        nodes.clear();
        with(node("Concat", "x_cont x_cont", "y", whole("axis", 2)));
        assertThatThrownBy(() -> run(1, 2, 3)).hasMessage("axis 2 of the shape [1, 3]");
    }

    @Test
    void refusesAGraphWithAGap() {
        with(node("Exp", "nowhere", "y"));
        assertThatThrownBy(() -> run(1, 2, 3)).hasMessage("nothing gives the value nowhere");

        assertThatThrownBy(() -> OnnxModel.read(message().number(1, 7).toBytes()))
                .hasMessage("it has no graph with an output");
    }

    @Test
    void refusesTensorsOfAnotherTypeOrSize() {
        initializers.add(tensor("z", 8, ONE, 1));
        assertThatThrownBy(() -> run(1, 2, 3)).hasMessage("element type 8 is not supported");

        initializers.clear();
        initializers.add(tensor("z", FLOAT, new long[] {2}, 1));
        assertThatThrownBy(() -> run(1, 2, 3)).hasMessage("1 values in the shape [2]");
    }

    @Test
    void noCutOffFileIsReadAsAModel() {
        initializers.add(tensor("four", FLOAT, ONE, 4));
        with(node("Add", "x_cont four", "y"));
        byte[] whole = bytes();

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OnnxModel.read(part))
                    .as("the first %d bytes", part.length)
                    .isInstanceOf(MalformedModel.class);
        }
        assertThat(OnnxModel.read(whole).run(new int[] {1}, new double[] {1, 2, 3})[2])
                .isCloseTo(7, within(0.0));
    }

    @Test
    void noTextIsReadAsAModel() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xFF);

        assertThatThrownBy(() -> OnnxModel.read(endless)).hasMessageContaining("more than ten bytes");
        assertThatThrownBy(() -> OnnxModel.read(new byte[] {0x0B})).hasMessageContaining("wire type 3");
        assertThatThrownBy(() -> OnnxModel.read(new byte[] {0x3A, (byte) 0xFF, 0x7F}))
                .hasMessageContaining("ends within a field of 16383 bytes");
    }
}
