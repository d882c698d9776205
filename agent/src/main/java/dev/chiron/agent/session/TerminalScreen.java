package dev.chiron.agent.session;

import dev.chiron.agent.plot.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A terminal with a line that can be edited, completed and looked up in what was typed before (JLine). */
public final class TerminalScreen implements Screen {

    private static final int LEFT_FREE = 4; // rows that stay above a picture

    private final Terminal terminal;
    private final LineReader reader;
    private final Paint paint;

    /** Whether Ctrl-C came while no line was read, as while a command runs; the next line read is interrupted instead. */
    private final AtomicBoolean interrupted = new AtomicBoolean();

    private TerminalScreen(Terminal terminal, LineReader reader, Paint paint) {
        this.terminal = terminal;
        this.reader = reader;
        this.paint = paint;
        terminal.handle(Terminal.Signal.INT, signal -> interrupted.set(true));
        reader.getWidgets().put(LineReader.CALLBACK_INIT, () -> {
            if (interrupted.getAndSet(false)) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
    }

    /**
     * The terminal that this process runs in.
     *
     * @param typed where lines that were typed are kept
     * @param completions what may stand for the last of the words before the cursor
     */
    public static TerminalScreen open(Paint paint, Path typed, Function<List<String>, List<String>> completions) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .name("chiron")
                    .build();
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                    .completer((line, parsed, candidates) -> completions
                            .apply(parsed.words().subList(0, parsed.wordIndex() + 1))
                            .forEach(word -> candidates.add(
                                    new Candidate(word, word, null, null, null, null, !word.endsWith("=")))))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                    .variable(LineReader.HISTORY_FILE, typed)
                    .variable(LineReader.HISTORY_FILE_SIZE, 1000)
                    .build();
            return new TerminalScreen(terminal, reader, paint);
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void print(List<String> lines) {
        reader.printAbove(String.join("\n", lines));
    }

    @Override
    public Input read(String prompt) {
        while (true) {
            try {
                return new Input.Line(reader.readLine(prompt));
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isBlank()) {
                    return new Input.Interrupt();
                } // else the line alone is given up
            } catch (EndOfFileException e) {
                return new Input.End();
            }
        }
    }

    /** Ctrl-C comes to the prompt as a key. */
    @Override
    public void wake() {}

    @Override
    public Size size() {
        org.jline.terminal.Size size = terminal.getSize();
        return new Size(size.getColumns() - 1, size.getRows() - LEFT_FREE);
    }

    @Override
    public Paint paint() {
        return paint;
    }

    @Override
    public void close() {
        try {
            reader.getHistory().save();
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be given back: " + e.getMessage(), e);
        }
    }
}
