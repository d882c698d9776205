package dev.chiron.agent.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the page, from the class path: these and no others. */
final class PageFiles {

    private static final String CHARTS = "/META-INF/resources/webjars/d3/7.9.0/dist/d3.min.js";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final List<String> SCRIPTS =
            List.of("main.js", "data.js", "dom.js", "plot.js", "scale.js", "palette.js", "table.js");
    private static final List<String> VIEWS = List.of(
            "overview",
            "trials",
            "trial",
            "belief",
            "partners",
            "parallel",
            "slices",
            "contour",
            "importance",
            "failures",
            "front",
            "worked",
            "terrain",
            "edf",
            "timeline",
            "curves",
            "lineage",
            "talk",
            "cost",
            "compare");

    /** A file: where it is, and what it is. */
    private record Found(String resource, String type) {}

    private final Map<String, Found> files = new LinkedHashMap<>();

    PageFiles() {
        files.put("/", new Found("index.html", "text/html; charset=utf-8"));
        files.put("/style.css", new Found("style.css", "text/css; charset=utf-8"));
        files.put("/icon.svg", new Found("icon.svg", "image/svg+xml"));
        files.put("/d3.js", new Found(CHARTS, SCRIPT));
        SCRIPTS.forEach(name -> files.put("/" + name, new Found(name, SCRIPT)));
        VIEWS.forEach(name -> files.put("/views/" + name + ".js", new Found("views/" + name + ".js", SCRIPT)));
    }

    /** A file's bytes and type. */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record File(byte[] bytes, String type) {}

    /** The file at a path of the server; empty if there is none. */
    Optional<File> find(String path) throws IOException {
        Optional<Found> found = Optional.ofNullable(files.get(path));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(found.get().resource())) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + found.get().resource());
            }
            return Optional.of(new File(in.readAllBytes(), found.get().type()));
        }
    }
}
