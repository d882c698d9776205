package dev.chiron.evals.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network with the inputs {@code x_cat} (whole numbers) and {@code x_cont} (floats) and one output. Immutable. */
public final class OnnxModel {

    private final Map<String, Tensor> constants;
    private final List<Node> nodes;
    private final String output;

    OnnxModel(Map<String, Tensor> constants, List<Node> nodes, String output) {
        this.constants = constants;
        this.nodes = nodes;
        this.output = output;
    }

    /**
     * Reads a model.
     *
     * @param bytes a whole {@code .onnx} file
     * @throws MalformedModel if it is none
     */
    public static OnnxModel read(byte[] bytes) {
        return ModelReader.read(bytes);
    }

    /**
     * The output for one row of inputs.
     *
     * @throws MalformedModel if the graph uses what is not supported, or these inputs do not fit it
     */
    public double[] run(int[] categories, double[] numbers) {
        Map<String, Tensor> values = new HashMap<>(constants);
        double[] codes = new double[categories.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = categories[i];
        }
        values.put("x_cat", Tensor.of(Tensor.Type.INT32, new int[] {1, codes.length}, codes));
        values.put(
                "x_cont",
                Tensor.of(Tensor.Type.FLOAT, new int[] {1, numbers.length}, numbers.clone())
                        .map(x -> x));
        for (Node node : nodes) {
            List<Tensor> inputs = new ArrayList<>();
            for (String input : node.inputs()) {
                inputs.add(value(values, input));
            }
            values.put(node.output(), Operators.apply(node, inputs));
        }
        return value(values, output).toArray();
    }

    private static Tensor value(Map<String, Tensor> values, String name) {
        Tensor value = values.get(name);
        if (value == null) {
            throw new MalformedModel("nothing gives the value " + name);
        }
        return value;
    }
}
