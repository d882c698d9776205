package dev.chiron.agent.plot.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BrailleCanvasTest {

    private record Drawn(int columns, int rows, Consumer<Canvas> drawing) implements Picture {
        @Override
        public String title() {
            return "";
        }

        @Override
        public int width() {
            return columns * 8;
        }

        @Override
        public int height() {
            return rows * 16;
        }

        @Override
        public void draw(Canvas canvas) {
            drawing.accept(canvas);
        }
    }

    @Test
    void aDotIsOneOfEightInItsCharacter() {
        assertThat(new Drawn(2, 1, canvas -> canvas.dot(1, 1, 0, Ink.TEXT, 1)).text(false))
                .containsExactly("⠁");
        assertThat(new Drawn(2, 1, canvas -> canvas.dot(15, 15, 0, Ink.TEXT, 1)).text(false))
                .containsExactly(" ⢀");
    }

    @Test
    void aLineReachesFromEndToEnd() {
        Drawn across = new Drawn(3, 1, canvas -> canvas.line(0, 1, 23, 1, Pen.thin(Ink.TEXT)));
        assertThat(across.text(false)).containsExactly("⠉⠉⠉");
        Drawn down = new Drawn(1, 2, canvas -> canvas.line(1, 0, 1, 31, Pen.thin(Ink.TEXT)));
        assertThat(down.text(false)).containsExactly("⡇", "⡇");
    }

    @Test
    void theGridIsLeftOut() {
        Drawn grid = new Drawn(3, 1, canvas -> canvas.line(0, 1, 23, 1, Pen.thin(Ink.GRID)));
        assertThat(grid.text(false)).containsExactly("");
    }

    @Test
    void anAreaIsFilledAndAFaintOneHalf() {
        assertThat(new Drawn(2, 1, canvas -> canvas.box(0, 0, 8, 16, Ink.TEXT)).text(false))
                .containsExactly("⣿");
        Drawn faint = new Drawn(
                2, 1, canvas -> canvas.area(new double[] {0, 8, 8, 0}, new double[] {0, 0, 16, 16}, Ink.TEXT, 0.2));
        assertThat(faint.text(false)).containsExactly("⢕");
    }

    @Test
    void whatLiesOutsideIsCutOff() {
        Drawn out = new Drawn(2, 1, canvas -> {
            canvas.line(-1e9, 1, 1e9, 1, Pen.thin(Ink.TEXT));
            canvas.text(-8, 13, "abcd", Lettering.plain(Ink.TEXT, Lettering.Anchor.START));
            canvas.dot(Double.NaN, 1, 2, Ink.TEXT, 1);
        });
        assertThat(out.text(false))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).isEqualTo("bc"));
        Drawn clipped = new Drawn(
                3, 1, canvas -> canvas.within(8, 0, 7, 16, inner -> inner.line(0, 1, 23, 1, Pen.thin(Ink.TEXT))));
        assertThat(clipped.text(false)).containsExactly(" ⠉");
    }

    @Test
    void withoutColoursSeriesAreLetters() {
        Drawn dots = new Drawn(3, 1, canvas -> {
            canvas.dot(1, 1, 2, Ink.series(0), 1);
            canvas.dot(9, 1, 2, Ink.series(1), 1);
        });
        assertThat(dots.text(false)).containsExactly("ox");
        assertThat(dots.text(true)).containsExactly("\u001b[38;5;74m⠁\u001b[0m\u001b[38;5;209m⠁\u001b[0m");
    }

    @Test
    void textIsSetByItsAnchorAndUpright() {
        Drawn middle = new Drawn(
                5, 1, canvas -> canvas.text(20, 13, "ab", Lettering.plain(Ink.TEXT, Lettering.Anchor.MIDDLE)));
        assertThat(middle.text(false)).containsExactly("  ab");
        Drawn end =
                new Drawn(5, 1, canvas -> canvas.text(40, 13, "ab", Lettering.plain(Ink.TEXT, Lettering.Anchor.END)));
        assertThat(end.text(false)).containsExactly("   ab");
        Drawn upright = new Drawn(
                1,
                2,
                canvas -> canvas.text(1, 13, "ab", new Lettering(Ink.TEXT, 12, Lettering.Anchor.START, false, true)));
        assertThat(upright.text(false)).containsExactly("a", "b");
    }
}
