package dev.chiron.evals.onnx;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers in row-major order. Whatever the type, they are kept as doubles, which hold every 32-bit float and every whole
 * number below 2^53; {@link Type#round} gives a result the precision of its type.
 */
final class Tensor {

    private final Type type;
    private final int[] shape;
    private final double[] values;

    /** The element types that occur, by their number in {@code onnx.proto}. */
    enum Type {
        FLOAT(1),
        INT32(6),
        INT64(7),
        DOUBLE(11);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        static Type numbered(long number) {
            return Arrays.stream(values())
                    .filter(type -> type.number == number)
                    .findFirst()
                    .orElseThrow(() -> new MalformedModel("element type " + number + " is not supported"));
        }

        double round(double value) {
            return switch (this) {
                case FLOAT -> (float) value;
                case INT32, INT64 -> (double) (long) value;
                case DOUBLE -> value;
            };
        }
    }

    private Tensor(Type type, int[] shape, double[] values) {
        this.type = type;
        this.shape = shape;
        this.values = values;
    }

    /** A tensor; takes both arrays over. */
    static Tensor of(Type type, int[] shape, double[] values) {
        if (values.length != size(shape)) {
            throw new MalformedModel(values.length + " values in the shape " + Arrays.toString(shape));
        }
        return new Tensor(type, shape, values);
    }

    Type type() {
        return type;
    }

    int rank() {
        return shape.length;
    }

    int size() {
        return values.length;
    }

    double at(int index) {
        return values[index];
    }

    double[] toArray() {
        return values.clone();
    }

    int[] shape() {
        return shape.clone();
    }

    /** The length of an axis; a negative axis counts from the last. */
    int length(int axis) {
        return shape[axis(axis)];
    }

    /** The axis, counted from the first. */
    int axis(int axis) {
        int counted = axis < 0 ? axis + shape.length : axis;
        if (counted < 0 || counted >= shape.length) {
            throw new MalformedModel("axis " + axis + " of the shape " + Arrays.toString(shape));
        }
        return counted;
    }

    /** How many values lie side by side for one index of an axis. */
    int stride(int axis) {
        return size(Arrays.copyOfRange(shape, axis(axis) + 1, shape.length));
    }

    Tensor map(DoubleUnaryOperator function) {
        double[] mapped = new double[values.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = type.round(function.applyAsDouble(values[i]));
        }
        return new Tensor(type, shape, mapped);
    }

    /** Value by value; a tensor of one value goes with all of the other. */
    Tensor zip(Tensor other, DoubleBinaryOperator function) {
        if (size() != other.size() && size() != 1 && other.size() != 1) {
            throw new MalformedModel("shapes " + Arrays.toString(shape) + " and " + Arrays.toString(other.shape)
                    + " do not go together");
        }
        boolean mine = size() > other.size() || (size() == other.size() && rank() >= other.rank());
        double[] zipped = new double[Math.max(size(), other.size())];
        for (int i = 0; i < zipped.length; i++) {
            double a = values[size() == 1 ? 0 : i];
            double b = other.values[other.size() == 1 ? 0 : i];
            zipped[i] = type.round(function.applyAsDouble(a, b));
        }
        return new Tensor(type, mine ? shape : other.shape, zipped);
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
