package dev.chiron.agent.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables that a program of the person's choice is given: what finds programs, the home folder, the language; and no key. */
public final class CleanEnvironment {

    private static final List<String> PASSED =
            List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TERM", "TMPDIR", "TZ");
    private static final List<String> PASSED_FAMILIES = List.of("LC_", "XDG_");

    private CleanEnvironment() {}

    /**
     * The variables that are given on.
     *
     * @param more names of further variables that go along
     */
    public static Map<String, String> of(Map<String, String> environment, List<String> more) {
        Map<String, String> passed = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (PASSED.contains(name) || PASSED_FAMILIES.stream().anyMatch(name::startsWith) || more.contains(name)) {
                passed.put(name, value);
            }
        });
        return passed;
    }
}
