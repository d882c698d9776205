package dev.chiron.evals.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Protocol Buffers' wire format, read field by field: {@code while (wire.next())}, then {@link #field} and the getter for
 * what the field holds. A field that is not read is skipped.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class Wire {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final ByteBuffer buffer;
    private int field;
    private int type;
    private long number;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** A reader from the buffer's position to its limit; the buffer itself is left as it is. */
    Wire(ByteBuffer buffer) {
        this.buffer = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Goes to the next field.
     *
     * @return false at the end of the message
     * @throws MalformedModel if the bytes are no protobuf message
     */
    boolean next() {
        if (!buffer.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        switch (type) {
            case VARINT -> number = varint();
            case FIXED_64 -> number = take(Long.BYTES).getLong();
            case FIXED_32 -> number = take(Integer.BYTES).getInt();
            case BYTES -> bytes = take(varint());
            default -> throw new MalformedModel("wire type " + type + " at byte " + buffer.position());
        }
        return true;
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** Whether the field is a length and bytes: a text, a message, or packed numbers. */
    boolean isBytes() {
        return type == BYTES;
    }

    /** The field's whole number. */
    long number() {
        return number;
    }

    /** The field's 32-bit float. */
    float real() {
        return Float.intBitsToFloat((int) number);
    }

    /** The field's bytes, little-endian. */
    ByteBuffer bytes() {
        return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The field's text. */
    String text() {
        return StandardCharsets.UTF_8.decode(bytes()).toString();
    }

    /** The next whole number of packed ones, which are read without {@link #next}. */
    long packed() {
        return varint();
    }

    /** Whether packed numbers are left. */
    boolean hasPacked() {
        return buffer.hasRemaining();
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!buffer.hasRemaining()) {
                throw new MalformedModel("it ends within a number");
            }
            byte part = buffer.get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new MalformedModel("a number of more than ten bytes at byte " + buffer.position());
    }

    private ByteBuffer take(long length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new MalformedModel("it ends within a field of " + length + " bytes");
        }
        ByteBuffer taken = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        taken.limit((int) length);
        buffer.position(buffer.position() + (int) length);
        return taken;
    }
}
