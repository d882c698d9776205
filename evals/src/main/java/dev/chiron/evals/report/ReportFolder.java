package dev.chiron.evals.report;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.plot.draw.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A report's files: {@code report.md}, {@code report.html}, {@code tables/*.csv}, {@code figures/*.svg} and {@code .png}. */
public final class ReportFolder {

    static final String FIGURES = "figures";
    static final String TABLES = "tables";

    private static final String PAGE = "report.html";

    private final Path folder;

    /**
     * Where the files will be.
     *
     * @throws BadInput if it is a file, or a folder that holds something else than an earlier report
     */
    public ReportFolder(Path folder) {
        this.folder = folder;
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInput("--out " + folder + " is not a folder");
        }
        if (Files.isDirectory(folder) && !Files.exists(folder.resolve(PAGE)) && !isEmpty(folder)) {
            throw new BadInput("--out " + folder + " has other files than a report: give a new folder");
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new BadInput(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Makes all files, then writes them in place of an earlier report's.
     *
     * @return why there are no PNG pictures; empty if there are
     * @throws BadInput if the folder cannot be written
     * @throws InterruptedException if the thread is interrupted; nothing was written then
     */
    public Optional<String> write(Report report) throws InterruptedException {
        List<Section> sections = report.written();
        Map<String, byte[]> files = new LinkedHashMap<>();
        Optional<String> problem = pngs(sections, files);
        files.put("report.md", bytes(new MarkdownPage(problem.isPresent() ? ".svg" : ".png").of(report, sections)));
        files.put(PAGE, bytes(new HtmlPage().of(report, sections)));
        for (Section section : sections) {
            for (Block block : section.blocks()) {
                if (block instanceof Block.Grid grid) {
                    files.put(TABLES + "/" + grid.name() + ".csv", bytes(CsvFile.of(grid)));
                } else if (block instanceof Block.Data data) {
                    files.put(TABLES + "/" + data.grid().name() + ".csv", bytes(CsvFile.of(data.grid())));
                } else if (block instanceof Block.Figure figure) {
                    String svg = figure.picture().svg(report.command(section));
                    files.put(FIGURES + "/" + figure.name() + ".svg", bytes(svg));
                }
            }
        }
        store(files);
        return problem;
    }

    /** Draws the PNG pictures, as many at a time as there are processors; they take a third of a long report's time. */
    private static Optional<String> pngs(List<Section> sections, Map<String, byte[]> files)
            throws InterruptedException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            Map<String, Future<byte[]>> drawn = new LinkedHashMap<>();
            for (Section section : sections) {
                for (Block block : section.blocks()) {
                    if (block instanceof Block.Figure figure) {
                        drawn.put(
                                FIGURES + "/" + figure.name() + ".png",
                                threads.submit(() -> figure.picture().png()));
                    }
                }
            }
            for (Map.Entry<String, Future<byte[]>> file : drawn.entrySet()) {
                files.put(file.getKey(), file.getValue().get());
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Picture.NoPng none) {
                files.clear();
                return Optional.of(String.valueOf(none.getMessage()));
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void store(Map<String, byte[]> files) {
        try {
            for (String part : List.of(FIGURES, TABLES)) {
                Files.createDirectories(folder.resolve(part));
                clear(folder.resolve(part));
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new BadInput("--out " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void clear(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            for (Path file : files.filter(its -> its.toString().matches(".*\\.(svg|png|csv)"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
