package dev.chiron.agent.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How trials are kept in, and what of the machine they see. Paths may begin with {@code ~/}, the person's home folder, or be relative to the
 * project.
 *
 * @param level {@code auto}, {@code bubblewrap}, {@code unshare} or {@code off}
 * @param network whether trials reach the network
 * @param read files and folders outside the project that trials may read
 * @param devices devices that trials see; empty for all GPUs
 * @param caches folders that outlive a trial, each with {@code readonly} or {@code study}
 */
public record SandboxSpec(
        String level, boolean network, List<String> read, Optional<List<String>> devices, Map<String, String> caches) {

    /** The setting of the level. */
    public static final String KEY = "sandbox.level";
    /** The strongest level that works. */
    public static final String AUTO = "auto";
    /** No walls; only on request. */
    public static final String OFF = "off";
    /** A cache as it is on the machine, not to be changed. */
    public static final String READONLY = "readonly";
    /** A cache that the trials of one study fill and share. */
    public static final String STUDY = "study";

    static final List<String> LEVELS = List.of(AUTO, "bubblewrap", "unshare", OFF);

    public SandboxSpec {
        read = List.copyOf(read);
        devices = devices.map(List::copyOf);
        caches = Collections.unmodifiableMap(new LinkedHashMap<>(caches));
    }
}
