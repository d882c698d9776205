package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Reported;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a job reports of its metric, read here while it goes on: {@code reported} in its folder, to which {@link CurveWriter} appends. A line is
 * step, value and the seconds since the run began, each with a comma behind it, so that a line that was cut off is told from a whole one. It is
 * opened anew for each look, which is when a file system over the network asks for what is new. For one thread.
 */
final class CurveFile {

    /** Its name. */
    static final String NAME = "reported";

    private static final int FIELDS = 3;
    private static final int MOST = 1 << 20; // bytes that are read at a time

    private final Path file;
    private final Reported reported;
    private long read; // bytes, up to the end of a line
    private double seconds;

    /** @param reported is told each value */
    CurveFile(Path folder, Reported reported) {
        this.file = folder.resolve(NAME);
        this.reported = reported;
    }

    /** How long the run had taken by the last value that was looked at. */
    Duration took() {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** Reads what is new, up to the value at which the run is to be stopped. */
    void look() throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            while (!reported.isOver() && in.length() > read) {
                byte[] bytes = new byte[(int) Math.min(MOST, in.length() - read)];
                in.seek(read);
                in.readFully(bytes);
                int whole = lines(bytes);
                if (whole == 0) {
                    return; // of a line that is being written
                }
                read += whole;
            }
        }
    }

    /** How many of the bytes are whole lines. */
    private int lines(byte[] bytes) {
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                line(new String(bytes, start, at - start, StandardCharsets.UTF_8));
                start = at + 1;
            }
        }
        return start;
    }

    /** One that was cut off when its job was is not whole. */
    private void line(String text) {
        String[] fields = text.split(",", -1);
        if (fields.length != FIELDS + 1 || reported.isOver()) {
            return;
        }
        try {
            double value = Double.parseDouble(fields[1]);
            double step = Double.parseDouble(fields[0]);
            seconds = Double.parseDouble(fields[2]);
            reported.value(step, value);
        } catch (NumberFormatException e) {
            return; // not one of ours
        }
    }
}
