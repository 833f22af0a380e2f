package dev.aftertouch.dispatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.aftertouch.local.testing.HouseRules;

@AnalyzeClasses(
    packages = "dev.aftertouch.dispatch",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule ONLY_THE_SENDER_CALLS_PROVIDERS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.aftertouch.dispatch.sending")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "org.apache.hc..",
              "jakarta.mail..",
              "org.eclipse.angus..",
              "java.net.http..")
          .because("a call to a provider has a claim, a deadline and a settled answer, or is none");

  @ArchTest
  static final ArchRule NO_CLIENT_THAT_RETRIES_BY_ITSELF =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.twilio..", "com.resend..", "okhttp3..");
}
