package dev.chiron.prompts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a model is asked.
 *
 * @param template the name of the template that it was filled from
 * @param text the complete text, as sent
 */
public record Prompt(String template, String text) {

    /** The SHA-256 of the text as UTF-8, in lower-case hexadecimal: by it a journal names a prompt without holding it. */
    public String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
