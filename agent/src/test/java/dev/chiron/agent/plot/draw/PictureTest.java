package dev.chiron.agent.plot.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.plot.draw.LineChart.Curve;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PictureTest {

    private static final String HOSTILE =
            "<script>alert(\"&\")</script>\u0000\ud800 and a name that goes on for a very long while";

    static Stream<Picture> pictures() {
        return Stream.of(
                new LineChart(
                        HOSTILE,
                        "x",
                        "y",
                        List.of(
                                new Curve(
                                        HOSTILE,
                                        0,
                                        List.of(1.0, 2.0),
                                        List.of(3.0, 1e300),
                                        List.of(1.0, 2.0),
                                        List.of(4.0, 4.0)),
                                new Curve("one point", 9, List.of(2.0), List.of(-1e300), List.of(), List.of())),
                        1,
                        4,
                        true),
                new LineChart(
                        "flat",
                        "x",
                        "y",
                        List.of(new Curve("a", 1, List.of(1.0), List.of(2.0), List.of(), List.of())),
                        2,
                        2,
                        true),
                new LineChart(
                        "wide",
                        "x",
                        "y",
                        List.of(new Curve("a", 1, List.of(1.0), List.of(2.0), List.of(), List.of())),
                        1e-300,
                        1e300,
                        false),
                new IntervalChart(
                        "intervals",
                        "x",
                        List.of(
                                new IntervalChart.Row("a", 0, 1, 0.5, 2, 1.5),
                                new IntervalChart.Row(HOSTILE, 1, 1, 1, 1, Double.NaN)),
                        List.of("dot", "ring")),
                new BarChart(
                        "bars",
                        "x",
                        List.of("p", "q"),
                        List.of(new BarChart.Row("a", List.of(10.0, 20.0)), new BarChart.Row("b", List.of(0.0, 0.0)))),
                new BarChart("no bars", "x", List.of("p"), List.of(new BarChart.Row("a", List.of(0.0)))),
                new RankChart("ranks", List.of(new RankChart.Entry("a", 0, 1.2), new RankChart.Entry("b", 1, 1.8)), 5),
                new RankChart(
                        "no claim",
                        List.of(new RankChart.Entry("a", 0, 1.5), new RankChart.Entry("b", 1, 1.5)),
                        Double.NaN),
                new DotChart(
                        "dots",
                        "x",
                        "y",
                        List.of(new DotChart.Group(
                                "a", 0, List.of(1.0, 2.0), List.of(2.0, 9.0), Collections.nCopies(2, 3.0), true)),
                        0,
                        3));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void isASvgDocumentWithoutAnythingFromOutside(Picture picture) throws Exception {
        String svg = picture.svg("chiron & co");
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("chiron & co");
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg).doesNotContain("NaN", "Infinity", "href", "url(", " id=");
        NodeList texts = document.getElementsByTagName("text");
        assertThat(texts.getLength()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void inAPageItHasThePagesColours(Picture picture) {
        assertThat(picture.svgInPage("c"))
                .contains("var(--")
                .doesNotContain("#")
                .doesNotContain("xmlns");
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void isAlsoAPngTwiceAsFine(Picture picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));

        assertThat(image.getWidth()).isEqualTo(2 * picture.width());
        assertThat(image.getHeight()).isEqualTo(2 * picture.height());
        assertThat(image.getRGB(0, 0)).isEqualTo(0xffffffff);
        long dark = IntStream.range(0, image.getWidth() * 80)
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xff) < 0x80)
                .count();
        assertThat(dark).as("pixels of the title").isGreaterThan(50);
    }

    @Test
    void labelsAreALineApart() {
        assertThat(LineChart.spread(new double[] {10, 11, 12, 100}, 0, 200)).containsExactly(10, 25, 40, 100);
        assertThat(LineChart.spread(new double[] {198, 199, 200}, 0, 200)).containsExactly(170, 185, 200);
    }

    @Test
    void aBarIsOverTheLongestRowsThatTheDifferenceSpans() {
        List<RankChart.Entry> entries = List.of(
                new RankChart.Entry("d", 0, 4),
                new RankChart.Entry("a", 1, 1),
                new RankChart.Entry("b", 2, 1.9),
                new RankChart.Entry("c", 3, 2.5));

        assertThat(new RankChart("t", entries, 1).groups()).containsExactly(new int[] {0, 1}, new int[] {1, 2});
        assertThat(new RankChart("t", entries, 9).groups()).containsExactly(new int[] {0, 3});
        assertThat(new RankChart("t", entries, Double.NaN).groups()).isEmpty();
    }

    @Test
    void ticksAreRoundAndInside() {
        assertThat(new Scale(0.9712, 0.9921, false, 0, 100).ticks(5))
                .hasSize(4)
                .allMatch(tick -> tick >= 0.9712 && tick <= 0.9921);
        assertThat(new Scale(0.003, 40, true, 0, 100).ticks(6)).containsExactly(0.01, 0.1, 1.0, 10.0);
        assertThat(new Scale(0.9712, 0.9921, false, 0, 100).label(0.975, 5)).isEqualTo("0.975");
        assertThat(new Scale(1e-9, 1, true, 0, 100).label(1e-7, 5)).isEqualTo("1e-7");
        assertThat(new Scale(0, 3e9, false, 0, 100).label(2e9, 5)).isEqualTo("2e9");
    }

    @Test
    void longNamesAreCut() {
        assertThat(Lettering.cut("x".repeat(100), 100)).endsWith("…").hasSizeLessThan(20);
        assertThat(Lettering.cut("short", 100)).isEqualTo("short");
    }
}
