package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A YAML file as nodes that know their lines. No object is ever made from a tag, and what an alias stands for is looked
 * at only where it is expected, so a hostile file costs no more than its length.
 */
final class YamlFile {

    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 100;

    private YamlFile() {}

    /** The keys and values of a file. */
    static Section read(Path file) {
        return parse(file.toString(), text(file));
    }

    /** The keys and values of a file that need not be there, and may hold nothing but comments. */
    static Optional<Section> readIfThere(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return compose(file.toString(), text(file)).map(root -> section(file.toString(), root));
    }

    private static String text(Path file) {
        if (!Files.exists(file)) {
            throw new BadInput(file + ": no such file; `chiron init SCRIPT` writes one");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInput(file + ": is not a file; name the chiron.yaml itself");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new BadInput(file + ": is larger than 1 MiB; is it the right file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadInput(file + ": is not UTF-8 text; is it the right file?", e);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The keys and values of a text; {@code file} is its name in messages. */
    static Section parse(String file, String text) {
        return compose(file, text)
                .map(root -> section(file, root))
                .orElseThrow(() -> new BadInput(file + ": is empty; `chiron init SCRIPT` writes one"));
    }

    private static Section section(String file, Node root) {
        Place top = Place.of(file, root.getStartMark().getLine() + 1, "");
        return new Entry(file, top, root).section("script: train.py");
    }

    private static Optional<Node> compose(String file, String marked) {
        String text = marked.startsWith("\uFEFF") ? marked.substring(1) : marked;
        refuseControlCharacters(file, text);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new BadInput(file + ":" + (mark.getLine() + 1) + ": not YAML: " + oneLine(e.getProblem()), e);
        } catch (ReaderException e) {
            throw new BadInput(file + ": is not text; is it the right file?", e);
        } catch (YAMLException e) {
            throw new BadInput(file + ": not YAML: " + oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static void refuseControlCharacters(String file, String text) {
        long line = 1;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\n') {
                line++;
            } else if (!StreamReader.isPrintable(text.codePointAt(at)) && !Character.isLowSurrogate(text.charAt(at))) {
                throw new BadInput(file + ":" + line + ": a character that is no text; is it the right file?");
            }
        }
    }

    private static String oneLine(String problem) {
        if (problem.startsWith("Global tag")) {
            return Entry.TAGGED;
        }
        return problem.contains("TAB")
                ? "a tab; indent with spaces"
                : problem.replaceAll("\\s+", " ").strip();
    }
}
