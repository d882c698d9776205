package dev.chiron.sandbox.edit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The lines of a script without comments, blank lines and white space at their ends. */
record BareCode(List<String> lines) {

    /** The bare code of a script; in a language that is neither Python nor Java comments stay. */
    static BareCode of(String fileName, String script) {
        List<String> lines = new ArrayList<>();
        Comments.removed(fileName, script)
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        return new BareCode(lines);
    }

    /** What is the same for equal bare code only. */
    String hash() {
        try {
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
