package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's rule who may look into another process's memory (Linux, Documentation/admin-guide/LSM/Yama.rst). */
final class Yama {

    private static final Path SCOPE = Path.of("/proc/sys/kernel/yama/ptrace_scope");

    private Yama() {}

    /** Whether a process may look into none but those that it started itself. */
    static boolean keepsParentsApart() {
        return keepsParentsApart(SCOPE);
    }

    /** @param scope the kernel's file, absent where it has no such rule */
    static boolean keepsParentsApart(Path scope) {
        try {
            return !Files.readString(scope).strip().equals("0");
        } catch (IOException none) {
            return false;
        }
    }
}
