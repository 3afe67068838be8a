package io.tradeflood.proxyter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the parts of Proxyter may know of each other and of others' libraries. */
class ModuleLawsTest {
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tradeflood.proxyter");

  private static final DescribedPredicate<JavaClass> ADMIN =
      resideInAPackage("io.tradeflood.proxyter.admin..");

  @Test
  void theServersLibraryIsSeenByTheServerAlone() throws ClassNotFoundException {
    Class<?> server = Class.forName("io.tradeflood.proxyter.admin.Server");
    noClasses()
        .that(DescribedPredicate.not(belongToAnyOf(server)))
        .should()
        .dependOnClassesThat(resideInAPackage("io.vertx.."))
        .check(SHIPPED);
  }

  @Test
  void theLibraryOfMetricsIsSeenByTheOperatorsSideAlone() {
    noClasses()
        .that(DescribedPredicate.not(ADMIN))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.micrometer..", "io.prometheus.."))
        .check(SHIPPED);
  }

  @Test
  void nothingThatCarriesOrConcludesKnowsTheOperatorsSide() {
    noClasses()
        .that(resideInAPackage("io.tradeflood.proxyter.*..").and(DescribedPredicate.not(ADMIN)))
        .should()
        .dependOnClassesThat(ADMIN)
        .check(SHIPPED);
  }

  @Test
  void proxyterKnowsNothingOfTheRest() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.tradeflood..")
                .and(DescribedPredicate.not(resideInAPackage("io.tradeflood.proxyter.."))))
        .check(SHIPPED);
  }
}
