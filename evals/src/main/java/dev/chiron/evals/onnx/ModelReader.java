package dev.chiron.evals.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code onnx.proto} messages, as far as the surrogates use them; the numbers are the fields' numbers there. */
final class ModelReader {

    private static final Tensor NO_TENSOR = Tensor.of(Tensor.Type.FLOAT, new int[] {0}, new double[0]);

    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private String output = "";

    private ModelReader() {}

    static OnnxModel read(byte[] bytes) {
        ModelReader reader = new ModelReader();
        Wire model = new Wire(ByteBuffer.wrap(bytes));
        while (model.next()) {
            if (model.field() == 7) {
                reader.graph(new Wire(model.bytes()));
            }
        }
        if (reader.output.isEmpty()) {
            throw new MalformedModel("it has no graph with an output");
        }
        return new OnnxModel(reader.constants, reader.nodes, reader.output);
    }

    private void graph(Wire graph) {
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> node(new Wire(graph.bytes()));
                case 5 -> initializer(new Wire(graph.bytes()));
                case 12 -> output = name(new Wire(graph.bytes()));
                default -> {}
            }
        }
    }

    private void node(Wire wire) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        String operator = "";
        Map<String, Node.Attribute> attributes = new LinkedHashMap<>();
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> inputs.add(wire.text());
                case 2 -> outputs.add(wire.text());
                case 4 -> operator = wire.text();
                case 5 -> attribute(new Wire(wire.bytes()), attributes);
                default -> {}
            }
        }
        if (outputs.size() != 1) {
            throw new MalformedModel(operator + " has " + outputs.size() + " outputs");
        }
        Node node = new Node(operator, inputs, outputs.get(0), attributes);
        if (operator.equals("Constant")) {
            constants.put(node.output(), node.tensor("value"));
        } else {
            nodes.add(node);
        }
    }

    private static void attribute(Wire wire, Map<String, Node.Attribute> attributes) {
        String name = "";
        float real = 0;
        long whole = 0;
        Tensor tensor = NO_TENSOR;
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> name = wire.text();
                case 2 -> real = wire.real();
                case 3 -> whole = wire.number();
                case 5 -> tensor = tensor(new Wire(wire.bytes())).tensor();
                default -> {}
            }
        }
        attributes.put(name, new Node.Attribute(whole, real, tensor));
    }

    private void initializer(Wire wire) {
        Named named = tensor(wire);
        constants.put(named.name(), named.tensor());
    }

    private record Named(String name, Tensor tensor) {}

    private static Named tensor(Wire wire) {
        List<Integer> shape = new ArrayList<>();
        String name = "";
        long type = 0;
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> lengths(wire, shape);
                case 2 -> type = wire.number();
                case 8 -> name = wire.text();
                case 9 -> raw = wire.bytes();
                default -> {}
            }
        }
        Tensor.Type element = Tensor.Type.numbered(type);
        int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
        return new Named(name, Tensor.of(element, lengths, values(element, raw)));
    }

    private static void lengths(Wire wire, List<Integer> shape) {
        if (!wire.isBytes()) {
            shape.add((int) wire.number());
            return;
        }
        Wire packed = new Wire(wire.bytes());
        while (packed.hasPacked()) {
            shape.add((int) packed.packed());
        }
    }

    private static double[] values(Tensor.Type type, ByteBuffer raw) {
        boolean isWide = type == Tensor.Type.INT64 || type == Tensor.Type.DOUBLE;
        double[] values = new double[raw.remaining() / (isWide ? 8 : 4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT -> raw.getFloat();
                case DOUBLE -> raw.getDouble();
                case INT32 -> raw.getInt();
                case INT64 -> (double) raw.getLong();
            };
        }
        return values;
    }

    private static String name(Wire wire) {
        String name = "";
        while (wire.next()) {
            name = wire.field() == 1 ? wire.text() : name;
        }
        return name;
    }
}
