package dev.chiron.agent.cli;

import static dev.chiron.agent.branch.KeptStudy.config;
import static dev.chiron.agent.branch.KeptStudy.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.branch.KeptStudy;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.TrialStory;
import dev.chiron.optimizers.study.Evidence;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code diff}, {@code why}, {@code apply}, {@code undo} and {@code export --branches} of a study of edits. */
class KeptCommandsTest {

    @TempDir
    Path folder;

    private Path script;
    private Screen screen;

    @BeforeEach
    void project() {
        script = folder.resolve("train.py");
        screen = new Screen(folder);
    }

    /** Trials 1 (kept), settings (kept), an edit that loses, an edit on the first (kept), one that fails. */
    private KeptStudy study() {
        KeptStudy study = new KeptStudy(folder);
        Variant warm = study.edit(study.root(), "return 1.0", "return min(1.0, step / 10)", "Warm the rate up", 0.9);
        study.tune(config(0.05, 8, 32), 0.85);
        study.edit(warm, "[1, 2, 3]", "[3, 2, 1]", "Turn the data around", 1.4);
        Variant twice = study.edit(warm, "return x * LR", "return x * LR * 2", "Double the model", 0.7);
        study.fail(twice.edited(twice.text() + "boom(", "Explode"), Outcome.Reason.CRASHED, "SyntaxError: \u001b[31m(");
        return study;
    }

    private void repository() throws IOException {
        Files.writeString(script, KeptStudy.SCRIPT);
        git(folder, "init", "-q", "-b", "main");
        Files.writeString(folder.resolve(".gitignore"), "chiron-study/\n");
        Files.writeString(folder.resolve("README"), "mine\n");
        git(folder, "config", "user.name", "Ada");
        git(folder, "config", "user.email", "ada@example.org");
        git(folder, "add", "train.py", ".gitignore", "README");
        git(folder, "commit", "-q", "-m", "first");
    }

    private static int trial(KeptStudy study, String idea) {
        return study.history().trials().stream()
                .filter(trial -> trial.change()
                        .variant()
                        .filter(variant -> variant.idea().equals(idea))
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .number();
    }

    private List<JsonNode> json() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : screen.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void diffOfTheBestIsAPatchOfTheStudysScript() throws IOException {
        study();
        assertThat(screen.run("diff")).isZero();
        assertThat(screen.out())
                .startsWith("--- a/train.py\n+++ b/train.py\n@@ -1,14 +1,14 @@\n")
                .contains("-LR = 0.1\n+LR = 0.05\n", "-    return 1.0\n+    return min(1.0, step / 10)\n");
        assertThat(screen.err()).contains("against the study's own script", "Passed to it: WIDTH = 32");
        git(folder, "init", "-q");
        Path patch = Files.writeString(folder.resolve("x.patch"), screen.out());
        git(folder, "apply", patch.toString());
        assertThat(script).content().contains("LR = 0.05", "step / 10", "LR * 2");
    }

    @Test
    void diffAgainstTheParentIsTheEditAlone() throws IOException {
        KeptStudy study = study();
        String number = Integer.toString(trial(study, "Double the model"));
        assertThat(screen.run("diff", number, "--parent")).isZero();
        assertThat(screen.out().lines().filter(line -> line.matches("[+-][^+-].*")))
                .containsExactly("-    return x * LR", "+    return x * LR * 2");
        assertThat(screen.run("diff", number, "--from", Integer.toString(trial(study, "Warm the rate up"))))
                .isZero();
        assertThat(screen.out().lines().filter(line -> line.matches("[+-][^+-].*")))
                .containsExactly("-LR = 0.1", "+LR = 0.05", "-    return x * LR", "+    return x * LR * 2");
        assertThat(screen.run("diff", number, "--parent", "--json")).isZero();
        assertThat(json().get(0).path("diff").asText()).contains("+    return x * LR * 2\n");
        assertThat(json().get(0).path("passed").path("WIDTH").asInt()).isEqualTo(32);
    }

    @Test
    void diffOfSettingsIsTheirLines() {
        KeptStudy study = new KeptStudy(folder);
        study.tune(config(0.05, 8, 32), 0.85);
        assertThat(screen.run("diff", "1")).isZero();
        assertThat(screen.out().lines().filter(line -> line.matches("[+-][^+-].*")))
                .containsExactly("-LR = 0.1", "+LR = 0.05");
        assertThat(screen.run("diff", "0")).isZero();
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).contains("the script is the same");
    }

    @Test
    void diffIsInColourOnATerminalAloneAndHarmlessThere() {
        KeptStudy study = new KeptStudy(folder);
        study.edit(study.root(), "return 1.0", "return '\u001b]52;c;x\u0007\u202e'", "Steer", 0.9);
        screen.answering("").run("diff");
        assertThat(screen.out())
                .contains("\u001b[32m+    return ']52;c;x'\u001b[0m")
                .doesNotContain("\u0007", "\u202e");
        screen.with("NO_COLOR", "1").run("diff");
        assertThat(screen.out()).contains("+    return ']52;c;x'").doesNotContain("\u001b");
    }

    @Test
    void diffSaysWhatIsWrong() throws IOException {
        study();
        assertThat(screen.run("diff", "99")).isEqualTo(2);
        assertThat(screen.err()).contains("no trial 99");
        assertThat(screen.run("diff", "1", "--from", "-3")).isEqualTo(2);
        assertThat(screen.run("diff", "1", "--from", "0", "--parent")).isEqualTo(2);
        assertThat(screen.run("diff", "one")).isEqualTo(2);
        Files.delete(folder.resolve("chiron-study/script/train.py"));
        assertThat(screen.run("diff")).isEqualTo(2);
        assertThat(screen.err()).contains("the study has no copy of train.py");
        Files.writeString(folder.resolve("chiron-study/journal.jsonl"), "{}\n");
        assertThat(screen.run("diff")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"diff", "why 0", "apply", "undo"})
    void withoutAStudyTheyAllSaySo(String command) {
        assertThat(screen.run(command.split(" "))).isEqualTo(2);
        assertThat(screen.err()).contains("no study in chiron-study");
    }

    @Test
    void whySaysWhatAnEditWasKeptBy() throws IOException {
        KeptStudy study = study();
        assertThat(screen.run("why", "1")).isZero();
        assertThat(screen.out())
                .startsWith("Trial 1: an edit by llm (ollama:qwen3:8b)\n  idea: Warm the rate up\n"
                        + "  made of: the study's own script (chiron diff 1 --parent)\n")
                .contains(
                        "the model expected 0.9 and a chance of 5 % that it fails; run was its candidate 1 of 1\n",
                        "sent back before it: the text to replace is not in the script\n",
                        "the best until then was trial 0 with 1.001\n",
                        "Kept after trial 3: 0.90025 (mean of 2 runs) against trial 0's 0.99975 (mean of 2 runs)\n",
                        "noise: sd 0.0018, from 2 repeats; the difference is ",
                        " times its standard error\n",
                        "It was the best until trial 4 was kept.\n");
        assertThat(screen.run("why", "1", "--json")).isZero();
        JsonNode contest = json().get(0).path("contest");
        assertThat(contest.path("outcome").asText()).isEqualTo("kept");
        assertThat(contest.path("decided_by").asInt()).isEqualTo(3);
        assertThat(contest.path("theirs").path("runs").asInt()).isEqualTo(2);
        assertThat(contest.path("lead").asDouble()).isEqualTo(0.0995, within(1e-9));
        assertThat(contest.path("t").asDouble()).isGreaterThan(40);
        assertThat(json().get(0).path("until").asInt()).isEqualTo(4);
        screen.run("why", Integer.toString(trial(study, "Double the model")));
        assertThat(screen.out()).contains("made of: the version of trial 1 ", "It is the best so far.\n");
    }

    @Test
    void whySaysWhatOthersWereNotKeptBy() {
        KeptStudy study = study();
        screen.run("why", Integer.toString(trial(study, "Turn the data around")));
        assertThat(screen.out()).contains("Not kept: 1.3995 against trial 4's 0.8505\n");
        screen.run("why", Integer.toString(trial(study, "Explode")));
        assertThat(screen.out())
                .contains("crashed", "\n  SyntaxError: (\n", "A trial that failed is not kept.\n")
                .doesNotContain("\u001b");
        screen.run("why", "0");
        assertThat(screen.out()).startsWith("Trial 0: the baseline").contains("Kept: 1.001\n");
        screen.run("why", "2");
        assertThat(screen.out())
                .startsWith("Trial 2: a deliberate repeat of trial 1")
                .contains("chiron why 1");
        screen.run("why", "4");
        assertThat(screen.out())
                .contains(
                        "settings by cma-es",
                        "on the script of the idea: Warm the rate up",
                        "LR 0.1 -> 0.05, WIDTH 16 -> 32");
        assertThat(screen.run("why", "-1")).isEqualTo(2);
    }

    @Test
    void whySaysWhatWasRunAgainAndGivenUp() {
        KeptStudy study = new KeptStudy(folder);
        study.edit(study.root(), "return 1.0", "return 1.00", "Nothing at all", 0.9995);
        screen.run("why", "1");
        assertThat(screen.out())
                .contains("It looked better, was run again, and was given up after trial ", " runs) against trial 0's ")
                .doesNotContain("It is the best so far");
        assertThat(screen.run("diff")).isZero();
        assertThat(screen.err()).contains("Trial 0 by baseline");
    }

    @Test
    void whySaysWhatTheHoldOutShowed() {
        KeptStudy study = new KeptStudy(
                folder, folder.resolve("chiron-study"), new Evidence(0, new Evidence.Edits(5, 0.05, 3, true)));
        study.edit(study.root(), "return 1.0", "return 0.5", "Halve", 0.5);
        Trial halved = study.history().incumbent().orElseThrow();
        StudyView read = StudyView.read(folder.resolve("chiron-study"), "chiron-study");
        StudyView view = new StudyView(
                read.folder(),
                read.card(),
                read.begun(),
                read.now(),
                read.entries(),
                read.wishes(),
                read.unused(),
                read.ends(),
                study.history());
        assertThat(String.join("\n", new TrialStory(view, view.entry(halved.number())).lines()))
                .contains(
                        "Kept after trial ",
                        "  on the hold-out: 0.7",
                        " against 1.251, where 10",
                        " % of the gain shows");
    }

    @Test
    void applyWritesCommitsAndUndoTakesItBack() throws IOException {
        repository();
        study();
        git(folder, "rm", "-q", "--cached", "README");
        Files.writeString(folder.resolve("other"), "staged");
        git(folder, "add", "other");
        Path told = folder.resolve("told");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        git(folder, "update-index", "--chmod=+x", "train.py");
        git(folder, "commit", "-q", "--only", "-m", "may run", "train.py");
        for (String name : List.of("pre-commit", "commit-msg", "post-commit", "reference-transaction")) {
            Path hook =
                    Files.writeString(folder.resolve(".git/hooks/" + name), "#!/bin/sh\ntouch " + told + "\nexit 1\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        assertThat(screen.run("apply", "--yes")).isZero();

        assertThat(screen.out()).contains("+LR = 0.05\n").endsWith("\npython3 train.py --width 32\n");
        assertThat(screen.err()).contains("train.py now has trial ", ", commit ", "`chiron undo` takes it back");
        assertThat(script).content().contains("LR = 0.05", "step / 10", "LR * 2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x---");
        assertThat(git(folder, "log", "-1", "--format=%an <%ae>%n%s%n%b")).contains("""
                Ada <ada@example.org>
                Take trial 6 of the study chiron-study: Double the model
                loss: 0.99975 (mean of 2 runs) -> 0.7""", """
                edit: Warm the rate up
                edit: Double the model
                proposed by: llm (ollama:qwen3:8b)
                settings: LR 0.1 -> 0.05, WIDTH 16 -> 32
                """);
        assertThat(git(folder, "show", "--name-only", "--format=", "HEAD")).isEqualTo("train.py\n");
        String status = "D  README\nA  other\n?? README\n?? chiron.yaml\n";
        assertThat(git(folder, "status", "--porcelain")).isEqualTo(status);
        assertThat(told).doesNotExist();

        assertThat(screen.run("apply", "--yes")).isZero();
        assertThat(screen.err()).contains("already");
        assertThat(screen.run("undo")).isZero();
        assertThat(screen.err()).contains("is as it was before trial 6", ", commit ");
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT);
        assertThat(git(folder, "log", "--format=%s").lines().toList())
                .containsExactly(
                        "Take trial 6 of the study chiron-study back",
                        "Take trial 6 of the study chiron-study: Double the model",
                        "may run",
                        "first");
        assertThat(git(folder, "status", "--porcelain")).isEqualTo(status);
        assertThat(git(folder, "fsck", "--strict")).doesNotContain("error");
        assertThat(screen.run("undo")).isEqualTo(2);
        assertThat(screen.err()).contains("nothing of chiron-study was applied");
    }

    @Test
    void applyAsksAndANoWritesNothing() throws IOException {
        study();
        assertThat(screen.run("apply")).isEqualTo(2);
        assertThat(screen.err()).contains("nobody can be asked here", "--yes");
        assertThat(screen.run("apply", "--json")).isEqualTo(2);
        assertThat(screen.answering("n\n").run("apply")).isZero();
        assertThat(screen.err()).contains("into train.py? [y/N]", "Nothing was written.");
        assertThat(screen.answering("").run("apply")).isZero();
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT);
        assertThat(folder.resolve("chiron-study/applied")).doesNotExist();
        assertThat(screen.answering("Yes\n").run("apply")).isZero();
        assertThat(script).content().contains("LR = 0.05");
    }

    @Test
    void ofValuesThatAreOnlyPassedApplyGivesTheCommand() throws IOException {
        SmallStudy.write(folder, 3);
        assertThat(screen.run("run", "--quiet")).as(screen.err()).isZero();
        String before = Files.readString(folder.resolve("train.sh"));
        assertThat(screen.run("apply", "0")).isZero();
        assertThat(screen.err())
                .contains("train.sh stays as it is: nothing of trial 0 stands in it")
                .doesNotContain("already");
        assertThat(screen.out()).isEqualTo("sh train.sh 0.9 8 plain\n");
        assertThat(screen.run("apply", "0", "--json")).isZero();
        assertThat(json().get(0).path("run").asText()).isEqualTo("sh train.sh 0.9 8 plain");
        assertThat(folder.resolve("train.sh")).hasContent(before);
    }

    @Test
    void applyMergesWithWhatThePersonDidMeanwhile() throws IOException {
        study();
        String mine = KeptStudy.SCRIPT.replace("A training.", "My training.");
        Files.writeString(script, mine);
        assertThat(screen.run("apply", "--yes", "--json")).isZero();
        assertThat(json().get(0).path("changed").asBoolean()).isTrue();
        assertThat(json().get(0).path("passed").path("WIDTH").asInt()).isEqualTo(32);
        assertThat(script)
                .content()
                .as("next to a line that the study changed, too")
                .contains("My training.\"\"\"\nLR = 0.05", "LR * 2");
        assertThat(screen.run("undo", "--json")).isZero();
        assertThat(json().get(0).path("event").asText()).isEqualTo("undo");
        assertThat(script).content().isEqualTo(mine);
    }

    @Test
    void applyListsWhereItMeetsThePersonsWorkAndWritesNothing() throws IOException {
        study();
        String mine = KeptStudy.SCRIPT.replace("return 1.0", "return 0.25").replace("LR = 0.1\n", "LR = 0.3\n");
        Files.writeString(script, mine);
        assertThat(screen.run("apply", "--yes")).isEqualTo(2);
        assertThat(screen.err())
                .contains(
                        "nothing was written",
                        "train.py:2: yours is `LR = 0.3`, the trial's is `LR = 0.05`",
                        "train.py:11: yours is `return 0.25`, the trial's is `return min(1.0, step / 10)`");
        assertThat(script).content().isEqualTo(mine);
    }

    @Test
    void applyMakesNoCommitOfTwoChangesInOne() throws IOException {
        repository();
        study();
        Files.writeString(script, KeptStudy.SCRIPT.replace("A training.", "My training."));
        assertThat(screen.run("apply", "--yes")).isZero();
        assertThat(screen.err()).contains("Note: no commit was made: train.py has changes that are not committed");
        assertThat(git(folder, "log", "--format=%s")).isEqualTo("first\n");
        assertThat(screen.run("undo")).isZero();
        git(folder, "checkout", "-q", "train.py");
        assertThat(screen.run("apply", "--yes", "--no-commit")).isZero();
        assertThat(git(folder, "status", "--porcelain", "-uno")).isEqualTo(" M train.py\n");
    }

    @Test
    void undoLeavesAScriptThatWasChangedSince() throws IOException {
        study();
        screen.run("apply", "--yes");
        Files.writeString(script, Files.readString(script) + "# mine\n");
        assertThat(screen.run("undo")).isEqualTo(2);
        assertThat(screen.err()).contains("was changed since trial 6", "chiron-study/applied/0001/before");
        assertThat(script).content().endsWith("# mine\n");
    }

    @Test
    void undoAfterAnotherCommitWritesTheScriptAlone() throws IOException {
        repository();
        study();
        screen.run("apply", "--yes");
        Files.writeString(folder.resolve("README"), "more\n");
        git(folder, "commit", "-qam", "more");
        assertThat(screen.run("undo")).isZero();
        assertThat(screen.err()).contains("is not the last one any more");
        assertThat(git(folder, "log", "--format=%s").lines().toList()).hasSize(3);
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT);
    }

    @Test
    void undoTakesBackOneAfterTheOther() throws IOException {
        study();
        screen.run("apply", "1", "--yes");
        String first = Files.readString(script);
        Files.writeString(script, KeptStudy.SCRIPT);
        screen.run("undo");
        screen.run("apply", "1", "--yes");
        assertThat(script).content().isEqualTo(first);
        assertThat(screen.run("undo")).isZero();
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT);
        assertThat(folder.resolve("chiron-study/applied/0001.undone")).exists();
        assertThat(folder.resolve("chiron-study/applied/0002.undone")).exists();
    }

    @Test
    void aBetterTrialTakesThePlaceOfAnEarlierOne() throws IOException {
        KeptStudy study = study();
        Files.writeString(script, KeptStudy.SCRIPT + "# mine\n");
        assertThat(screen.run("apply", "1", "--yes")).isZero();
        assertThat(screen.run("apply", "--yes")).isZero();
        String second = Files.readString(script);
        assertThat(second).contains("LR = 0.05", "step / 10", "LR * 2", "# mine");
        Files.writeString(script, second + "# and more\n");
        study.tune(config(0.02, 12, 32), 0.3);
        assertThat(screen.run("apply", "--yes")).isZero();
        assertThat(script)
                .content()
                .isEqualTo(
                        second.replace("LR = 0.05", "LR = 0.02").replace("DEPTH = 8", "DEPTH = 12") + "# and more\n");
        assertThat(screen.run("undo")).isZero();
        assertThat(script).content().isEqualTo(second + "# and more\n");
        Files.writeString(script, second);
        assertThat(screen.run("undo")).isZero();
        assertThat(screen.run("undo")).isZero();
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT + "# mine\n");
    }

    @Test
    void nothingIsWrittenWhileTheStudyRunsOrOfATrialThatFailed() throws IOException {
        KeptStudy study = study();
        assertThat(screen.run("apply", Integer.toString(trial(study, "Explode")), "--yes"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("was not measured (crashed)");
        try (StudyFolder running = StudyFolder.open(study.folder(), "", InstantSource.system())) {
            assertThat(running.recording().entries()).isNotEmpty();
            assertThat(screen.run("apply", "--yes")).isEqualTo(7);
            assertThat(screen.run("undo")).isEqualTo(7);
        }
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT);
        Files.delete(script);
        assertThat(screen.run("apply", "--yes")).isEqualTo(2);
        assertThat(screen.err()).contains("train.py is not there any more");
    }

    @Test
    void crLfAndAMissingLastNewlineAndALinkStay() throws IOException {
        String text = KeptStudy.crlf(KeptStudy.SCRIPT).stripTrailing() + "  # ö";
        Path real = Files.writeString(folder.resolve("real.py"), text);
        Files.createSymbolicLink(script, real);
        study();
        assertThat(screen.run("apply", "--yes")).isZero();
        assertThat(script).isSymbolicLink();
        assertThat(Files.readString(real))
                .isEqualTo(text.replace("LR = 0.1", "LR = 0.05")
                        .replace("return 1.0", "return min(1.0, step / 10)")
                        .replace("return x * LR", "return x * LR * 2"));
        screen.run("undo");
        assertThat(Files.readString(real)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a split index", "a filter", "damage"})
    void whereNoCommitCanBeMadeTheScriptIsWrittenAllTheSame(String how) throws IOException {
        repository();
        study();
        switch (how) {
            case "a split index" -> git(folder, "update-index", "--split-index");
            case "a filter" -> Files.writeString(folder.resolve(".gitattributes"), "*.py filter=lfs\n");
            default -> Files.writeString(folder.resolve(".git/config"), "[core\n");
        }
        assertThat(screen.run("apply", "--yes")).isZero();
        assertThat(screen.err()).contains("Note: no commit was made: ");
        assertThat(script).content().contains("LR = 0.05");
        assertThat(screen.run("undo")).isZero();
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT);
    }

    @Test
    void anotherGitAtWorkIsWaitedForByThePerson() throws IOException {
        repository();
        study();
        Files.createFile(folder.resolve(".git/index.lock"));
        assertThat(screen.run("apply", "--yes")).isEqualTo(1);
        assertThat(screen.err()).contains("another git is at work");
        assertThat(script).content().isEqualTo(KeptStudy.SCRIPT);
        assertThat(screen.run("undo")).isEqualTo(2);
        Files.delete(folder.resolve(".git/index.lock"));
        assertThat(screen.run("apply", "--yes")).isZero();
    }

    @Test
    void everyIdeaHasABranchOfItsOwn() throws IOException {
        repository();
        KeptStudy study = new KeptStudy(folder);
        Variant warm = study.edit(study.root(), "return 1.0", "return min(1.0, step / 10)", "Warm the räte up!", 0.9);
        study.tune(config(0.05, 8, 32), 0.85);
        Variant twice = study.edit(warm, "return x * LR", "return x * LR * 2", "Double", 0.7);
        Variant cooler = study.edit(twice, "min(1.0, step / 10)", "min(1.0, step / 20)", "Slower still", 0.5);
        study.edit(
                cooler,
                "    return x * LR * 2\n\n\ndef schedule(step):\n    return min(1.0, step / 20)",
                "    return x * LR * 3\n\n\ndef schedule(step):\n    return 1.0 - step / 20",
                "Both at once",
                0.3);

        assertThat(screen.run("export", "--branches")).isZero();

        String ideas = "chiron/chiron-study-ideas/";
        assertThat(screen.out().lines().toList())
                .containsExactly(
                        ideas + "01-warm-the-rate-up",
                        ideas + "02-double",
                        ideas + "03-slower-still",
                        ideas + "04-both-at-once");
        assertThat(screen.err())
                .contains(
                        "Slower still (stands on " + ideas + "01-warm-the-rate-up)",
                        "Both at once (stands on All edits before it)");
        assertThat(git(folder, "log", "--format=%s", "main.." + ideas + "02-double"))
                .isEqualTo("Double\n");
        assertThat(git(folder, "diff", "-U0", "main", ideas + "02-double")
                        .lines()
                        .filter(line -> line.matches("[+-][^+-].*")))
                .containsExactly("-    return x * LR", "+    return x * LR * 2");
        assertThat(git(folder, "log", "--format=%s", "main.." + ideas + "03-slower-still")
                        .lines())
                .containsExactly("Slower still", "Warm the räte up!");
        assertThat(git(folder, "log", "--format=%b", "-1", ideas + "03-slower-still"))
                .contains("stands on: " + ideas + "01-warm-the-rate-up");
        assertThat(git(folder, "log", "--format=%s", "main.." + ideas + "04-both-at-once")
                        .lines())
                .containsExactly("Both at once", "All edits before it");
        assertThat(git(folder, "status", "--porcelain", "-uno")).isEmpty();

        String refs = git(folder, "for-each-ref");
        assertThat(screen.run("export", "--branches", "--json")).isZero();
        assertThat(json()).hasSize(4).noneMatch(idea -> idea.path("new").asBoolean());
        assertThat(git(folder, "for-each-ref")).isEqualTo(refs);
        git(folder, "branch", "-f", ideas + "02-double", "main");
        screen.run("export", "--branches");
        assertThat(screen.out()).contains(ideas + "02-double-2\n");
    }

    @Test
    void withoutARepositoryThereAreNoBranches() {
        study();
        assertThat(screen.run("export", "--branches")).isEqualTo(2);
        assertThat(screen.err()).contains("no git repository holds train.py");
        assertThat(screen.run("export", "--json")).isEqualTo(2);
    }
}
