package dev.chiron.agent.report;

import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Picture;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A piece of a report, whatever it is written as. */
sealed interface Block {

    /** A paragraph. */
    record Prose(Words words) implements Block {}

    /** A paragraph that is not to be missed: good news, or how far the rest can be believed. */
    record Note(boolean good, Words words) implements Block {}

    /** A list. */
    record Points(List<Words> points) implements Block {
        /** Makes the list unchangeable. */
        public Points {
            points = List.copyOf(points);
        }
    }

    /** The few numbers that say most. */
    record Facts(List<Fact> facts) implements Block {
        /** Makes the list unchangeable. */
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** One of them. */
    record Fact(String name, String value, String note) {}

    /**
     * A table.
     *
     * @param caption what it holds
     * @param rows each as long as the header
     */
    record Grid(String caption, List<Column> header, List<List<Cell>> rows) implements Block {
        /** Makes the lists unchangeable. */
        public Grid {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** The head of a column; numbers stand at its right. */
    record Column(String name, boolean number) {
        static Column text(String name) {
            return new Column(name, false);
        }

        static Column number(String name) {
            return new Column(name, true);
        }
    }

    /**
     * What stands in a table.
     *
     * @param share 0 to 1, shown as a bar; empty for none
     * @param faint whether it is of little interest
     */
    record Cell(Words words, OptionalDouble share, boolean faint) {
        static Cell of(String text) {
            return new Cell(Words.plain(text), OptionalDouble.empty(), false);
        }

        static Cell of(Words words) {
            return new Cell(words, OptionalDouble.empty(), false);
        }

        static Cell code(String text) {
            return of(Words.code(text));
        }

        static Cell faint(String text) {
            return new Cell(Words.plain(text), OptionalDouble.empty(), true);
        }

        static Cell bar(String text, double share) {
            return new Cell(Words.plain(text), OptionalDouble.of(share), false);
        }
    }

    /** Pictures side by side, where there is room. */
    record Figures(List<Figure> figures) implements Block {
        /** Makes the list unchangeable. */
        public Figures {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A picture.
     *
     * @param caption what it shows
     * @param drawn at a size
     * @param sizes on a page, the wide one first; a second is for narrow pages
     * @param inText whether letters can show it, too
     */
    record Figure(Words caption, Function<Size, Picture> drawn, List<Size> sizes, boolean inText) implements Block {
        /** Makes the list unchangeable. */
        public Figure {
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * Lines as they are.
     *
     * @param title what they are
     * @param language {@code diff}, {@code yaml} or {@code sh}
     * @param folded whether they are shown only on demand, where that can be
     * @param file the name under which they can be saved; empty for none
     */
    record Code(String title, String language, String text, boolean folded, String file) implements Block {}
}
