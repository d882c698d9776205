package dev.chiron.agent.plot;

/** How large a picture is, in characters of a terminal, which are 8 by 16 pixels of the picture. */
public record Size(int columns, int rows) {

    /** That of a picture in a file. */
    public static final Size OF_FILE = new Size(110, 34);

    private static final int LEAST_COLUMNS = 40;
    private static final int LEAST_ROWS = 12;
    private static final int CELL_WIDTH = 8;
    private static final int CELL_HEIGHT = 16;

    /** No smaller than something can be seen. */
    public Size {
        columns = Math.max(LEAST_COLUMNS, columns);
        rows = Math.max(LEAST_ROWS, rows);
    }

    /** In pixels. */
    public int width() {
        return columns * CELL_WIDTH;
    }

    /** In pixels. */
    public int height() {
        return rows * CELL_HEIGHT;
    }

    /** The pixel at which a row begins, from above; from below for a negative one. */
    double row(int row) {
        return CELL_HEIGHT * (double) (row < 0 ? rows + row : row);
    }

    /** The base line of a text in a row. */
    double baseLine(int row) {
        return row(row) + 13;
    }
}
