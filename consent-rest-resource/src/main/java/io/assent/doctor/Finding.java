package io.assent.doctor;

import java.util.Locale;

/**
 * What the doctor can find, the worst first. The name of each is what a program decides by and never changes its
 * meaning; message and remedy are for people.
 */
public enum Finding {
    VERSION_TOO_OLD(
            Severity.ERROR,
            "The server is older than 26.7.4. Older ones have holes that this pack can't close.",
            "Update Keycloak; docs/operations.md says what each version mended."),
    REPEATABLE_READ(
            Severity.ERROR,
            "The realm has destinations of events, and the database's transactions see it as it was at their beginning,"
                    + " which MariaDB's and MySQL's own setting (REPEATABLE READ) does. Requests that are asked and"
                    + " answered at once lock each other out, and one of them fails.",
            "Set transaction-isolation to READ-COMMITTED in the database server's configuration. Or for this server's"
                    + " connections alone: --db-url-properties=\"?sessionVariables=tx_isolation='READ-COMMITTED'\" with"
                    + " MariaDB, and transaction_isolation in place of tx_isolation with MySQL."),
    NO_APP_SCOPE(
            Severity.ERROR,
            "The realm has no client scope 'consent-app'. Without it the pack keeps silent: there is no API for the app,"
                    + " and nobody can be asked.",
            "Client scopes, Create client scope: 'consent-app', with 'Display on consent screen' off and 'Include in"
                    + " token scope' on. Or let setup make it."),
    APP_SCOPE_WITHOUT_AUDIENCE(
            Severity.ERROR,
            "Tokens with the client scope 'consent-app' do not name the consent API as their audience, which refuses"
                    + " them.",
            "Client scopes, consent-app, Mappers, Configure a new mapper, Audience: 'Included Custom Audience' set to"
                    + " 'consent-api', 'Add to access token' on. Or let setup make it."),
    APP_SCOPE_FOR_NEW_CLIENTS(
            Severity.ERROR,
            "Each new client gets the client scope 'consent-app', with which it could answer for customers.",
            "Client scopes: set 'Assigned type' of consent-app to None, and look through the clients that have it."),
    NO_APP(
            Severity.ERROR,
            "No client can answer: none that is enabled and asks nobody itself has the client scope 'consent-app'.",
            "Clients, the bank's own app, Client scopes, Add client scope: consent-app, as Default."),
    TPP_HOLDS_CONSENT_APP(
            Severity.ERROR,
            "A client that may ask customers has the client scope 'consent-app'. It is refused everywhere: it could answer"
                    + " its own requests.",
            "Clients, the client, Client scopes: remove consent-app. If it is the bank's own app, switch both 'OIDC CIBA"
                    + " Grant' and 'Consent required' off."),
    TPP_FULL_SCOPE(
            Severity.ERROR,
            "A client that may ask customers gets all their roles, with which it could grant itself what it wants. It is"
                    + " refused everywhere.",
            "Clients, the client, Client scopes, its dedicated scope, Scope: switch 'Full scope allowed' off."),
    TPP_MANAGEMENT_ROLES(
            Severity.ERROR,
            "A client that may ask customers could get their roles of the clients 'account' or 'realm-management', with"
                    + " which it could grant itself what it wants. It is refused wherever it would get them.",
            "Clients, the client, Client scopes, its dedicated scope, Scope: unassign these roles. Look also into its own"
                    + " roles, the scope of its client scopes, and composite roles."),
    PERMISSION_NOT_IN_TOKEN_SCOPE(
            Severity.ERROR,
            "No token names the permission, so that nobody who checks a token can see it. Who asks for it is refused.",
            "Client scopes, the permission: switch 'Include in token scope' on."),
    PERMISSION_WITH_PARAMETER(
            Severity.ERROR,
            "A permission with a parameter can't be shown to customers. Who asks for it is refused.",
            "Make a client scope for each permission, with 'Parameterized scope' off."),
    CONSENT_NOT_REQUIRED(
            Severity.WARNING,
            "The client has permissions, but does not need its customers' consent in Keycloak's eyes, and is not named as"
                    + " the bank's own. Where nobody can be asked it is refused.",
            "Clients, the client, Settings: switch 'Consent required' on. If it is the bank's own, name it in"
                    + " Authentication, Required actions, Consent permissions, The bank's own clients."),
    TPP_STOCK_SCOPES(
            Severity.WARNING,
            "Customers are asked for client scopes that Keycloak gave to the client, in Keycloak's words.",
            "Clients, the client, Client scopes: remove those that it does not need."),
    PERSONAL_ACCESS_OF_OTHERS(
            Severity.WARNING,
            "The client may ask for personal access, and is not the one that the realm names for it. Customers read that"
                    + " the token is for themselves, whoever gets it.",
            "Take 'personal_access' out of the client's attribute 'authorization_details_types', by the admin API. If"
                    + " the client is the bank's own portal, leave it."),
    TPP_WITHOUT_BASIC(
            Severity.WARNING,
            "A client that may ask customers lacks the client scope 'basic' as Default: its access tokens do not say who the"
                    + " customer is ('sub'), nor when the customer logged in ('auth_time').",
            "Clients, the client, Client scopes, Add client scope: basic, as Default."),
    CIBA_WITHOUT_PERMISSION(
            Severity.WARNING,
            "The client may ask by CIBA, and has nothing to ask for.",
            "Clients, the client, Client scopes, Add client scope: its permissions, as Optional. Or switch 'OIDC CIBA"
                    + " Grant' off."),
    NO_PERMISSION(
            Severity.WARNING,
            "The realm has no permission: no client scope of the bank's is shown on the consent screen.",
            "Client scopes, Create client scope; docs/permissions.md says how."),
    PERMISSION_WITHOUT_TEXT(
            Severity.WARNING,
            "A permission has no words in a language of the realm; customers read a stand-in, or another language.",
            "Realm settings, Localization, Realm overrides, the language: write the key that the permission's 'Consent"
                    + " screen text' names, or that is 'permission.' and its name."),
    PERMISSION_WITHOUT_AUDIENCE(
            Severity.WARNING,
            "No mapper of the permission says which API its tokens are for. Introspection by that API answers that they"
                    + " are not active.",
            "Client scopes, the permission, Mappers, Configure a new mapper, Audience: the API's own name or client."),
    INTERNATIONALIZATION_OFF(
            Severity.WARNING,
            "The realm speaks one language, and no text can be written for another.",
            "Realm settings, Localization, Locales: switch 'Internationalization' on. Or let setup do it."),
    LOGIN_THEME(
            Severity.WARNING,
            "The login theme is neither 'permissions' nor one that has it as a parent. Customers read Keycloak's own"
                    + " consent page and no words of permissions.",
            "Realm settings, Themes, Login theme: permissions."),
    ACCOUNT_THEME(
            Severity.WARNING,
            "The account theme is neither 'permissions' nor one that has it as a parent. Customers don't find the"
                    + " page on which they withdraw consents.",
            "Realm settings, Themes, Account theme: permissions."),
    SCREEN_OFF(
            Severity.WARNING,
            "The consent screen is off. In the browser Keycloak's own page asks, for all or nothing.",
            "Authentication, Required actions: switch 'Consent permissions' on."),
    SCREEN_NOT_FIRST(
            Severity.WARNING,
            "Other required actions come before the consent screen.",
            "Authentication, Required actions: drag 'Consent permissions' to the top. Or let setup do it."),
    UNKNOWN_NAME_IN_SETTINGS(
            Severity.WARNING,
            "A setting names what the realm does not have, so that it says nothing.",
            "Authentication, Required actions, Consent permissions, the gear: correct or remove the name."),
    PARTNER_NOT_ASKED(
            Severity.WARNING,
            "An identity provider is meant as a partner, and no customer is asked what the bank may see there.",
            "Identity providers, the one that is named: do what the note says. docs/partners.md has all settings."),
    NO_PLATFORM(
            Severity.WARNING,
            "No push platform reaches a device: customers see a request only when they open the app.",
            "Set up Firebase Cloud Messaging or Amazon SNS in the server's options; docs/push.md says how."),
    BRUTE_FORCE_OFF(
            Severity.WARNING,
            "Customers log in with passwords, and nothing stops who guesses: neither wrong passwords nor wrong user codes"
                    + " lock a customer out.",
            "Realm settings, Security defenses, Brute force detection: choose a mode other than 'Disabled'."),
    EVENTS_OFF(
            Severity.WARNING,
            "The realm keeps no events: nobody can look up past requests and answers.",
            "Realm settings, Events, User events settings: switch 'Save events' on. Or let setup do it."),
    ADMIN_EVENTS_OFF(
            Severity.WARNING,
            "The realm keeps no admin events: nobody can look up which of the staff did what.",
            "Realm settings, Events, Admin events settings: switch 'Save events' on. Or let setup do it."),
    SANDBOX_IN_PRODUCTION(
            Severity.WARNING,
            "The realm has the sandbox's attribute on a server in production mode: with the sandbox's jar anybody would"
                    + " answer for customers.",
            "Remove the realm's attribute 'sandbox.enabled', by the admin API, and the sandbox's jar."),
    PROXY_HEADERS_UNREAD(
            Severity.WARNING,
            "This call came through a proxy that says for whom, and the server does not read it: to events and limits all"
                    + " callers are the proxy.",
            "Start the server with --proxy-headers=xforwarded or --proxy-headers=forwarded, and let the proxy replace"
                    + " these headers; docs/operations.md says what else it must do."),
    CLIENTS_NOT_EXAMINED(
            Severity.WARNING,
            "The realm has more clients than are looked at; the others may have findings, too.",
            "Nothing is to be done for this one."),
    NO_RULES(
            Severity.INFO,
            "No client policy in force has the executor 'consent-rules', so that the pack's defaults hold for each client.",
            "Realm settings, Client policies: a profile with the executor consent-rules, and a policy that names it. Or"
                    + " let setup make them."),
    NO_TPP(
            Severity.INFO,
            "No client may ask customers yet.",
            "The staff's page, Companies, Register a TPP; docs/setup.md says how else.");

    private final Severity severity;
    private final String message;
    private final String fix;

    Finding(Severity severity, String message, String fix) {
        this.severity = severity;
        this.message = message;
        this.fix = fix;
    }

    /** In words with hyphens, such as {@code tpp-full-scope}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** What is so, and what comes of it. */
    public String message() {
        return message;
    }

    /** Where to click in the console. */
    public String fix() {
        return fix;
    }

    /** How bad it is. */
    public enum Severity {
        /** Somebody is refused, or could get what is not theirs. */
        ERROR,
        /** It works otherwise than somebody may think. */
        WARNING,
        /** Good to know. */
        INFO;

        /** How the API spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
