package io.assent.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/** The methods that each path of an API has, as its {@code openapi.json} describes them. */
public final class DescribedMethods {

    /** Those of an OpenAPI path item; its other fields are no operations. */
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "PATCH", "TRACE", "OPTIONS");

    private static final Pattern PARAMETER = Pattern.compile("\\{[^/]+}");

    private final List<Described> paths;

    private DescribedMethods(List<Described> paths) {
        this.paths = paths;
    }

    /** @param api a class beside which the API's description is */
    public static DescribedMethods read(Class<?> api) {
        try (InputStream document = api.getResourceAsStream("openapi.json")) {
            return new DescribedMethods(new JsonMapper()
                    .readTree(document).path("paths").properties().stream()
                            .sorted(Comparator.comparingInt(path -> -literal(path.getKey())))
                            .map(path -> new Described(pattern(path.getKey()), methods(path.getValue())))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The methods of a path, with {@code HEAD} where there is {@code GET}.
     *
     * @param path as in {@code openapi.json}, with or without a slash at its end
     * @return in alphabetical order; empty where the API has no such path
     */
    public Optional<Set<String>> of(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return paths.stream()
                .filter(described -> described.path().matcher(bare).matches())
                .map(Described::methods)
                .findFirst();
    }

    /**
     * Refuses, as a problem, a method that the path does not have, or a path that the API does not have: JAX-RS would
     * answer in its own words.
     *
     * @param path where it is called, if that is below the API's root
     */
    public void refuseUndescribed(KeycloakSession session, Optional<String> path) {
        Set<String> allowed =
                path.flatMap(this::of).orElseThrow(() -> Problem.unknownPath().toException());
        if (!allowed.contains(session.getContext().getHttpRequest().getHttpMethod())) {
            throw Problem.methodNotAllowed("This path has: " + String.join(", ", allowed) + ".")
                    .toException(allowed);
        }
    }

    /** How far a path is as it is written: one that is so for longer is meant before another one (OpenAPI, 4.8.8). */
    private static int literal(String template) {
        int first = template.indexOf('{');
        return first < 0 ? Integer.MAX_VALUE : first;
    }

    private static Pattern pattern(String template) {
        return Pattern.compile("\\Q" + PARAMETER.matcher(template).replaceAll("\\\\E[^/\\\\p{Cntrl}]+\\\\Q") + "\\E");
    }

    private static Set<String> methods(JsonNode pathItem) {
        Set<String> methods = new TreeSet<>();
        pathItem.fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
        methods.retainAll(METHODS);
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return Collections.unmodifiableSet(methods);
    }

    private record Described(Pattern path, Set<String> methods) {}
}
