package dev.chiron.agent.report;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * A report in a file, which is there whole or not at all.
 *
 * @param shown the file as the person named it, for messages
 * @param over whether it may take the place of a file that is there
 */
public record ReportFile(Path file, String shown, ReportFormat format, boolean over) {

    /**
     * Writes it.
     *
     * @param browser the program that makes PDF, as its user names it; empty for whichever is there
     * @throws BadInput if a file is in the way, its folder is not there, or there is no browser for a PDF
     * @throws InterruptedException if the thread is interrupted while a browser works; nothing is written then
     */
    public void write(StudyReport report, Optional<String> browser, Map<String, String> environment)
            throws InterruptedException {
        requireRoom();
        byte[] content = switch (format) {
            case HTML -> report.html().getBytes(StandardCharsets.UTF_8);
            case MARKDOWN -> report.markdown().getBytes(StandardCharsets.UTF_8);
            case PDF -> Chromium.find(browser, environment).pdf(report.htmlForPaper(), folder());
        };
        Path fresh = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Disk.write(fresh, content);
            try {
                if (over) {
                    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.move(fresh, file);
                }
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (FileAlreadyExistsException e) {
            throw inTheWay();
        } catch (IOException e) {
            throw new BadInput(shown + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Path folder() {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    }

    private void requireRoom() {
        if (Files.isDirectory(file)) {
            throw new BadInput(shown + " is a folder: name a file in it");
        }
        if (!over && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw inTheWay();
        }
        if (!Files.isDirectory(folder())) {
            throw new BadInput(shown + " cannot be written: its folder is not there");
        }
    }

    private BadInput inTheWay() {
        return new BadInput(shown + " is there already, and is not written over: name another file, or give --force");
    }
}
