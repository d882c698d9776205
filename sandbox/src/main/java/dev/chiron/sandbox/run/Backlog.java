package dev.chiron.sandbox.run;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ObjIntConsumer;

/**
 * Output that is still to be looked at, for somebody who takes long over it: whoever brings it never waits, so that the program that prints it does not
 * either. How much there may be is bounded by the limit on a run's output.
 */
final class Backlog implements AutoCloseable {

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final Thread reader;

    /** @param listener is shown each piece, in order, on a thread of its own */
    Backlog(ObjIntConsumer<byte[]> listener) {
        this.reader = new Thread(() -> read(listener), "chiron-watch");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(ObjIntConsumer<byte[]> listener) {
        try {
            for (byte[] piece = pieces.take(); piece != END; piece = pieces.take()) {
                listener.accept(piece, piece.length);
            }
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt(); // with the run
        }
    }

    /** Takes the next bytes. */
    void accept(byte[] bytes, int length) {
        pieces.add(Arrays.copyOf(bytes, length));
    }

    /** Waits until all has been looked at. */
    void finish() throws InterruptedException {
        pieces.add(END);
        reader.join();
    }

    /** Gives up what is still to be looked at. */
    @Override
    public void close() {
        reader.interrupt();
    }
}
