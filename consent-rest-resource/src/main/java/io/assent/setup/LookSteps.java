package io.assent.setup;

import io.assent.doctor.RealmFacts;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;

/** Themes and languages. */
final class LookSteps {

    private final RealmModel realm;
    private final Template template;
    private final RealmFacts facts;

    LookSteps(RealmModel realm, Template template, RealmFacts facts) {
        this.realm = realm;
        this.template = template;
        this.facts = facts;
    }

    void addTo(Steps steps) {
        if (!facts.loginTheme()) {
            theme("login", realm.getLoginTheme(), template.loginTheme(), realm::setLoginTheme, steps);
        }
        if (!facts.accountTheme()) {
            theme("account", realm.getAccountTheme(), template.accountTheme(), realm::setAccountTheme, steps);
        }
        if (!realm.isInternationalizationEnabled()) {
            Set<String> languages = languages();
            steps.change(
                    new Change(
                            "languages",
                            String.join(" ", languages.stream().sorted().toList()),
                            "Switch internationalization on, with the languages "
                                    + languages.stream().sorted().collect(Collectors.joining(", ")) + "."),
                    () -> internationalize(languages));
        }
    }

    /** @param now the theme that the realm has, or {@code null} */
    private static void theme(String type, String now, String wanted, Consumer<String> setter, Steps steps) {
        if (now == null || now.isEmpty()) {
            steps.change(
                    new Change(type + "-theme", wanted, "Set the %s theme to '%s'.".formatted(type, wanted)),
                    () -> setter.accept(wanted));
        } else {
            steps.difference(new Change(
                    type + "-theme",
                    now,
                    "The %s theme is '%s', which does not descend from '%s'.".formatted(type, now, wanted)));
        }
    }

    /** Those that are there stay. */
    private Set<String> languages() {
        Set<String> languages = new HashSet<>(realm.getSupportedLocalesStream().toList());
        return languages.isEmpty() ? Set.copyOf(template.languages()) : Set.copyOf(languages);
    }

    private void internationalize(Set<String> languages) {
        realm.setInternationalizationEnabled(true);
        realm.setSupportedLocales(new HashSet<>(languages));
        if (realm.getDefaultLocale() == null) {
            realm.setDefaultLocale(
                    languages.contains(template.defaultLanguage())
                            ? template.defaultLanguage()
                            : languages.stream().sorted().findFirst().orElseThrow());
        }
    }
}
