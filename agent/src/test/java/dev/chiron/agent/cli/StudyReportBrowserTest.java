package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser, and on paper. */
@Tag("chromium")
@Timeout(180)
class StudyReportBrowserTest {

    /** The least contrast, by WCAG 2, of any text that is seen with the nearest ground that is painted behind it. */
    private static final String CONTRAST = """
            (() => {
              const rgb = text => text.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                .reduce((sum, v, k) => sum + v * [.2126, .7152, .0722][k], 0);
              const ground = node => {
                for (let at = node; at; at = at.parentElement) {
                  const colour = rgb(getComputedStyle(at).backgroundColor);
                  if (colour.length < 4 || colour[3] > 0) return colour;
                }
                return [255, 255, 255];
              };
              const texts = [...document.querySelectorAll('body *')].filter(node => node.getClientRects().length
                && [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()));
              return Math.min(...texts.map(node => {
                const style = getComputedStyle(node);
                const ink = light(rgb(node instanceof SVGElement ? style.fill : style.color));
                const paper = light(ground(node));
                return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
              }));
            })()""";

    @TempDir
    Path folder;

    private String report() throws Exception {
        SmallStudy.write(folder, 24);
        Screen screen = new Screen(folder);
        assertThat(screen.run("run", "--quiet")).as(screen.err()).isZero();
        assertThat(screen.run("report", "--out", "report.html"))
                .as(screen.err())
                .isZero();
        return folder.resolve("report.html").toUri().toString();
    }

    @Test
    void aPageIsWholeInLightAndDarkAndInNarrowWindows() throws Exception {
        String address = report();
        try (Browser browser = Browser.start(folder)) {
            for (int width : new int[] {400, 1200}) {
                for (boolean dark : new boolean[] {false, true}) {
                    browser.look(width, 900, dark);
                    browser.open(address);
                    browser.until("document.readyState === 'complete' && document.querySelector('footer')");
                    assertThat(browser.value("document.documentElement.scrollWidth")
                                    .asInt())
                            .isLessThanOrEqualTo(width);
                    String shown =
                            "[...document.querySelectorAll('figure > div > svg')].filter(svg => svg.getClientRects().length)";
                    assertThat(browser.value(shown + ".length").asInt())
                            .isEqualTo(browser.value("document.querySelectorAll('figure').length")
                                    .asInt());
                    assertThat(browser.value(shown + ".every(svg => svg.getBoundingClientRect().width > 250)")
                                    .asBoolean())
                            .isTrue();
                    assertThat(browser.value(CONTRAST).asDouble())
                            .as("contrast, width " + width + (dark ? ", dark" : ", light"))
                            .isGreaterThan(4.5);
                }
            }
            assertThat(browser.value("getComputedStyle(document.body).backgroundColor")
                            .asText())
                    .isEqualTo("rgb(13, 17, 23)");
            assertThat(browser.errors()).isEmpty();
            assertThat(browser.requests()).isNotEmpty().allMatch(address::equals);
        }
    }

    @Test
    void aPdfHasItsPagesAndNothingIsLeftBehind() throws Exception {
        report();
        Screen screen = new Screen(folder);
        assertThat(screen.run("report", "--out", "report.pdf")).as(screen.err()).isZero();
        assertThat(screen.out().strip()).isEqualTo("report.pdf");
        byte[] pdf = Files.readAllBytes(folder.resolve("report.pdf"));
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF-").contains("%%EOF");
        assertThat(Pattern.compile("/Type\\s*/Page\\b").matcher(text).results().count())
                .isGreaterThanOrEqualTo(3);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
                    .isEqualTo(List.of("chiron-study", "chiron.yaml", "report.html", "report.pdf", "train.sh"));
        }
    }
}
