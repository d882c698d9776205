package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.Picture;
import java.util.List;

/** A piece of a report. */
sealed interface Block {

    /** A paragraph of plain text. */
    record Prose(String text) implements Block {}

    /** A heading within a section. */
    record Heading(String text) implements Block {}

    /**
     * A table.
     *
     * @param name of its file, without the ending
     * @param rows each as long as the header
     */
    record Grid(String name, List<String> header, List<List<Cell>> rows) implements Block {
        /** Makes the lists unchangeable. */
        public Grid {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /** What a picture shows, for programs alone: a table that only its file has. */
    record Data(Grid grid) implements Block {}

    /**
     * A picture.
     *
     * @param name of its files, without the ending
     * @param caption what it shows and how it was computed
     */
    record Figure(String name, String caption, Picture picture) implements Block {}
}
