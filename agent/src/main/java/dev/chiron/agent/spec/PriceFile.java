package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A YAML file of prices, a line for each model or pattern, in US dollars per million tokens:
 * <pre>openai:gpt-6-luna: { input: 0.10, cached: 0.01, output: 0.50, date: 2026-09-22, source: https://… }</pre>
 * or {@code unknown}. Without {@code cached} the cache saves nothing.
 */
public final class PriceFile {

    private static final String BUNDLED = "prices.yaml";
    private static final String UNKNOWN = "unknown";
    private static final String EXAMPLE = "{ input: 1.25, cached: 0.125, output: 10 }, or " + UNKNOWN;
    private static final double DEAREST = 1e6;

    private PriceFile() {}

    /** The prices that Chiron knows by itself. */
    public static Prices bundled() {
        try (InputStream in = PriceFile.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + BUNDLED);
            }
            return prices(YamlFile.parse(BUNDLED, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's " + BUNDLED + " cannot be read", e);
        }
    }

    /** Where a person writes prices down: {@code ~/.config/chiron/prices.yaml}; empty where nobody has a home. */
    public static Optional<Path> personal(Map<String, String> environment) {
        return PersonalFiles.find("prices.yaml", environment);
    }

    /**
     * The prices in a file.
     *
     * @throws BadInput if it is not there or anything in it is wrong
     */
    public static Prices read(Path file) {
        return prices(YamlFile.read(file));
    }

    /** The prices in a file, none if there is no such file. */
    public static Prices readIfThere(Path file) {
        return YamlFile.readIfThere(file).map(PriceFile::prices).orElse(Prices.NONE);
    }

    private static Prices prices(Section root) {
        List<Prices.Entry> entries = new ArrayList<>();
        for (String pattern : root.keys()) {
            entries.add(new Prices.Entry(pattern, price(root.need(pattern, EXAMPLE))));
        }
        return new Prices(entries);
    }

    private static Optional<Price> price(Entry entry) {
        if (entry.isScalar()) {
            entry.scalar().oneOf(List.of(UNKNOWN));
            return Optional.empty();
        }
        Section section = entry.section(EXAMPLE).only(List.of("input", "cached", "output", "date", "source"));
        BigDecimal input = dollars(section.need("input", EXAMPLE));
        return Optional.of(new Price(
                input,
                section.find("cached").map(PriceFile::dollars).orElse(input),
                dollars(section.need("output", EXAMPLE)),
                words(section, "date"),
                words(section, "source")));
    }

    private static BigDecimal dollars(Entry entry) {
        return BigDecimal.valueOf(entry.scalar().number(0, DEAREST));
    }

    private static String words(Section section, String key) {
        return section.find(key).map(entry -> entry.scalar().words()).orElse("");
    }

    /** The text of such a file. */
    public static String text(Prices prices) {
        Map<String, Node> lines = new LinkedHashMap<>();
        for (Prices.Entry entry : prices.entries()) {
            lines.put(entry.pattern(), entry.price().map(PriceFile::line).orElse(SpecWriter.plain(UNKNOWN)));
        }
        return SpecWriter.yaml(SpecWriter.block(lines));
    }

    private static Node line(Price price) {
        Map<String, Node> fields = new LinkedHashMap<>();
        fields.put("input", SpecWriter.plain(price.input().toPlainString()));
        fields.put("cached", SpecWriter.plain(price.cached().toPlainString()));
        fields.put("output", SpecWriter.plain(price.output().toPlainString()));
        if (!price.date().isEmpty()) {
            fields.put("date", SpecWriter.quoted(price.date()));
        }
        if (!price.source().isEmpty()) {
            fields.put("source", SpecWriter.quoted(price.source()));
        }
        return SpecWriter.flow(fields);
    }
}
