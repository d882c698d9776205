package dev.chiron.agent.report;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.command.CleanEnvironment;
import dev.chiron.agent.command.ProgramPath;
import dev.chiron.optimizers.study.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window that prints pages. */
final class Chromium {

    private static final List<String> NAMES = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
            "microsoft-edge",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium");

    private static final int MINUTES = 3;

    private final Path program;
    private final Map<String, String> environment;

    private Chromium(Path program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    /**
     * The one that is named, or one that is there.
     *
     * @throws BadInput if there is none
     */
    static Chromium find(Optional<String> named, Map<String, String> environment) {
        Optional<Path> program = named.map(List::of).orElse(NAMES).stream()
                .flatMap(name -> ProgramPath.find(name, environment).stream())
                .findFirst();
        if (program.isEmpty()) {
            throw new BadInput(named.map(name -> "--browser " + name + ": there is no such program")
                            .orElse("a PDF is made by Chromium, Chrome or Edge, and none of them is on the PATH")
                    + "; install one (Debian: apt install chromium), name it with --browser, or write .html and print "
                    + "it from any browser");
        }
        return new Chromium(program.get(), CleanEnvironment.of(environment, List.of()));
    }

    /**
     * A page as PDF.
     *
     * @param folder where it may work, in a folder of its own that is gone afterwards
     * @throws BadInput if the browser cannot do it
     */
    byte[] pdf(String html, Path folder) throws InterruptedException {
        try {
            // beside the file and not in /tmp, of which a browser in a container of its own sees another
            Path own = Files.createTempDirectory(folder, "chiron-report-");
            try {
                return printed(html, own);
            } finally {
                remove(own);
            }
        } catch (IOException e) {
            throw new BadInput("the PDF cannot be made in " + folder + ": " + e.getMessage(), e);
        }
    }

    private byte[] printed(String html, Path own) throws IOException, InterruptedException {
        Path page = own.resolve("report.html");
        Path pdf = own.resolve("report.pdf");
        Path said = own.resolve("said.log");
        Files.writeString(page, html);
        List<String> words = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--no-default-browser-check",
                "--user-data-dir=" + own.resolve("profile"),
                "--no-pdf-header-footer",
                "--print-to-pdf=" + pdf,
                page.toUri().toString()));
        if (isRoot()) {
            words.add(1, "--no-sandbox"); // with it Chromium refuses to run as root
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("XDG_CONFIG_HOME", own.toString());
        builder.environment().put("XDG_CACHE_HOME", own.toString());
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended || !Files.isRegularFile(pdf) || Files.size(pdf) == 0) {
                throw new BadInput(program + (ended ? " made no PDF: " : " did not end in " + MINUTES + " minutes: ")
                        + last(said) + "; write .html and print it from any browser");
            }
            return Files.readAllBytes(pdf);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name", "").equals("root");
        }
    }

    private static String last(Path said) throws IOException {
        return new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
                .lines()
                .map(PlainText::line)
                .filter(line -> !line.isBlank())
                .reduce((earlier, later) -> later)
                .orElse("it said nothing");
    }

    /** What a browser that is still ending writes meanwhile may stay; the folder is then left where it is. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // nothing of it is needed
        }
    }
}
