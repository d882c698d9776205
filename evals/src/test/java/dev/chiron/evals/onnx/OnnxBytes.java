package dev.chiron.evals.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a message in Protocol Buffers' wire format, and the ONNX messages that the tests need. */
final class OnnxBytes {

    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int DOUBLE = 11;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static OnnxBytes message() {
        return new OnnxBytes();
    }

    OnnxBytes number(int field, long value) {
        varint(field << 3L);
        varint(value);
        return this;
    }

    OnnxBytes real(int field, float value) {
        varint(field << 3 | 5);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    OnnxBytes fixed64(int field, long value) {
        varint(field << 3 | 1);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }

    OnnxBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    OnnxBytes bytes(int field, byte[] value) {
        varint(field << 3 | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static byte[] tensor(String name, int type, long[] shape, double... values) {
        OnnxBytes tensor = message();
        for (long length : shape) {
            tensor.number(1, length);
        }
        ByteBuffer raw = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type) {
                case FLOAT -> raw.putFloat((float) value);
                case INT64 -> raw.putLong((long) value);
                case DOUBLE -> raw.putDouble(value);
                default -> raw.putInt((int) value);
            }
        }
        byte[] bytes = new byte[raw.position()];
        raw.flip().get(bytes);
        return tensor.number(2, type).text(8, name).bytes(9, bytes).toBytes();
    }

    static byte[] whole(String name, long value) {
        return message().text(1, name).number(3, value).number(20, 2).toBytes();
    }

    static byte[] real(String name, double value) {
        return message().text(1, name).real(2, (float) value).number(20, 1).toBytes();
    }

    static byte[] constant(String name, int type, long[] shape, double... values) {
        byte[] value = message()
                .text(1, "value")
                .bytes(5, tensor("", type, shape, values))
                .toBytes();
        return message().text(2, name).text(4, "Constant").bytes(5, value).toBytes();
    }

    static byte[] node(String operator, String inputs, String output, byte[]... attributes) {
        OnnxBytes node = message();
        for (String input : inputs.split(" ")) {
            node.text(1, input);
        }
        node.text(2, output).text(4, operator);
        for (byte[] attribute : attributes) {
            node.bytes(5, attribute);
        }
        return node.toBytes();
    }
}
