package dev.chiron.evals.onnx;

import java.util.List;
import java.util.Map;

/** One operation of a graph: what it reads and writes, by name, and its attributes. */
record Node(String operator, List<String> inputs, String output, Map<String, Attribute> attributes) {

    /** An attribute: a whole number, a real number or a tensor, as the operator expects. */
    record Attribute(long whole, float real, Tensor tensor) {}

    int whole(String name, int otherwise) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? otherwise : (int) attribute.whole();
    }

    double real(String name, double otherwise) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? otherwise : attribute.real();
    }

    Tensor tensor(String name) {
        Attribute attribute = attributes.get(name);
        if (attribute == null) {
            throw new MalformedModel(operator + " without " + name);
        }
        return attribute.tensor();
    }
}
