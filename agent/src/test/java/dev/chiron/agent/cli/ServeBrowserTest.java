package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, beside a study that runs in a process of its own. */
@Tag("chromium")
class ServeBrowserTest {

    private static final List<String> VIEWS = List.of(
            "overview",
            "trials",
            "timeline",
            "curves",
            "front",
            "compare",
            "parallel",
            "slices",
            "contour",
            "importance",
            "failures",
            "edf",
            "belief",
            "partners",
            "talk",
            "lineage",
            "cost");

    /** What must be seen in a view once there are enough trials. */
    private static String isThere(String view) {
        return switch (view) {
            case "trials" -> "document.querySelectorAll('main tbody tr.link').length > 5";
            case "curves" -> "document.querySelector('main .legend').textContent.includes('the best')";
            case "front" -> "main.textContent.includes('one objective, loss')";
            case "compare" -> "document.querySelector('main tbody').textContent.includes('chiron-study')";
            case "parallel" -> "document.querySelector('main canvas').dataset.lines > 0";
            case "slices" -> "document.querySelectorAll('main .plot canvas').length === 3";
            case "contour" -> "main.querySelector('section').dataset.worked.startsWith('/values') && inked()";
            case "importance" ->
                "document.querySelectorAll('main .plot').length === 2 && main.textContent.includes('foretells')";
            case "failures" ->
                "main.querySelector('section').dataset.worked.startsWith('/failures') && main.textContent.includes('out-of-memory')";
            case "belief" -> "main.textContent.includes('gone through') && inked()";
            case "partners" -> "document.querySelector('main tbody').textContent.includes('builtin')";
            case "talk" -> "document.querySelectorAll('main tbody tr.link').length > 1";
            case "lineage" -> "main.textContent.includes('was not edited')";
            case "cost" -> "main.textContent.includes('Tokens')";
            default -> "inked()";
        };
    }

    /** Whether the first chart has more than a ground. */
    private static final String INKED = "window.inked = () => { const c = document.querySelector('main .plot canvas'); "
            + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; "
            + "const seen = new Set(); for (let k = 0; k < d.length; k += 4) seen.add(d[k] << 16 | d[k + 1] << 8 | d[k + 2]); "
            + "return seen.size > 20; }; window.main = document.getElementById('main'); true";

    @TempDir
    Path folder;

    private static URI address(Started serve) throws Exception {
        return URI.create(serve.until("http://").strip());
    }

    private static void show(Browser browser, String view) throws Exception {
        browser.value("location.hash = '#/0/" + view + "'");
        browser.until("document.getElementById('main').dataset.drawn === '0/" + view.split("/")[0] + "'");
    }

    @Test
    void everyViewIsDrawnWhileTheStudyRunsAndNothingIsAskedFromElsewhere() throws Exception {
        SmallStudy.write(folder, 60);
        try (Started run = Started.in(folder, "run", "--json")) {
            run.until("\"trial\":2,");
            try (Started serve = Started.in(folder, "serve", "--port", "0");
                    Browser browser = Browser.start(folder)) {
                URI address = address(serve);
                browser.look(1280, 900, false);
                browser.open(address + "#/0/overview");
                browser.until("document.getElementById('main').dataset.drawn === '0/overview'");
                browser.value(INKED);
                browser.until("document.getElementById('state').textContent.startsWith('running')");
                browser.value("window.same = 1");
                for (String view : VIEWS) {
                    show(browser, view);
                    browser.until(isThere(view));
                }
                assertThat(run.exitCode()).as(run.err()).isZero();
                browser.until("document.getElementById('state').textContent === 'not running, 60 trials'");
                show(browser, "trials");
                assertThat(browser.value("window.same").asInt()).isEqualTo(1);
                browser.until("document.querySelector('main tbody tr.link a').textContent === '59'");
                assertThat(browser.errors()).isEmpty();
                assertThat(browser.requests())
                        .isNotEmpty()
                        .allMatch(request -> request.startsWith(address.toString()) || request.equals("about:blank"));
            }
        }
    }

    @Test
    void thePageOutlivesTheServerAndCatchesUp() throws Exception {
        SmallStudy.write(folder, 6);
        Screen screen = new Screen(folder);
        assertThat(screen.run("run", "--quiet")).isZero();
        try (Browser browser = Browser.start(folder)) {
            int port;
            try (Started serve = Started.in(folder, "serve", "--port", "0")) {
                URI address = address(serve);
                port = address.getPort();
                browser.open(address + "#/0/trials");
                browser.until("document.getElementById('state').textContent === 'not running, 6 trials'");
                browser.until("document.querySelectorAll('main tbody tr.link').length === 6");
                browser.value("window.same = 1");
                serve.signal("KILL");
                browser.until("document.getElementById('state').dataset.state === 'lost'");
            }
            assertThat(screen.run("run", "--quiet", "--trials", "9")).isZero();
            try (Started serve = Started.in(folder, "serve", "--port", String.valueOf(port))) {
                address(serve);
                browser.until("document.getElementById('state').textContent === 'not running, 9 trials'");
                assertThat(browser.value("window.same").asInt()).isEqualTo(1);
                browser.until("document.querySelector('main tbody tr.link a').textContent === '8'");
                assertThat(screen.run("run", "--quiet", "--fresh")).isZero();
                browser.until("document.getElementById('state').textContent === 'not running, 6 trials'");
            }
        }
    }

    /** A browser has six connections to one server, for all its tabs together, and each page's feed takes one. */
    @Test
    void manyTabsDoNotWaitForEachOther() throws Exception {
        SmallStudy.write(folder, 4);
        Screen screen = new Screen(folder);
        assertThat(screen.run("run", "--quiet")).isZero();
        try (Started serve = Started.in(folder, "serve", "--port", "0");
                Browser browser = Browser.start(folder)) {
            URI address = address(serve);
            browser.open(address + "#/0/overview");
            browser.until("document.getElementById('state').textContent === 'not running, 4 trials'");
            for (int k = 0; k < 8; k++) {
                browser.openBeside(
                        address + "#/0/overview",
                        "document.getElementById('state').textContent === 'not running, 4 trials'");
            }
            browser.call("Page.bringToFront");
            assertThat(screen.run("run", "--quiet", "--trials", "5")).isZero();
            browser.until("document.getElementById('state').textContent === 'not running, 5 trials'");
        }
    }

    @Test
    void severalObjectivesAreAFrontAndNotABestTrial() throws Exception {
        FrontStudy.write(folder, 30);
        Screen screen = new Screen(folder);
        assertThat(screen.run("run", "--quiet", "--gpus", "0,1"))
                .as(screen.err())
                .isZero();
        try (Started serve = Started.in(folder, "serve", "--port", "0");
                Browser browser = Browser.start(folder)) {
            browser.open(address(serve) + "#/0/front");
            browser.until("document.querySelectorAll('main tbody tr.link').length > 2");
            int front = browser.value(
                            "fetch('/api/studies/0/totals').then(a => a.json()).then(totals => totals.front.length)")
                    .asInt();
            assertThat(browser.value("document.querySelector('main .facts dd').textContent")
                            .asText())
                    .startsWith(front + " trials");
            assertThat(browser.value("document.querySelector('main .legend').textContent")
                            .asText())
                    .contains("front, ", "beaten ", "infeasible ", "the compromise");
            browser.value("document.querySelector('main .plot canvas').focus()");
            browser.key("ArrowRight");
            assertThat(browser.value("document.querySelector('.plot [aria-live]').textContent")
                            .asText())
                    .contains("ms ", "on the front");
            browser.value("const list = document.querySelectorAll('main .bar select')[1]; list.value = 'speed'; "
                    + "list.dispatchEvent(new Event('change'))");
            assertThat(browser.value("document.querySelector('main .plot canvas').getAttribute('aria-label')")
                            .asText())
                    .contains("better is left and up");

            show(browser, "overview");
            browser.until("document.querySelector('main h1').textContent === '" + front
                    + " trials on the front of loss, ms, speed'");
            assertThat(browser.value("document.querySelector('main .facts').textContent")
                            .asText())
                    .contains("Infeasible", "vram <= 40")
                    .doesNotContain("Better by");
            show(browser, "trials");
            browser.until("document.querySelectorAll('main tbody tr.link').length > 5");
            assertThat(
                            browser.value(
                                    "[...document.querySelectorAll('main tbody tr.link')]"
                                            + ".filter(row => row.children[2].textContent === 'infeasible').map(row => row.children[3].textContent)"))
                    .isNotEmpty()
                    .noneMatch(value -> value.asText().equals("–"));
            show(browser, "timeline");
            assertThat(browser.value("document.querySelector('main .plot canvas').getAttribute('aria-label')")
                            .asText())
                    .contains("of 2 GPUs");
            show(browser, "compare");
            browser.until("main.textContent.includes('loss, ms, speed')");
            show(browser, "parallel");
            browser.until("document.querySelector('main canvas').dataset.lines == " + front);
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aStudyWithoutTrialsSaysSoAndDrawsNoEmptyCharts() throws Exception {
        SmallStudy.write(folder, 4);
        Files.writeString(folder.resolve("train.sh"), "exit 1\n");
        assertThat(new Screen(folder).run("run", "--quiet")).isEqualTo(6);
        try (Started serve = Started.in(folder, "serve", "--port", "0");
                Browser browser = Browser.start(folder)) {
            browser.open(address(serve) + "#/0/overview");
            browser.until("document.getElementById('state').textContent === 'not running, 0 trials'");
            for (String view : VIEWS) {
                show(browser, view);
                assertThat(browser.value("[...document.querySelectorAll('main figure canvas')]"
                                        + ".filter(c => c.offsetParent && c.width === 300 && c.height === 150).length")
                                .asInt())
                        .as("charts that were never drawn in " + view)
                        .isZero();
            }
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void tablesSortAndFilterAndChartsAnswerToKeys() throws Exception {
        SmallStudy.write(folder, 20);
        assertThat(new Screen(folder).run("run", "--quiet")).isZero();
        try (Started serve = Started.in(folder, "serve", "--port", "0");
                Browser browser = Browser.start(folder)) {
            browser.open(address(serve) + "#/0/trials");
            browser.until("document.querySelectorAll('main tbody tr.link').length === 20");
            browser.value("[...document.querySelectorAll('th button')].find(b => b.textContent === 'loss').click()");
            String cells = "[...document.querySelectorAll('main tbody tr.link')].map(r => r.children[3].textContent)";
            assertThat(browser.value(
                                    cells
                                            + ".filter(t => t !== '–').every((t, k, all) => !k || Number(all[k - 1]) <= Number(t))")
                            .asBoolean())
                    .isTrue();
            browser.key("/");
            browser.call("Input.insertText", "text", "builtin value < 1");
            browser.until("document.querySelector('.bar [role=status]').textContent.includes(' of 20 rows')");
            assertThat(browser.value(
                                    "[...document.querySelectorAll('main tbody tr.link')].every(r => "
                                            + "r.children[1].textContent === 'builtin' && Number(r.children[3].textContent) < 1)")
                            .asBoolean())
                    .isTrue();

            show(browser, "overview");
            browser.value("document.querySelector('main .plot canvas').focus()");
            browser.key("ArrowRight");
            assertThat(browser.value("document.querySelector('.plot [aria-live]').textContent")
                            .asText())
                    .startsWith("Trial 0 by baseline");
            browser.key("+");
            browser.until("!document.querySelector('main .plot .reset').hidden");
            browser.key("Escape");
            browser.until("document.querySelector('main .plot .reset').hidden");
            browser.key("ArrowRight");
            browser.key("Enter");
            browser.until(
                    "location.hash === '#/0/trial/1' && document.querySelector('main h1').textContent === 'Trial 1'");
            browser.value("document.activeElement.blur()");
            browser.key("]");
            browser.until("location.hash === '#/0/timeline'");
            browser.key("t");
            assertThat(browser.value("document.documentElement.dataset.theme").asText())
                    .isEqualTo("light");
            browser.key("t");
            assertThat(browser.value("getComputedStyle(document.body).backgroundColor")
                            .asText())
                    .isEqualTo("rgb(20, 23, 26)");

            show(browser, "parallel");
            browser.until("document.querySelector('main canvas').dataset.lines > 0");
            browser.value("document.querySelector('main canvas').focus()");
            browser.key("ArrowRight");
            browser.key("ArrowUp");
            assertThat(browser.value("document.querySelector('main figure [aria-live]').textContent")
                            .asText())
                    .isEqualTo("X: 0 to 0.2");
            browser.until(
                    "[...document.querySelectorAll('main button')].some(b => b.textContent === 'Show all' && !b.hidden)");

            show(browser, "talk");
            browser.until("document.querySelectorAll('main tbody tr.link').length > 2");
            browser.value("document.querySelector('main tbody tr.link a').click()");
            browser.until("document.querySelectorAll('main details pre').length >= 2");
            assertThat(browser.value("document.querySelector('main details pre').textContent")
                            .asText())
                    .contains("Find the bottom of a bowl.");
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void whatIsSavedForSpreadsheetsHasNumbersAndTextsAndNoFormulas() throws Exception {
        SmallStudy.write(folder, 6);
        Path task = folder.resolve("chiron.yaml");
        Files.writeString(
                task,
                Files.readString(task)
                        .replace("plain", "=1+1")
                        .replace("low: 0.0", "low: -1.0")
                        .replace("default: 0.9", "default: -0.5"));
        assertThat(new Screen(folder).run("run", "--quiet")).isZero();
        try (Started serve = Started.in(folder, "serve", "--port", "0");
                Browser browser = Browser.start(folder)) {
            browser.open(address(serve) + "#/0/trials");
            browser.until("document.querySelectorAll('main tbody tr.link').length === 6");
            browser.value("const made = URL.createObjectURL; URL.createObjectURL = blob => made(window.saved = blob); "
                    + "[...document.querySelectorAll('button')].find(b => b.textContent === 'Save as CSV').click()");
            assertThat(browser.value("saved.text()").asText())
                    .contains(",-0.5,8,'=1+1")
                    .doesNotContain(",=1+1");
        }
    }

    @Test
    void everyViewCanBeReadOnAPhoneAndByThoseWhoDoNotSeeIt() throws Exception {
        SmallStudy.write(folder, 24);
        assertThat(new Screen(folder).run("run", "--quiet")).isZero();
        try (Started serve = Started.in(folder, "serve", "--port", "0");
                Browser browser = Browser.start(folder)) {
            browser.look(400, 800, true);
            browser.open(address(serve) + "#/0/overview");
            browser.until("document.getElementById('main').dataset.drawn === '0/overview'");
            browser.value(INKED);
            for (String view : VIEWS) {
                show(browser, view);
                browser.until(isThere(view));
                assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                        .as(view)
                        .isLessThanOrEqualTo(400);
                assertThat(browser.value(NAMELESS))
                        .as("controls without a name in " + view)
                        .isEmpty();
                assertThat(browser.value("document.querySelectorAll('main h1').length")
                                .asInt())
                        .as(view)
                        .isEqualTo(1);
            }
            browser.value("document.activeElement.blur(); scrollTo(0, 0)");
            browser.key("Tab");
            assertThat(browser.value("document.activeElement.textContent").asText())
                    .isEqualTo("To the content");
            browser.key("Tab");
            assertThat(browser.value("document.activeElement.id").asText()).isEqualTo("study");
            for (boolean dark : List.of(true, false)) {
                browser.look(400, 800, dark);
                JsonNode contrasts = browser.value(CONTRASTS);
                assertThat(contrasts.path("text").asDouble())
                        .as("text, dark: " + dark)
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(contrasts.path("marks").asDouble())
                        .as("marks, dark: " + dark)
                        .isGreaterThanOrEqualTo(3);
            }
        }
    }

    private static final String NAMELESS =
            "[...document.querySelectorAll('a, button, select, input, [tabindex]:not(main)')].filter(e => "
                    + "!(e.textContent || '').trim() && !e.getAttribute('aria-label') && !e.labels?.length).map(e => e.outerHTML.slice(0, 90))";

    /** The least contrast of text and of marks with the grounds that they stand on, as WCAG 2 has it. */
    private static final String CONTRASTS = "(() => { const css = getComputedStyle(document.documentElement); "
            + "const light = name => { const hex = css.getPropertyValue('--' + name).trim(); "
            + "const [r, g, b] = [1, 3, 5].map(k => parseInt(hex.slice(k, k + 2), 16) / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); "
            + "return .2126 * r + .7152 * g + .0722 * b; }; "
            + "const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort(); return (Math.max(x, y) + .05) / (Math.min(x, y) + .05); }; "
            + "const least = names => Math.min(...names.flatMap(name => ['ground', 'paper'].map(on => contrast(name, on)))); "
            + "return {text: least(['ink', 'soft', 'accent', 'good', 'bad']), "
            + "marks: least(['blue', 'sky', 'green', 'orange', 'red', 'purple', 'grey', 'yellow'])}; })()";
}
