package dev.aftertouch.campaign;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.aftertouch.local.testing.HouseRules;

@AnalyzeClasses(
    packages = "dev.aftertouch.campaign",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CampaignArchitectureTest {
  @ArchTest static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule SQL_STAYS_IN_ITS_FEATURE =
      classes()
          .that()
          .areAnnotatedWith("org.springframework.stereotype.Repository")
          .should()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule CONTROLLERS_DO_NOT_TOUCH_THE_DATABASE =
      noClasses()
          .that()
          .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
          .should()
          .dependOnClassesThat()
          .areAnnotatedWith("org.springframework.stereotype.Repository");
}
