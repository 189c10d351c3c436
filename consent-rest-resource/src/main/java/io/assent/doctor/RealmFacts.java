package io.assent.doctor;

import io.assent.permission.ConsentSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a realm is set up, as far as the pack goes.
 *
 * @param app the client scope of the bank's app
 * @param internationalized whether customers have a choice of languages
 * @param loginTheme whether the login theme is the pack's, or descends from it
 * @param accountTheme the same of the account theme
 * @param screen the consent screen
 * @param unknown what the settings name and the realm does not have: names by setting
 * @param shown the client scopes that are shown on the consent screen, by their names
 * @param partners what keeps customers from being asked for a partner, by its alias
 * @param platforms those by which a push reaches a phone
 * @param endlessGuesses whether customers log in with passwords, and wrong ones lock nobody out
 * @param rules whether some client policy in force has the pack's rules
 * @param sandbox whether the realm has the sandbox's attribute
 * @param destinations whether events are kept for some destination
 */
public record RealmFacts(
        AppScope app,
        boolean internationalized,
        boolean loginTheme,
        boolean accountTheme,
        Screen screen,
        ConsentSettings settings,
        Map<String, List<String>> unknown,
        Map<String, ShownScope> shown,
        Map<String, String> partners,
        Set<String> platforms,
        boolean endlessGuesses,
        boolean events,
        boolean adminEvents,
        boolean rules,
        boolean sandbox,
        boolean destinations) {

    public RealmFacts {
        unknown = Map.copyOf(unknown);
        shown = Map.copyOf(shown);
        partners = Map.copyOf(partners);
        platforms = Set.copyOf(platforms);
    }

    /** Whether somebody wants the pack here: there is something to ask for, or the screen on which to ask. */
    public boolean usesThePack() {
        return screen.enabled() || hasPermission();
    }

    /** Whether there is something to ask for. */
    public boolean hasPermission() {
        return shown.values().stream().anyMatch(ShownScope::ofTheBank);
    }

    /**
     * The client scope {@code consent-app}.
     *
     * @param there whether the realm has it
     * @param audience whether its tokens name the app's API
     * @param forNewClients whether each new client gets it
     */
    public record AppScope(boolean there, boolean audience, boolean forNewClients) {}

    /**
     * The required action of the consent screen.
     *
     * @param first whether no other one that is enabled comes before it, but those that set up a passkey
     */
    public record Screen(boolean enabled, boolean first) {}

    /**
     * A client scope that is shown on the consent screen.
     *
     * @param ofTheBank whether it is a permission that the bank made, and not one of Keycloak's own scopes
     * @param inPackWords whether its text is a message of a permission
     * @param wordless the languages of the realm in which it has no text; none looked at of Keycloak's own
     * @param audience whether a mapper of it names an audience
     */
    public record ShownScope(
            boolean ofTheBank,
            boolean inTokenScope,
            boolean parameterized,
            boolean inPackWords,
            List<String> wordless,
            boolean audience) {

        public ShownScope {
            wordless = List.copyOf(wordless);
        }
    }
}
