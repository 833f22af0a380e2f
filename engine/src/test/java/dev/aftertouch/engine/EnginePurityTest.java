package dev.aftertouch.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.time.Clock;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Rules are pure: they know no framework, no clock, no chance, no disk and no network. */
@AnalyzeClasses(
    packages = "dev.aftertouch.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
class EnginePurityTest {
  private static final String[] FORBIDDEN_NAMES = {
    "util", "common", "helper", "manager", "impl", "dto", "mapper"
  };

  @ArchTest
  static final ArchRule dependsOnTheJdkAndJSpecifyOnly =
      classes()
          .that()
          .resideOutsideOfPackage("dev.aftertouch.engine.content..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.aftertouch.engine..");

  @ArchTest
  static final ArchRule contentAlsoKnowsMustacheAndHtml =
      classes()
          .that()
          .resideInAPackage("dev.aftertouch.engine.content..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.aftertouch.engine..",
              "com.samskivert.mustache..",
              "org.jsoup..");

  @ArchTest
  static final ArchRule asksNoClock =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "asks what time it is",
                  call ->
                      call.getTarget().getName().equals("now")
                          && call.getTargetOwner().getPackageName().startsWith("java.time")))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule leavesNothingToChance =
      noClasses()
          .should()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule touchesNoDiskNetworkThreadOrEnvironment =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.sql..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(File.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      classes().should(haveNoEmptyWordInTheirName()).because("util, common, helper … say nothing");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes().should(lieInANullMarkedPackage()).because("NullAway checks only what is marked");

  private static ArchCondition<JavaClass> haveNoEmptyWordInTheirName() {
    return new ArchCondition<>("have no empty word in their name or package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (String word : FORBIDDEN_NAMES) {
          boolean inPackage = Stream.of(type.getPackageName().split("\\.")).anyMatch(word::equals);
          boolean inName = words(type.getSimpleName()).anyMatch(word::equals);
          if (inPackage || inName) {
            events.add(
                SimpleConditionEvent.violated(type, type.getName() + " contains \"" + word + "\""));
          }
        }
      }
    };
  }

  private static Stream<String> words(String camelCase) {
    return Stream.of(camelCase.split("(?<=[a-z0-9])(?=[A-Z])"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .map(word -> word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
  }

  private static ArchCondition<JavaClass> lieInANullMarkedPackage() {
    return new ArchCondition<>("lie in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " has no package-info.java with @NullMarked"));
        }
      }
    };
  }
}
