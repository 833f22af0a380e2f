package dev.aftertouch.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "dev.aftertouch.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  void keepsFeaturesFreeOfCycles(JavaClasses code) {
    slices().matching("dev.aftertouch.gateway.(*)..").should().beFreeOfCycles().check(code);
  }

  @ArchTest
  void asksOnlyTheClockForTheTime(JavaClasses code) {
    noClasses().should().callMethod(Instant.class, "now").check(code);
  }

  @ArchTest
  void injectsThroughConstructors(JavaClasses code) {
    fields().should().notBeAnnotatedWith(Autowired.class).check(code);
  }

  @ArchTest
  void keepsControllersToTheirPackage(JavaClasses code) {
    classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate().check(code);
  }

  @ArchTest
  void knowsNoServiceAndNoVagueNames(JavaClasses code) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.aftertouch.campaign..",
            "dev.aftertouch.enrollment..",
            "dev.aftertouch.dispatch..",
            "dev.aftertouch.analytics..")
        .check(code);
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Common|Helper|Manager|Impl|Dto|Mapper)")
        .check(code);
  }
}
