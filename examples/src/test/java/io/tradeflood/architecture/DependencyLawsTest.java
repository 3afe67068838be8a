package io.tradeflood.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of dependencies, checked on every class that the project ships. */
class DependencyLawsTest {

  private static final String OURS = "io.tradeflood..";
  private static final String EXCHANGES = "io.tradeflood.exchange.";
  private static final String PROXYTER = "io.tradeflood.proxyter..";
  private static final String[] CORE = {
    "io.tradeflood",
    "io.tradeflood.model..",
    "io.tradeflood.turn..",
    "io.tradeflood.connector..",
    "io.tradeflood.binding..",
    "io.tradeflood.index..",
    "io.tradeflood.history..",
    "io.tradeflood.live..",
    "io.tradeflood.proxy.."
  };

  private static final Set<String> CLOCK_METHODS =
      Set.of("now", "currentTimeMillis", "nanoTime", "system", "systemUTC", "systemDefaultZone");

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("io/tradeflood/examples/"))
          .importPackages("io.tradeflood");

  @Test
  void theCoreSeesTheJdkAndJSpecifyOnly() {
    classes()
        .that(resideInAnyPackage(CORE))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(CORE).or(resideInAnyPackage("java..", "org.jspecify..")))
        .check(SHIPPED);
  }

  @Test
  void theModelSeesNothingOfOursButItself() {
    noClasses()
        .that(resideInAPackage("io.tradeflood.model.."))
        .should()
        .dependOnClassesThat(oursOutside("io.tradeflood.model.."))
        .check(SHIPPED);
  }

  @Test
  void theTurnSeesNothingOfOursButItself() {
    noClasses()
        .that(resideInAPackage("io.tradeflood.turn.."))
        .should()
        .dependOnClassesThat(oursOutside("io.tradeflood.turn.."))
        .check(SHIPPED);
  }

  @Test
  void aTransportSeesTheCoreAndNothingElseOfOurs() {
    noClasses()
        .that(resideInAPackage("io.tradeflood.net.."))
        .should()
        .dependOnClassesThat(oursOutside("io.tradeflood.net..").and(not(resideInAnyPackage(CORE))))
        .check(SHIPPED);
  }

  @Test
  void anExchangeSeesTheCoreAndTheTransportsOnly() {
    noClasses()
        .that(resideInAPackage("io.tradeflood.exchange.."))
        .should()
        .dependOnClassesThat(
            oursOutside("io.tradeflood.exchange..")
                .and(not(resideInAnyPackage(CORE)))
                .and(not(resideInAPackage("io.tradeflood.net.."))))
        .check(SHIPPED);
  }

  @Test
  void anExchangeNeverSeesAnotherExchange() {
    slices()
        .matching(EXCHANGES + "(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(SHIPPED);
  }

  @Test
  void anExchangeOpensNoSocketAndStartsNoThread() {
    noClasses()
        .that(resideInAPackage("io.tradeflood.exchange.."))
        .should()
        .dependOnClassesThat(
            describe(
                "open sockets or start threads",
                type ->
                    type.getPackageName().startsWith("java.net.http")
                        || type.getPackageName().startsWith("java.nio.channels")
                        || (type.getPackageName().equals("java.net")
                            && (type.getSimpleName().contains("Socket")
                                || type.getSimpleName().contains("Connection")))
                        || type.isEquivalentTo(Thread.class)
                        || type.getName().startsWith("java.util.Timer")
                        || type.getName().startsWith("java.util.concurrent.Exec")
                        || type.getName().startsWith("java.util.concurrent.ForkJoin")))
        .check(SHIPPED);
  }

  @Test
  void anExchangeReadsNoClock() {
    noClasses()
        .that(resideInAPackage("io.tradeflood.exchange.."))
        .should()
        .accessTargetWhere(readsAClock())
        .check(SHIPPED);
  }

  @Test
  void noTypeOfTheHttpLibraryIsSeenOutsideTheTransports() {
    noClasses()
        .that(not(resideInAnyPackage("io.tradeflood.net..", PROXYTER)).and(resideInAPackage(OURS)))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.."))
        .check(SHIPPED);
  }

  @Test
  void proxyterAndTheRestShareNoClass() {
    noClasses()
        .that(resideInAPackage(PROXYTER))
        .should()
        .dependOnClassesThat(oursOutside(PROXYTER))
        .check(SHIPPED);
    noClasses()
        .that(
            resideInAnyPackage(CORE)
                .or(resideInAnyPackage("io.tradeflood.net..", "io.tradeflood.exchange..")))
        .should()
        .dependOnClassesThat(resideInAPackage(PROXYTER))
        .check(SHIPPED);
  }

  @Test
  void nobodyButAnExchangesOwnPackageSeesThatExchange() {
    noClasses()
        .that(not(resideInAPackage("io.tradeflood.exchange..")))
        .should()
        .dependOnClassesThat(
            resideInAPackage(EXCHANGES + "*..")
                .and(not(resideInAPackage("io.tradeflood.exchange"))))
        .check(SHIPPED);
  }

  @Test
  void neitherTheCoreNorTheTransportsNameAnExchangeInTheirText() {
    Set<String> exchanges = exchanges();
    Set<String> offences = new TreeSet<>();
    for (JavaClass type : SHIPPED) {
      if (resideInAnyPackage(CORE).or(resideInAPackage("io.tradeflood.net..")).test(type)) {
        for (String text : stringsOf(type)) {
          String lower = text.toLowerCase(Locale.ROOT);
          exchanges.stream()
              .filter(lower::contains)
              .forEach(exchange -> offences.add(type.getName() + " says \"" + text + "\""));
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  private static DescribedPredicate<JavaClass> oursOutside(String packages) {
    return resideInAPackage(OURS)
        .and(not(resideInAPackage(packages)))
        .as("belong to TradeFlood, but not to %s", packages);
  }

  private static DescribedPredicate<JavaAccess<?>> readsAClock() {
    return describe(
        "read a clock",
        access ->
            CLOCK_METHODS.contains(access.getTarget().getName())
                && (access.getTargetOwner().getPackageName().startsWith("java.time")
                    || access.getTargetOwner().isEquivalentTo(System.class)));
  }

  private static Set<String> exchanges() {
    return SHIPPED.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(EXCHANGES))
        .map(name -> name.substring(EXCHANGES.length()).replaceFirst("\\..*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> stringsOf(JavaClass type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = DependencyLawsTest.class.getResourceAsStream(file)) {
      var constants = ClassFile.of().parse(in.readAllBytes()).constantPool();
      return StreamSupport.stream(constants.spliterator(), false)
          .filter(StringEntry.class::isInstance)
          .map(entry -> ((StringEntry) entry).stringValue())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
