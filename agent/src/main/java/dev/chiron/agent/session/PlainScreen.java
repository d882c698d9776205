package dev.chiron.agent.session;

import dev.chiron.agent.plot.Size;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lines in, lines out: for scripts, and terminals that can do no more. */
public final class PlainScreen implements Screen {

    private static final Size SIZE = new Size(80, 20);
    private static final int PAUSE = 100; // milliseconds between two looks whether anything is still to come

    private final BlockingQueue<Input> lines = new ArrayBlockingQueue<>(1);
    private final Consumer<String> out;
    private final boolean echoes;
    private volatile boolean ended;

    /** @param echoes whether what is read is shown, too, as it stands nowhere else */
    public PlainScreen(InputStream in, Consumer<String> out, boolean echoes) {
        this.out = out;
        this.echoes = echoes;
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Thread thread = new Thread(() -> take(reader), "chiron-input"); // who waits for it can be woken
        thread.setDaemon(true);
        thread.start();
    }

    private void take(BufferedReader reader) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.put(new Input.Line(line));
            }
        } catch (IOException e) {
            // an end as any other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wake();
    }

    /** What was read before is still to come. */
    @Override
    public void wake() {
        ended = true;
    }

    @Override
    public synchronized void print(List<String> lines) {
        lines.forEach(out);
    }

    @Override
    public Input read(String prompt) {
        try {
            boolean last = ended;
            Input input = lines.poll();
            while (input == null && !last) {
                last = ended;
                input = lines.poll(PAUSE, TimeUnit.MILLISECONDS);
            }
            if (input instanceof Input.Line line && echoes) {
                print(List.of(prompt + line.text()));
            }
            return input == null ? new Input.End() : input;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Input.End();
        }
    }

    @Override
    public Size size() {
        return SIZE;
    }

    @Override
    public Paint paint() {
        return new Paint(false);
    }

    @Override
    public void close() {}
}
