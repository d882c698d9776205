package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long a study takes to open in a browser that is there already, and its views to be drawn: {@code ADDRESS} of a running {@code chiron
 * serve}. Prints the time by the clock, and what of it the page's own thread computed, which other programs do not lengthen.
 */
final class OpeningMeasure {

    private static final int TIMES = 3;

    private OpeningMeasure() {}

    public static void main(String[] arguments) throws Exception {
        try (Browser browser = Browser.start(Files.createTempDirectory(Path.of("target"), "opening"))) {
            browser.call("Performance.enable", "timeDomain", "threadTicks");
            browser.look(1280, 900, false);
            for (int k = 0; k < TIMES; k++) {
                browser.open("about:blank");
                browser.until("location.href === 'about:blank'");
                double before = computed(browser);
                browser.open(arguments[0] + "#/0/overview");
                browser.until("document.getElementById('main').dataset.drawn === '0/overview'");
                print("opened", browser, "performance.now()", before);
            }
            for (String view : List.of("trials", "parallel", "timeline", "edf", "slices", "overview")) {
                double before = computed(browser);
                browser.value("window.began = performance.now(); location.hash = '#/0/" + view + "'");
                browser.until("document.getElementById('main').dataset.drawn === '0/" + view + "'");
                print(view, browser, "performance.now() - began", before);
            }
        }
    }

    /** After the next two frames, by when what was drawn is seen. */
    private static void print(String what, Browser browser, String clock, double before) throws Exception {
        double wall = browser.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done("
                        + clock + "))))")
                .asDouble();
        System.out.printf("%-10s %6.0f ms, of it computed %5.0f ms%n", what, wall, computed(browser) - before);
    }

    /** Milliseconds of the page's thread so far. */
    private static double computed(Browser browser) throws Exception {
        for (JsonNode metric : browser.call("Performance.getMetrics").path("metrics")) {
            if (metric.path("name").asText().equals("TaskDuration")) {
                return 1000 * metric.path("value").asDouble();
            }
        }
        return 0;
    }
}
