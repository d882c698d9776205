package dev.chiron.sandbox.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjIntConsumer;

/** What a run prints: its first and last 32 kB, and how much there was. Safe for use by several threads. */
final class Console {

    private static final int KEPT = 32 * 1024;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[KEPT];
    private long total;

    /** Starts a daemon thread that reads a stream to its end and shows each piece to a listener. */
    Thread drain(String name, InputStream in, ObjIntConsumer<byte[]> listener) {
        Thread thread = new Thread(() -> read(in, listener), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(InputStream in, ObjIntConsumer<byte[]> listener) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                add(buffer, n);
                listener.accept(buffer, n);
            }
        } catch (IOException closed) {
            // The process is gone and its pipe with it: what was read is what there is.
            return;
        }
    }

    synchronized void add(byte[] bytes, int length) {
        head.write(bytes, 0, Math.min(length, KEPT - head.size()));
        for (int i = Math.max(0, length - KEPT); i < length; i++) {
            tail[(int) ((total + i) % KEPT)] = bytes[i];
        }
        total += length;
    }

    /** Bytes so far. */
    synchronized long total() {
        return total;
    }

    synchronized String head() {
        return head.toString(StandardCharsets.UTF_8);
    }

    synchronized String tail() {
        int size = (int) Math.min(total, KEPT);
        byte[] ordered = new byte[size];
        for (int i = 0; i < size; i++) {
            ordered[i] = tail[(int) ((total - size + i) % KEPT)];
        }
        int start = 0;
        while (total > KEPT && start < 3 && (ordered[start] & 0xC0) == 0x80) {
            start++; // the rest of a character whose start was overwritten
        }
        return new String(ordered, start, size - start, StandardCharsets.UTF_8);
    }
}
