package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell's own completion, asked as bash asks it when Tab is pressed. */
class CompletionTest {

    private static final String ASK = """
            source "$1"
            shift
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            _complete_chiron
            echo "${COMPREPLY[*]}"
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rep, report",
        "imp, importance",
        "job, ''",
        "report --fo, --force --format",
        "report --format m, md",
        "run --method tp, tpe",
        "export --format o, optuna",
        "compl, completion"
    })
    void aShellCompletesWhatCanBeMeant(String typed, String meant) throws IOException, InterruptedException {
        Screen screen = new Screen(folder);
        assertThat(screen.run("completion")).isZero();
        Files.writeString(folder.resolve("script"), screen.out());
        Files.writeString(folder.resolve("ask"), ASK);
        Process bash = new ProcessBuilder("bash", "-c", "bash ask ./script chiron " + typed)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // bash minds that no Tab was pressed
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo(meant);
    }
}
