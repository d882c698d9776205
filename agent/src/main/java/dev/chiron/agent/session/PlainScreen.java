package dev.chiron.agent.session;

import dev.chiron.agent.plot.Size;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Lines in, lines out: for scripts, and terminals that can do no more. */
public final class PlainScreen implements Screen {

    private static final Size SIZE = new Size(80, 20);

    private final BufferedReader in;
    private final Consumer<String> out;
    private final boolean echoes;

    /** @param echoes whether what is read is shown, too, as it stands nowhere else */
    public PlainScreen(InputStream in, Consumer<String> out, boolean echoes) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.echoes = echoes;
    }

    @Override
    public synchronized void print(List<String> lines) {
        lines.forEach(out);
    }

    @Override
    public Input read(String prompt) {
        try {
            String line = in.readLine();
            if (line == null) {
                return new Input.End();
            }
            if (echoes) {
                print(List.of(prompt + line));
            }
            return new Input.Line(line);
        } catch (IOException e) {
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
