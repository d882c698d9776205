package dev.chiron.agent.session;

import dev.chiron.agent.plot.Size;
import java.io.Closeable;
import java.util.List;

/** Where a session is shown and typed. Lines may come from any thread; one thread reads. */
public interface Screen extends Closeable {

    /** What came of reading. */
    sealed interface Input {

        /** A line that was entered. */
        record Line(String text) implements Input {}

        /** Ctrl-C at the prompt, with nothing typed. */
        record Interrupt() implements Input {}

        /** Nothing more will come: the end of the input, or Ctrl-D. */
        record End() implements Input {}
    }

    /** Shows lines, above what is being typed. */
    void print(List<String> lines);

    /** Waits for a line. */
    Input read(String prompt);

    /** How much fits. */
    Size size();

    /** How words are coloured here. */
    Paint paint();

    @Override
    void close();

    /** Has a read that waits come back, with whatever; for any thread. */
    void wake();
}
