package dev.chiron.agent.mcp.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a stream, none of which can fill the memory. */
final class Lines {

    private final InputStream in;
    private final int longest;

    /** @param longest line in bytes; what is longer is read and thrown away */
    Lines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in);
        this.longest = longest;
    }

    /**
     * A line without its end.
     *
     * @param whole whether it was no longer than allowed; else it is only its beginning
     */
    record Line(String text, boolean whole) {}

    /** The next line, the last one also without its end; empty at the end of input. */
    Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean whole = true;
        int read = in.read();
        while (read != '\n') {
            if (read < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(line(line, whole));
            }
            if (line.size() < longest) {
                line.write(read);
            } else {
                whole = false;
            }
            read = in.read();
        }
        return Optional.of(line(line, whole));
    }

    private static Line line(ByteArrayOutputStream bytes, boolean whole) {
        return new Line(bytes.toString(StandardCharsets.UTF_8).strip(), whole);
    }
}
