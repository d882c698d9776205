package dev.chiron.agent.describe;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.prompts.describe.CardText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads data cards and model cards: Markdown, plain text, YAML, JSON. */
public final class CardFiles {

    private static final long LARGEST = 1 << 20; // bytes; a card is read by people
    private static final List<String> READMES =
            List.of("readme.md", "readme.markdown", "readme.rst", "readme.txt", "readme");

    private final KeyMask mask;

    /** @param mask the keys in use, which no card hands on */
    public CardFiles(KeyMask mask) {
        this.mask = mask;
    }

    /**
     * The card of a file that a person named.
     *
     * @param shown the option and the name, as the person gave them
     * @throws BadInput if it is not there, no text, empty or huge
     */
    public CardText named(Path file, String shown) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput(
                    shown + (Files.isDirectory(file) ? ": is a folder; name the card in it" : ": no such file"));
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadInput(shown + ": has " + Files.size(file) / 1024 + " KiB, and a card at most "
                        + LARGEST / 1024 + "; give the part that describes it");
            }
            String text = text(file)
                    .orElseThrow(() -> new BadInput(
                            shown + ": is no text in UTF-8; a card is Markdown, plain text, YAML or JSON"));
            if (text.isBlank()) {
                throw new BadInput(shown + ": is empty");
            }
            return card(file, text);
        } catch (IOException e) {
            throw new BadInput(shown + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What stands beside a script and may say what it is; empty if there is none, or none that is a short text. */
    public Optional<CardText> readme(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> rank(file) >= 0)
                    .min((a, b) -> Integer.compare(rank(a), rank(b)));
            if (found.isEmpty() || Files.size(found.get()) > LARGEST) {
                return Optional.empty();
            }
            return text(found.get()).filter(text -> !text.isBlank()).map(text -> card(found.get(), text));
        } catch (IOException e) {
            return Optional.empty(); // nobody asked for it
        }
    }

    private static int rank(Path file) {
        return READMES.indexOf(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT));
    }

    private CardText card(Path file, String text) {
        return CardText.of(String.valueOf(file.getFileName()), mask.mask(text));
    }

    private static Optional<String> text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
