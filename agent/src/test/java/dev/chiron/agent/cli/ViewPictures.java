package dev.chiron.agent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of all views of a study, to be looked at, dark and light, wide and narrow; of them the README has one: {@code ADDRESS FOLDER [NUMBER]} of a
 * running {@code chiron serve}, where to, and which of its studies.
 */
final class ViewPictures {

    private static final List<String> VIEWS = List.of(
            "overview",
            "trials",
            "trial/1",
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

    private ViewPictures() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        String study = arguments.length > 2 ? arguments[2] : "0";
        try (Browser browser = Browser.start(Files.createTempDirectory(folder, "browser"))) {
            browser.open(arguments[0] + "#/" + study + "/overview");
            for (boolean dark : List.of(true, false)) {
                for (int width : List.of(1280, 400)) {
                    browser.look(width, width == 400 ? 800 : 900, dark);
                    for (String view : VIEWS) {
                        picture(
                                browser,
                                study,
                                view,
                                folder.resolve(view.replace("/", "-") + "-" + width + "-" + (dark ? "dark" : "light")
                                        + ".png"));
                    }
                }
            }
        }
    }

    private static void picture(Browser browser, String study, String view, Path file) throws Exception {
        browser.value("location.hash = '#/" + study + "/" + view + "'");
        browser.until("document.getElementById('main').dataset.drawn === '" + study + "/" + view.split("/")[0] + "'");
        browser.value("new Promise(done => setTimeout(done, 700))"); // what is worked out comes in a moment
        browser.value("scrollTo(0, 0)");
        browser.save(file);
    }
}
