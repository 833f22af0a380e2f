package dev.aftertouch.local.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What every service keeps to; a service's architecture test includes them with {@code
 * ArchTests.in(HouseRules.class)}.
 */
public final class HouseRules {
  private static final Set<String> SERVICES =
      Set.of("campaign", "enrollment", "dispatch", "analytics", "gateway");
  private static final List<String> EMPTY_WORDS =
      List.of("util", "utils", "common", "helper", "helpers", "manager", "impl", "dto", "mapper");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_THE_INJECTED_CLOCK =
      noClasses()
          .should()
          .accessTargetWhere(describe("asks what time it is", HouseRules::asksTheTime))
          .because("every service takes now from one InstantSource, which a @Bean method makes");

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "sleeps",
                  access ->
                      access.getName().equals("sleep")
                          && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                              .contains(access.getTargetOwner().getName())))
          .because("conditions are awaited");

  @ArchTest
  static final ArchRule PACKAGES_ARE_NULL_MARKED =
      classes()
          .should(
              new ArchCondition<>("lie in a package that is @NullMarked") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  if (!item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    events.add(
                        SimpleConditionEvent.violated(
                            item,
                            item.getPackageName() + " has no package-info.java with @NullMarked"));
                  }
                }
              })
          .because("NullAway checks only what is marked");

  @ArchTest
  static final ArchRule FIELDS_ARE_NOT_INJECTED =
      fields()
          .should()
          .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
          .because("constructors say what a class needs");

  @ArchTest
  static final ArchRule NAMES_SAY_SOMETHING =
      classes()
          .should(
              new ArchCondition<>("not use an empty word as class or package name") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  String simple = item.getSimpleName().toLowerCase(Locale.ROOT);
                  boolean emptyPackage =
                      List.of(item.getPackageName().split("\\.")).stream()
                          .anyMatch(EMPTY_WORDS::contains);
                  boolean emptyClass = EMPTY_WORDS.stream().anyMatch(simple::endsWith);
                  if (emptyPackage || emptyClass) {
                    events.add(
                        SimpleConditionEvent.violated(
                            item, item.getName() + " has an empty word in its name"));
                  }
                }
              });

  @ArchTest
  static final ArchRule CONTROLLERS_AND_LISTENERS_ARE_PACKAGE_PRIVATE =
      classes()
          .that(
              new DescribedPredicate<>("are controllers or listeners") {
                @Override
                public boolean test(JavaClass item) {
                  return item.isAnnotatedWith(
                          "org.springframework.web.bind.annotation.RestController")
                      || item.isAnnotatedWith("org.springframework.stereotype.Controller")
                      || item.getMethods().stream()
                          .anyMatch(
                              m ->
                                  m.isAnnotatedWith(
                                      "org.springframework.kafka.annotation.KafkaListener"));
                }
              })
          .should()
          .notBePublic()
          // The service-starter has none; an empty package fails the other rules.
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule FEATURES_ARE_FREE_OF_CYCLES =
      slices().matching("dev.aftertouch.*.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SERVICES_DO_NOT_KNOW_EACH_OTHER =
      classes()
          .should(
              new ArchCondition<>("depend on no other service") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  String own = serviceOf(item);
                  for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    String other = serviceOf(dependency.getTargetClass());
                    if (SERVICES.contains(other) && !other.equals(own)) {
                      events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                  }
                }
              });

  private HouseRules() {}

  private static boolean asksTheTime(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    boolean system =
        Set.of("java.time.InstantSource", "java.time.Clock").contains(owner)
            && name.startsWith("system")
            && !access.getOrigin().isAnnotatedWith("org.springframework.context.annotation.Bean");
    return system
        || owner.startsWith("java.time.") && name.equals("now")
        || owner.equals("java.lang.System") && name.equals("currentTimeMillis");
  }

  private static String serviceOf(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return parts.length > 2 && parts[0].equals("dev") && parts[1].equals("aftertouch")
        ? parts[2]
        : "";
  }
}
