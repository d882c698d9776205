package dev.chiron.evals.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * The operators of the surrogates' graphs.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">ONNX operators, version 13</a>
 */
final class Operators {

    private Operators() {}

    /** @throws MalformedModel if the operator is not supported, or its inputs do not fit together */
    static Tensor apply(Node node, List<Tensor> in) {
        Tensor first = in.get(0);
        return switch (node.operator()) {
            case "Add" -> first.zip(in.get(1), Double::sum);
            case "Sub" -> first.zip(in.get(1), (a, b) -> a - b);
            case "Mul" -> first.zip(in.get(1), (a, b) -> a * b);
            case "Div" -> first.zip(in.get(1), (a, b) -> a / b);
            case "Exp" -> first.map(StrictMath::exp);
            case "Log" -> first.map(StrictMath::log);
            case "Neg" -> first.map(x -> -x);
            case "Relu" -> first.map(x -> Math.max(0, x));
            case "Round" -> first.map(Math::rint);
            case "Sigmoid" -> first.map(x -> 1 / (1 + StrictMath.exp(-x)));
            case "Cast" -> cast(first, Tensor.Type.numbered(node.whole("to", 0)));
            case "Unsqueeze" -> unsqueeze(first, in.get(1));
            case "Shape" -> shape(first);
            case "Concat" -> concat(in, node.whole("axis", 0));
            case "Gather" -> gather(first, in.get(1), node.whole("axis", 0));
            case "Slice" -> slice(first, in);
            case "Gemm" -> gemm(node, first, in.get(1), in.get(2));
            case "BatchNormalization" -> normalize(in, node.real("epsilon", 1e-5));
            default -> throw new MalformedModel("the operator " + node.operator() + " is not supported");
        };
    }

    private static Tensor cast(Tensor data, Tensor.Type to) {
        return Tensor.of(to, data.shape(), data.toArray()).map(x -> x);
    }

    private static Tensor unsqueeze(Tensor data, Tensor axes) {
        int axis = (int) axes.at(0);
        int rank = data.rank() + 1;
        int place = axis < 0 ? axis + rank : axis;
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++) {
            shape[i] = i == place ? 1 : data.length(i < place ? i : i - 1);
        }
        return Tensor.of(data.type(), shape, data.toArray());
    }

    private static Tensor shape(Tensor data) {
        double[] lengths = Arrays.stream(data.shape()).asDoubleStream().toArray();
        return Tensor.of(Tensor.Type.INT64, new int[] {lengths.length}, lengths);
    }

    private static Tensor concat(List<Tensor> parts, int axis) {
        int[] shape = parts.get(0).shape();
        int along = parts.get(0).axis(axis);
        shape[along] = parts.stream().mapToInt(part -> part.length(along)).sum();
        double[] joined = new double[parts.stream().mapToInt(Tensor::size).sum()];
        int row = shape[along] * parts.get(0).stride(along);
        int start = 0;
        for (Tensor part : parts) {
            int block = part.length(along) * part.stride(along);
            for (int i = 0; i < part.size(); i++) {
                joined[i / block * row + start + i % block] = part.at(i);
            }
            start += block;
        }
        return Tensor.of(parts.get(0).type(), shape, joined);
    }

    private static Tensor gather(Tensor data, Tensor indices, int axis) {
        int along = data.axis(axis);
        int stride = data.stride(along);
        int outer = data.size() / (data.length(along) * stride);
        double[] gathered = new double[outer * indices.size() * stride];
        int next = 0;
        for (int block = 0; block < outer; block++) {
            for (int i = 0; i < indices.size(); i++) {
                int index = index((int) indices.at(i), data.length(along));
                for (int j = 0; j < stride; j++) {
                    gathered[next++] = data.at((block * data.length(along) + index) * stride + j);
                }
            }
        }
        int[] before = Arrays.copyOf(data.shape(), along);
        int[] after = Arrays.copyOfRange(data.shape(), along + 1, data.rank());
        return Tensor.of(data.type(), joined(before, indices.shape(), after), gathered);
    }

    private static int index(int index, int length) {
        int counted = index < 0 ? index + length : index;
        if (counted < 0 || counted >= length) {
            throw new MalformedModel("index " + index + " of " + length);
        }
        return counted;
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static Tensor slice(Tensor data, List<Tensor> in) {
        int axis = data.axis((int) in.get(3).at(0));
        int length = data.length(axis);
        int start = Math.min(length, (int) in.get(1).at(0));
        int end = Math.max(start, Math.min(length, (int) in.get(2).at(0)));
        int stride = data.stride(axis);
        int[] shape = data.shape();
        shape[axis] = end - start;
        double[] cut = new double[data.size() / length * (end - start)];
        int block = (end - start) * stride;
        for (int i = 0; i < cut.length; i++) {
            cut[i] = data.at(i / block * length * stride + start * stride + i % block);
        }
        return Tensor.of(data.type(), shape, cut);
    }

    /** {@code alpha a b' + beta c}; sums in double, which is no less exact than any order of floats. */
    private static Tensor gemm(Node node, Tensor a, Tensor b, Tensor c) {
        if (node.whole("transB", 0) != 1 || node.whole("transA", 0) != 0 || a.length(1) != b.length(1)) {
            throw new MalformedModel("Gemm of these shapes is not supported");
        }
        int inner = a.length(1);
        int columns = b.length(0);
        double alpha = node.real("alpha", 1);
        double beta = node.real("beta", 1);
        double[] product = new double[a.length(0) * columns];
        for (int i = 0; i < product.length; i++) {
            int left = i / columns * inner;
            int right = i % columns * inner;
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += a.at(left + k) * b.at(right + k);
            }
            double value = alpha * sum + beta * c.at(c.size() == 1 ? 0 : i % columns);
            product[i] = a.type().round(value);
        }
        return Tensor.of(a.type(), new int[] {a.length(0), columns}, product);
    }

    /** As trained: with the running mean and variance of each column. */
    private static Tensor normalize(List<Tensor> in, double epsilon) {
        Tensor data = in.get(0);
        double[] normalized = new double[data.size()];
        for (int i = 0; i < normalized.length; i++) {
            int column = i % data.length(1);
            double scale = in.get(1).at(column) / Math.sqrt(in.get(4).at(column) + epsilon);
            normalized[i] = data.type()
                    .round((data.at(i) - in.get(3).at(column)) * scale
                            + in.get(2).at(column));
        }
        return Tensor.of(data.type(), data.shape(), normalized);
    }
}
