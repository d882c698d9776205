package dev.chiron.agent.session;

import dev.chiron.agent.plot.Size;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Lines in, lines out: for scripts, and terminals that can do no more. */
public final class PlainScreen implements Screen {

    private static final Size SIZE = new Size(80, 20);

    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final Consumer<String> out;
    private final boolean echoes;

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
                inputs.add(new Input.Line(line));
            }
        } catch (IOException e) {
            // an end as any other
        }
        wake();
    }

    /** What was read before is still to come. */
    @Override
    public void wake() {
        inputs.add(new Input.End());
    }

    @Override
    public synchronized void print(List<String> lines) {
        lines.forEach(out);
    }

    @Override
    public Input read(String prompt) {
        try {
            Input input = inputs.take();
            if (input instanceof Input.End) {
                inputs.add(input); // there is nothing behind the end
            } else if (input instanceof Input.Line line && echoes) {
                print(List.of(prompt + line.text()));
            }
            return input;
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
