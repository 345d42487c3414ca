package dev.embedlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPath(Path.of("target", "classes"));

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.embedlab.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void nobodyWritesAGrabBag() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..")
        .check(CORE);
  }

  @Test
  void foundationsImportNothingAboveThem() {
    for (String foundation : new String[] {"statistics", "progress"}) {
      noClasses()
          .that()
          .resideInAPackage("dev.embedlab." + foundation + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.embedlab.data..",
              "dev.embedlab.metrics..",
              "dev.embedlab.evaluate..",
              "dev.embedlab.encode..",
              "dev.embedlab.search..")
          .allowEmptyShould(true)
          .check(CORE);
    }
  }

  @Test
  void vectorMathsKnowsSimilaritiesButNoTexts() {
    noClasses()
        .that()
        .resideInAPackage("dev.embedlab.vector..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.embedlab.data..",
            "dev.embedlab.metrics..",
            "dev.embedlab.evaluate..",
            "dev.embedlab.compress..",
            "dev.embedlab.search..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.embedlab.encode.Encoder")
        .check(CORE);
  }

  @Test
  void onlyEvaluateKnowsEverything() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.embedlab.evaluate..", "dev.embedlab.inspect..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.embedlab.evaluate..")
        .check(CORE);
  }
}
