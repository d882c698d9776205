package dev.chiron.agent.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code sandbox:} and {@code caches:}. */
record SandboxReader(Section root, Settings settings) {

    private static final List<String> SYSTEM =
            List.of("/proc", "/sys", "/dev", "/usr", "/bin", "/sbin", "/lib", "/etc");
    private static final String CACHES = "{ ~/.cache/huggingface: readonly, ~/.triton: study }";

    SandboxSpec read() {
        Optional<Section> section = root.find("sandbox").map(entry -> entry.section("{ level: auto }"));
        List<String> read = section.flatMap(keys -> keys.find("read"))
                .map(entry -> paths(entry, "[/data/fineweb, ~/tokenizers]"))
                .orElse(List.of());
        return new SandboxSpec(
                settings.get(Key.SANDBOX_LEVEL).oneOf(SandboxSpec.LEVELS),
                settings.get(Key.SANDBOX_NETWORK).flag(),
                read,
                section.flatMap(keys -> keys.find("devices")).map(entry -> devices(entry)),
                caches());
    }

    private static List<String> paths(Entry entry, String example) {
        return entry.list(example).stream().map(item -> path(item.scalar())).toList();
    }

    private static List<String> devices(Entry entry) {
        String example = "[/dev/nvidia0, /dev/nvidiactl, /dev/nvidia-uvm], or [] for none";
        entry.list(example).forEach(item -> {
            if (!item.scalar().words().startsWith("/dev/")) {
                throw item.scalar().bad(item.scalar().shown() + " is no device, such as /dev/nvidia0");
            }
        });
        return paths(entry, example);
    }

    private static String path(Scalar text) {
        try {
            if (Path.of(text.words()).normalize().equals(Path.of("/"))
                    || text.words().equals("~")) {
                throw text.bad(text.shown() + " would show everything; name the folders that the training reads");
            }
        } catch (InvalidPathException e) {
            throw text.bad(text.shown() + " is no file name");
        }
        return text.words();
    }

    private Map<String, String> caches() {
        Map<String, String> caches = new LinkedHashMap<>();
        Optional<Entry> entry = root.find("caches");
        if (entry.isEmpty()) {
            return caches;
        }
        Section section = entry.get().section(CACHES);
        for (String path : section.keys()) {
            Scalar mode = section.need(path, CACHES).scalar();
            boolean fixed = path.startsWith("~/") || (path.startsWith("/") && !path.equals("/"));
            if (!fixed
                    || Path.of(path).normalize().getNameCount() < Path.of(path).getNameCount()) {
                throw mode.bad("the path of a cache begins with ~/ or /, such as ~/.cache/huggingface");
            }
            if (SYSTEM.stream().anyMatch(Path.of(path)::startsWith) || path.equals("/tmp")) {
                throw mode.bad(path + " is the system's or every trial's own, and no cache");
            }
            caches.put(path, mode.oneOf(List.of(SandboxSpec.READONLY, SandboxSpec.STUDY)));
        }
        return caches;
    }
}
