package dev.aftertouch.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.aftertouch.chaos",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** A checker that shared code with the product would share its mistakes. */
  @ArchTest
  static final ArchRule CHECKER_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("dev.aftertouch.chaos.check..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.aftertouch.chaos.check..", "java..", "tools.jackson..", "org.jspecify..");
}
