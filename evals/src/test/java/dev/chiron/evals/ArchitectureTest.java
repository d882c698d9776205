package dev.chiron.evals;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of CONTRIBUTING.md that a machine can keep. */
@AnalyzeClasses(packages = "dev.chiron", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrowsPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("evals")
            .definedBy("dev.chiron.evals..")
            .layer("agent")
            .definedBy("dev.chiron.agent..")
            .layer("prompts")
            .definedBy("dev.chiron.prompts..")
            .layer("sandbox")
            .definedBy("dev.chiron.sandbox..")
            .layer("optimizers")
            .definedBy("dev.chiron.optimizers..")
            .withOptionalLayers(true)
            .whereLayer("evals")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("agent")
            .mayOnlyBeAccessedByLayers("evals")
            .whereLayer("prompts")
            .mayOnlyBeAccessedByLayers("agent", "evals")
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("agent", "evals");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.chiron.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule optimizersKnowOnlyTheJdkAndCommonsMathematics = noClasses()
            .that()
            .resideInAPackage("dev.chiron.optimizers..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "dev.chiron.optimizers..",
                    "org.apache.commons.math3..",
                    "org.apache.commons.numbers..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule modelLibrariesStayInTheirPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.chiron.agent.llm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.langchain4j..", "okhttp3..");

    @ArchTest
    static final ArchRule theMcpLibraryStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.chiron.agent.mcp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.modelcontextprotocol..", "reactor..");

    @ArchTest
    static final ArchRule gitStaysInTheSandbox = noClasses()
            .that()
            .resideOutsideOfPackages("dev.chiron.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..");

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackages("dev.chiron.agent.cli..", "dev.chiron.evals..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(PrintStream.class);

    @ArchTest
    static final ArchRule environmentAndTimeComeInThroughConstructors = noClasses()
            .that()
            .resideOutsideOfPackages("dev.chiron.agent.cli..", "dev.chiron.evals..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule orderIsNeverLeftToChance = noClasses()
            .should()
            .callMethod(Map.class, "copyOf", Map.class)
            .orShould()
            .callMethod(Map.class, "of", Object.class, Object.class, Object.class, Object.class)
            .orShould()
            .callMethod(Set.class, "copyOf", java.util.Collection.class);

    @ArchTest
    static final ArchRule noStateInStatics = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.chiron..")
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule classesAreFinal = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static final List<String> EMPTY_WORDS =
            List.of("Manager", "Helper", "Util", "Utils", "Impl", "Base", "Processor", "Handler", "Service", "Factory");

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should(new com.tngtech.archunit.lang.ArchCondition<JavaClass>("have a name that says nothing") {
                @Override
                public void check(JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
                    boolean empty = EMPTY_WORDS.stream().anyMatch(item.getSimpleName()::endsWith);
                    events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(item, empty, item.getName()));
                }
            });
}
