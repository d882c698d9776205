package dev.chiron.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.report.StudyReport.Reader;
import dev.chiron.agent.store.Versions;
import dev.chiron.agent.view.StudyView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyReportTest {

    private static final Versions MAKER = new Versions("1.2.3", "17.0.1");

    @TempDir
    Path folder;

    private StudyReport report(Reader reader) {
        Path study = folder.resolve("chiron-study");
        return new StudyReport(StudyView.read(study, "chiron-study"), reader, MAKER, text -> text);
    }

    private Path study() {
        return folder.resolve("chiron-study");
    }

    private static void golden(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/golden/report", name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @Test
    void editsAndSettingsWithNoiseAndAHoldOut() throws IOException {
        MadeUpStudies.edits(study());
        golden("edits.md", report(Reader.PERSON).markdown());
        golden("edits.html", report(Reader.PERSON).html());
    }

    @Test
    void settingsThatWereRunOnceEach() throws IOException {
        MadeUpStudies.settings(study(), 24);
        golden("settings.md", report(Reader.PERSON).markdown());
    }

    @Test
    void severalObjectives() throws IOException {
        MadeUpStudies.front(study());
        golden("front.md", report(Reader.PERSON).markdown());
    }

    @Test
    void aScriptThatDoesNotRun() throws IOException {
        MadeUpStudies.nothing(study());
        golden("nothing.md", report(Reader.PERSON).markdown());
        assertThat(report(Reader.PERSON).html())
                .contains("No module named &#39;torch&#39;")
                .doesNotContain("somebody");
    }

    @Test
    void aStudyWithoutTrialsSaysSo() throws IOException {
        MadeUpStudies.settings(study(), 2);
        Path journal = study().resolve("journal.jsonl");
        Files.writeString(journal, Files.readAllLines(journal).get(0) + "\n");
        Files.deleteIfExists(study().resolve("state.json"));
        assertThat(report(Reader.PERSON).markdown())
                .contains("No trial has ended yet")
                .contains("## How to reproduce it");
        assertThat(report(Reader.PERSON).html()).contains("No trial has ended yet");
    }

    @Test
    void aPageNeedsNothingButItselfAndRunsNothing() throws IOException {
        MadeUpStudies.edits(study());
        for (String page : new String[] {
            report(Reader.PERSON).html(), report(Reader.PERSON).htmlForPaper()
        }) {
            assertThat(page)
                    .doesNotContain(
                            "<script", "<img", "<iframe", "<link", "javascript:", "@import", "url(", "<b>smooth")
                    .doesNotContainPattern("\\son\\w+=")
                    .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\u202e]")
                    .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                    .contains("default-src 'none'; style-src 'unsafe-inline'");
            Matcher links = Pattern.compile("(?:href|src)=\"([^\"]*)\"").matcher(page);
            while (links.find()) {
                assertThat(links.group(1)).matches("(?s)#[a-z]+|data:text/plain;charset=utf-8;base64,.*");
            }
        }
        assertThat(report(Reader.PERSON).htmlForPaper()).doesNotContain("<details", "data:");
    }

    @Test
    void headingsTablesAndPicturesAreNamedForThoseWhoListen() throws IOException {
        MadeUpStudies.edits(study());
        String page = report(Reader.PERSON).html();
        assertThat(page.split("<h1>", -1)).hasSize(2);
        assertThat(page.split("<table>", -1)).hasSameSizeAs(page.split("<caption>", -1));
        assertThat(page).doesNotContain("<th>").contains("<th scope=\"col\"", "<th scope=\"row\"");
        assertThat(page.split("<svg viewBox", -1)).hasSameSizeAs(page.split("role=\"img\"", -1));
        assertThat(page.split("</title>\n<desc>", -1)).hasSameSizeAs(page.split("role=\"img\"", -1));
        assertThat(page.split("<section aria-labelledby", -1)).hasSameSizeAs(page.split("<h2 id=", -1));
    }

    @Test
    void whoProposesLearnsNothingOfTheHoldOut() throws IOException {
        MadeUpStudies.edits(study());
        assertThat(report(Reader.PERSON).markdown()).contains("On the hold-out", "**0.44**", "holdout.py");
        assertThat(report(Reader.PROPOSER).markdown())
                .contains("Beyond the noise")
                .doesNotContainIgnoringCase("hold-out")
                .doesNotContainIgnoringCase("holdout")
                .doesNotContain("**0.44**");
    }

    @Test
    void secretsAndFoldersOfTheMachineAreNotShown() throws IOException {
        MadeUpStudies.edits(study());
        Path study = study();
        StudyReport masked = new StudyReport(
                StudyView.read(study, study.toString()), Reader.PERSON, MAKER, text -> text.replace("nowhere", "***"));
        for (String text : new String[] {masked.html(), masked.markdown()}) {
            assertThat(text)
                    .doesNotContain("tok-very-secret-1234", "nowhere", folder.toString(), "/opt/venvs")
                    .contains("API_TOKEN", "OMP_NUM_THREADS", "…/x.py");
        }
    }

    @Test
    void theSameStudyGivesTheSameBytes() throws IOException {
        MadeUpStudies.settings(study(), 24);
        assertThat(report(Reader.PERSON).html()).isEqualTo(report(Reader.PERSON).html());
        assertThat(report(Reader.PERSON).markdown())
                .isEqualTo(report(Reader.PERSON).markdown());
    }

    @Test
    void wordsAreMarkedByTheirTemplateAlone() {
        Words words = Words.of("**{}** is `{}`.", "a `b` {} **c**", "d");
        assertThat(words.parts())
                .containsExactly(
                        new Words.Part(Words.Kind.STRONG, "a `b` {} **c**"),
                        new Words.Part(Words.Kind.PLAIN, " is "),
                        new Words.Part(Words.Kind.CODE, "d"),
                        new Words.Part(Words.Kind.PLAIN, "."));
        assertThatThrownBy(() -> Words.of("{} and {}", 1)).hasMessageContaining("too few");
        assertThatThrownBy(() -> Words.of("{}", 1, 2)).hasMessageContaining("too many");
    }
}
