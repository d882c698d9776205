package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Watch;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks on in a job, on its node, and stops nothing: what the run reports is appended to {@link CurveFile}, where whoever handed the job in
 * reads it. A job that begins anew appends to what it wrote before.
 *
 * <p>What is printed within a second is written together, and the file is closed each time: over the network others see it then.
 */
final class CurveWriter implements Watch, Closeable {

    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final Path file;
    private final LongSupplier nanos;
    private final long begun;
    private final StringBuilder lines = new StringBuilder();
    private final ScheduledExecutorService writing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chiron-curve");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> flushing;
    private Optional<IOException> lost = Optional.empty();

    /** One whose run begins now. */
    CurveWriter(Path folder, LongSupplier nanos) {
        this.file = folder.resolve(CurveFile.NAME);
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        if (Files.exists(file)) {
            lines.append('\n'); // the last line may have been cut off
        }
        flushing = writing.scheduleWithFixedDelay(this::write, 0, TOGETHER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized Optional<Stop> reported(double step, double value) {
        lost.ifPresent(e -> {
            throw new UncheckedIOException("what the run reports cannot be written: " + e.getMessage(), e);
        });
        double seconds = (nanos.getAsLong() - begun) / 1e9;
        lines.append(step).append(',').append(value).append(',');
        lines.append(String.format(Locale.ROOT, "%.3f,\n", seconds));
        return Optional.empty();
    }

    private synchronized void write() {
        try {
            flush();
        } catch (IOException e) {
            lost = Optional.of(e);
        }
    }

    private void flush() throws IOException {
        if (lines.length() > 0) {
            try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
                out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
            lines.setLength(0);
        }
    }

    /** Writes what is left; before the job says what came of the run. */
    @Override
    public synchronized void close() throws IOException {
        flushing.cancel(false);
        writing.shutdown();
        if (lost.isPresent()) {
            throw lost.get();
        }
        flush();
    }
}
