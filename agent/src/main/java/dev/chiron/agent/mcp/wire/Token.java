package dev.chiron.agent.mcp.wire;

import dev.chiron.agent.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** What a client must show over HTTP: any program of any user on this machine could else call. */
public final class Token {

    private static final int BYTES = 32;
    private static final int SHORTEST = 16;

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /** A new one. */
    public static Token random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * The one in a file, which is made, for its owner's eyes alone, if it is not there.
     *
     * @throws BadInput if the file holds none, or cannot be used
     */
    public static Token in(Path file) {
        try {
            if (!Files.exists(file)) {
                Token token = random();
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, token.text + "\n");
                return token;
            }
            Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rwx------");
            if (!owners.containsAll(Files.getPosixFilePermissions(file))) {
                throw new BadInput(file
                        + ": others can use this file (chmod 600 it first): whoever reads it can steer your studies");
            }
            String text = Files.readString(file).strip();
            if (text.length() < SHORTEST || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new BadInput(file + ": a token is one word of " + SHORTEST
                        + " characters or more; delete the file, and a new one is made");
            }
            return new Token(text);
        } catch (IOException | UnsupportedOperationException e) {
            throw new BadInput(file + ": cannot be used as a token file: " + e.getMessage(), e);
        }
    }

    /** The token itself. */
    public String text() {
        return text;
    }

    /** Whether the value of an {@code Authorization} header shows it; takes as long whatever differs. */
    boolean isShown(String header) {
        String prefix = "Bearer ";
        return header.regionMatches(true, 0, prefix, 0, prefix.length())
                && MessageDigest.isEqual(
                        header.substring(prefix.length()).strip().getBytes(StandardCharsets.UTF_8),
                        text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "a token";
    }
}
