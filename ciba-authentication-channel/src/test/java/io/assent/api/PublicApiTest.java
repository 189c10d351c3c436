package io.assent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.Spi;

/** What is public is marked, is all that can be reached from the SPIs of banks, and is as it was promised. */
class PublicApiTest {

    private static final String PACK = "io.assent.";
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path PROMISED = Path.of("src/test/resources/io/assent/api/public-api.txt");

    /** Set to renew what is promised. */
    private static final boolean RENEW = Boolean.getBoolean("assent.api.renew");

    /** What the pack keeps for itself: stores, deliveries, and what its rooms tell each other. */
    private static final Set<String> INTERNAL_SPIS = Set.of(
            "consent-block",
            "consent-changed-permissions",
            "consent-delivery",
            "consent-device",
            "consent-event",
            "consent-link",
            "consent-outbox",
            "consent-partner",
            "consent-report",
            "consent-request",
            "consent-store");

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    /** Said by the kind of a type. */
    private static final Set<String> IMPLIED = Set.of("java.lang.Object", "java.lang.Record");

    @Test
    void whatCanBeReachedFromAnSpiIsMarkedAndNothingElse() throws IOException {
        Set<String> reached = new TreeSet<>();
        reachable().forEach(type -> reached.add(outermost(type).getName()));

        assertThat(marked()).isEqualTo(reached);
    }

    @Test
    void nothingThatIsPromisedChangesUnnoticed() throws IOException {
        List<String> now = reachable().stream()
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(PublicApiTest::described)
                .toList();
        if (RENEW) {
            Files.createDirectories(PROMISED.getParent());
            Files.write(PROMISED, now);
        }

        assertThat(now).as("""
                        The public API changed. A line that is gone or different breaks jars of banks: it needs a major \
                        version. A new abstract method does too; any other new line needs a minor one. Say it in \
                        CHANGELOG.md, and renew the file by -Dassent.api.renew=true""").isEqualTo(Files.readAllLines(PROMISED));
    }

    private static Set<String> marked() throws IOException {
        Set<String> marked = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".class")).toList()) {
                String name = CLASSES.relativize(file).toString().replace('/', '.');
                Class<?> type = load(name.substring(0, name.length() - ".class".length()));
                if (type.isAnnotationPresent(PublicApi.class)) {
                    marked.add(type.getName());
                }
            }
        }
        return marked;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Class<?>> reachable() {
        Set<Class<?>> reached = new TreeSet<>(Comparator.comparing(Class::getName));
        Deque<Class<?>> open = new ArrayDeque<>(ofSpis());
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            if (type.getName().startsWith(PACK) && reached.add(type)) {
                List<Type> named = new ArrayList<>();
                named.add(type.getGenericSuperclass());
                named.addAll(List.of(type.getGenericInterfaces()));
                if (type.isSealed()) {
                    named.addAll(List.of(type.getPermittedSubclasses()));
                }
                members(type).forEach(member -> named.addAll(types(member)));
                named.forEach(one -> open.addAll(classes(one)));
            }
        }
        return reached;
    }

    /** Of a new SPI too, until somebody says that it is internal. */
    private static List<Class<?>> ofSpis() {
        return ServiceLoader.load(Spi.class).stream()
                .filter(spi -> spi.type().getName().startsWith(PACK))
                .map(ServiceLoader.Provider::get)
                .filter(spi -> !INTERNAL_SPIS.contains(spi.getName()))
                .<Class<?>>flatMap(spi -> Stream.of(spi.getProviderClass(), spi.getProviderFactoryClass()))
                .toList();
    }

    private static Stream<Member> members(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::<Member>stream)
                .filter(member -> !member.isSynthetic())
                .filter(member ->
                        Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
                .filter(member -> !OF_EVERY_OBJECT.contains(member.getName()));
    }

    private static List<Type> types(Member member) {
        List<Type> types = new ArrayList<>();
        if (member instanceof Executable call) {
            types.addAll(List.of(call.getGenericParameterTypes()));
            types.addAll(List.of(call.getGenericExceptionTypes()));
            types.add(call.getAnnotatedReturnType().getType());
        } else {
            types.add(((Field) member).getGenericType());
        }
        return types;
    }

    private static List<Class<?>> classes(Type type) {
        if (type instanceof Class<?> one) {
            return List.of(one.isArray() ? one.getComponentType() : one);
        }
        Stream<Type> parts = Stream.empty();
        if (type instanceof ParameterizedType parameterized) {
            parts = Stream.concat(
                    Stream.of(parameterized.getRawType()), Stream.of(parameterized.getActualTypeArguments()));
        } else if (type instanceof WildcardType wildcard) {
            parts = Stream.of(wildcard.getUpperBounds());
        } else if (type instanceof GenericArrayType array) {
            parts = Stream.of(array.getGenericComponentType());
        }
        return parts.flatMap(part -> classes(part).stream()).toList();
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
    }

    private static Stream<String> described(Class<?> type) {
        return Stream.concat(
                Stream.of(title(type)),
                members(type)
                        .map(member -> "    "
                                + (member instanceof Executable call
                                        ? call.toGenericString()
                                        : ((Field) member).toGenericString()))
                        .sorted());
    }

    /** Not by the type itself, which each version of Java describes in another way. */
    private static String title(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        String sealed = type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .sorted()
                        .collect(Collectors.joining(", ", " permits ", ""))
                : "";
        String above = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .filter(name -> !IMPLIED.contains(name))
                .sorted()
                .collect(Collectors.joining(", "));
        String visible = Modifier.toString(type.getModifiers() & (Modifier.PUBLIC | Modifier.FINAL));
        return visible + " " + kind + " " + type.getName() + (above.isEmpty() ? "" : " is " + above) + sealed;
    }
}
