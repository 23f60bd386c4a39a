package io.sparkrnn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Set;

/** Holds the plan of the house: the floors, what may stand on them, and what may stand nowhere. */
@AnalyzeClasses(packages = "io.sparkrnn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.sparkrnn.";

  /** Packages of {@code io.sparkrnn} from the roof down; each imports only from those after it. */
  private static final List<String> FLOORS =
      List.of(
          "job",
          "report",
          "ml",
          "reader",
          "spark",
          "training",
          "optimizer",
          "objective",
          "search",
          "network",
          "layer",
          "cell",
          "statistics",
          "metric",
          "format",
          "sequence",
          "parameter",
          "math",
          "setting",
          "error");

  private static final Set<String> FLOORS_THAT_KNOW_SPARK = Set.of("job", "ml", "reader", "spark");

  @ArchTest
  static final ArchRule EVERY_CLASS_STANDS_ON_A_FLOOR =
      classes().should(standOnAKnownFloor()).because("a new package gets its place in FLOORS");

  @ArchTest
  static final ArchRule FLOORS_IMPORT_ONLY_FROM_FLOORS_BELOW =
      classes().should(dependOnlyOnFloorsBelow());

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.sparkrnn.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SPARK_IS_KNOWN_ONLY_FROM_THE_SPARK_FLOOR_UP =
      noClasses()
          .that(
              describe(
                  "stand elsewhere than on " + FLOORS_THAT_KNOW_SPARK,
                  type -> !FLOORS_THAT_KNOW_SPARK.contains(floorOf(type))))
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.spark.."));

  @ArchTest
  static final ArchRule BREEZE_IS_USED_NOWHERE =
      noClasses().should().dependOnClassesThat(resideInAPackage("breeze.."));

  @ArchTest
  static final ArchRule FILES_ARE_REACHED_THROUGH_STORAGE =
      noClasses()
          .that(
              describe(
                  "stand elsewhere than on math",
                  type ->
                      !floorOf(type).equals("math")
                          && !type.isAssignableTo("com.typesafe.config.ConfigIncluderFile")))
          .should()
          .dependOnClassesThat(localFiles())
          .because(
              "a cluster's files are not this machine's; math stages native libraries, and HOCON hands included files over as local ones");

  @ArchTest
  static final ArchRule RANDOMNESS_COMES_FROM_THE_SEED =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are unseeded or shared generators",
                  type ->
                      Set.of(
                              "java.util.Random",
                              "java.util.SplittableRandom",
                              "java.util.concurrent.ThreadLocalRandom",
                              "java.security.SecureRandom")
                          .contains(type.getName())))
          .orShould()
          .callMethod(Math.class, "random")
          .because("every number follows from (seed, epoch, shard, batch)");

  @ArchTest
  static final ArchRule NO_STATE_HANGS_ON_A_THREAD =
      noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

  @ArchTest
  static final ArchRule STATIC_FIELDS_ARE_FINAL = fields().that().areStatic().should().beFinal();

  private static DescribedPredicate<JavaClass> localFiles() {
    return describe(
        "are local files of java.io",
        type ->
            Set.of(
                    "java.io.File",
                    "java.io.FileInputStream",
                    "java.io.FileOutputStream",
                    "java.io.FileReader",
                    "java.io.FileWriter",
                    "java.io.RandomAccessFile")
                .contains(type.getName()));
  }

  private static String floorOf(JavaClass type) {
    String name = type.getPackageName() + ".";
    return name.startsWith(ROOT) && name.length() > ROOT.length()
        ? name.substring(ROOT.length(), name.indexOf('.', ROOT.length()))
        : "";
  }

  private static ArchCondition<JavaClass> standOnAKnownFloor() {
    return new ArchCondition<>("stand on one of " + FLOORS) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!FLOORS.contains(floorOf(type))) {
          events.add(violated(type, type.getName() + " stands on no floor"));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> dependOnlyOnFloorsBelow() {
    DescribedPredicate<JavaClass> ours = resideInAnyPackage("io.sparkrnn..");
    return new ArchCondition<>("depend only on floors below their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        int floor = FLOORS.indexOf(floorOf(type));
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (!ours.test(target) || floorOf(target).equals(floorOf(type))) {
            continue;
          }
          if (FLOORS.indexOf(floorOf(target)) <= floor) {
            events.add(violated(dependency, "upward: " + dependency.getDescription()));
          }
        }
      }
    };
  }
}
