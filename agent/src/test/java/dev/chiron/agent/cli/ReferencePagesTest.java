package dev.chiron.agent.cli;

import dev.chiron.agent.End;
import dev.chiron.agent.page.PageTable;
import dev.chiron.agent.spec.KnownKey;
import dev.chiron.agent.spec.Setting;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The tables of keys and exit codes are those of the code. */
class ReferencePagesTest {

    private static final Console NOWHERE = new Console(
            new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            false,
            Path.of(""),
            Map.of(),
            InstantSource.system());

    @Test
    void everyKeyHasItsRow() throws IOException {
        Map<String, String> flags = flags();
        new PageTable("keys.md", List.of("key", "flag", "without it", "also", "says"))
                .hold(KnownKey.settings().stream()
                        .map(key -> List.of(
                                code(key.dotted()),
                                code(flags.getOrDefault(key.dotted(), "")),
                                key.fallback().map(ReferencePagesTest::code).orElse("needed"),
                                key.elsewhere()))
                        .toList());
    }

    @Test
    void soHasEveryListAndSection() throws IOException {
        new PageTable("keys.md", List.of("key", "says"))
                .hold(KnownKey.structured().stream()
                        .map(key -> List.of(code(key)))
                        .toList());
    }

    @Test
    void soHasEveryKeyOfAParameter() throws IOException {
        Map<String, List<String>> types = new LinkedHashMap<>();
        types.put("type", List.copyOf(KnownKey.ofParameters().keySet()));
        for (String type : List.of("float", "int", "choice", "bool")) {
            for (String key : KnownKey.ofParameters().getOrDefault(type, List.of())) {
                types.merge(key, List.of(type), ReferencePagesTest::both);
            }
        }
        new PageTable("space.md", List.of("key", "of", "says"))
                .hold(types.entrySet().stream()
                        .map(key -> List.of(
                                code(key.getKey()),
                                key.getValue().size() == KnownKey.ofParameters().size()
                                        ? "all"
                                        : key.getValue().stream()
                                                .map(ReferencePagesTest::code)
                                                .collect(Collectors.joining(", "))))
                        .toList());
    }

    @Test
    void everyExitCodeHasItsRow() throws IOException {
        Map<Integer, String> codes = new TreeMap<>();
        Arrays.stream(End.values()).forEach(end -> codes.put(end.exitCode(), code(end.label())));
        codes.put(Main.BAD_INPUT, "");
        codes.put(Main.UNUSABLE_STUDY, "");
        new PageTable("headless.md", List.of("code", "`end` of the last event", "says"))
                .hold(codes.entrySet().stream()
                        .map(code -> List.of(String.valueOf(code.getKey()), code.getValue()))
                        .toList());
    }

    /** Which flag of {@code run} sets which key: each is given alone, to see what it sets. */
    private static Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        for (OptionSpec option :
                new CommandLine(new TaskOptions()).getCommandSpec().options()) {
            TaskOptions options = new TaskOptions();
            String flag = option.longestName();
            String value = flag.equals("--set") ? "key=1" : "1";
            new CommandLine(options)
                    .parseArgs(option.arity().max() == 0 ? new String[] {flag} : new String[] {flag, value});
            for (Setting setting : options.settings(NOWHERE)) {
                flags.put(setting.key(), flag);
            }
        }
        flags.put("notify_command", "--notify-command"); // of run alone
        return flags;
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String code(String word) {
        return word.isEmpty() ? "" : "`" + word + "`";
    }
}
