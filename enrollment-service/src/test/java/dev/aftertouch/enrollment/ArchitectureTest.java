package dev.aftertouch.enrollment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.aftertouch.local.testing.HouseRules;
import org.springframework.stereotype.Repository;

@AnalyzeClasses(
    packages = "dev.aftertouch.enrollment",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule SQL_STAYS_IN_ITS_FEATURE =
      classes().that().areAnnotatedWith(Repository.class).should().notBePublic();

  @ArchTest
  static final ArchRule AVRO_STOPS_AT_THE_SQL =
      noClasses()
          .that()
          .areAnnotatedWith(Repository.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.aftertouch.facts..");
}
