package io.assent.screen;

import io.assent.authority.Authority;
import io.assent.permission.ConsentSettings;
import io.assent.permission.ConsentSettings.Granularity;
import io.assent.permission.PermissionCatalogue;
import io.assent.personal.PersonalClient;
import io.assent.phoneapp.PhoneApps;
import io.assent.request.ConsentRequests;
import io.assent.screen.link.ContinueInApp;
import java.util.Arrays;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/**
 * Wires {@link ConsentScreenAction}, and is where the admin edits the {@link ConsentSettings}: in the console,
 * <i>Authentication</i>, <i>Required actions</i>, <i>Consent permissions</i>.
 */
public final class ConsentScreenActionFactory implements RequiredActionFactory {

    private static final List<ProviderConfigProperty> SETTINGS = ProviderConfigurationBuilder.create()
            .property()
            .name(ConsentSettings.GRANULARITY)
            .label("Customers may grant a part")
            .helpText("The clients for which customers may grant a part of the requested permissions."
                    + " all-or-nothing: no client; customers grant everything or deny. named-clients: the"
                    + " clients named below. all-clients: every client. A permission that is assigned to a"
                    + " client as Default can never be deselected.")
            .type(ProviderConfigProperty.LIST_TYPE)
            .options(Arrays.stream(Granularity.values()).map(Granularity::value).toList())
            .defaultValue(Granularity.ALL_OR_NOTHING.value())
            .add()
            .property()
            .name(ConsentSettings.SELECTABLE_CLIENTS)
            .label("Named clients")
            .helpText("Client IDs, used with named-clients only.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.ASK_AGAIN)
            .label("Ask again")
            .helpText("On: at each login the consent screen asks for all permissions, including those that"
                    + " the customer granted to the client before. Off: it asks for new permissions, and"
                    + " shows the others as already granted.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(false)
            .add()
            .property()
            .name(ConsentSettings.OWN_CLIENTS)
            .label("The bank's own clients")
            .helpText("Client IDs. Customers are not asked for the permissions of these clients, as long as"
                    + " 'Consent required' is off for them. The service accounts of these clients may have"
                    + " permissions. Every other client needs a customer's approval for each permission,"
                    + " whatever its settings.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.ONE_TIME)
            .label("One-time permissions")
            .helpText("Names of client scopes. The customer is asked for them each time, and each approval is"
                    + " valid for one token, without a refresh token. The same holds for client scopes with"
                    + " 'Always display on consent screen'.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.RESERVED_NAMES)
            .label("Reserved names")
            .helpText("Names and brands of the bank, beside the realm's display name. If a client's name"
                    + " contains one of them, in any spelling, customers see the client's legal entity or"
                    + " client ID instead.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.LOGIN_HINTS)
            .label("Attributes that identify customers")
            .helpText("Names of the user attributes in which a client's login_hint is looked up, in this"
                    + " order, such as username, email, phoneNumber. If two customers have the same value,"
                    + " neither is found. Do not name an attribute that customers set themselves and nobody"
                    + " checks. Empty: username, then email.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(ConsentSettings.CONCEALS_CUSTOMERS)
            .label("Do not tell who is a customer")
            .helpText("On: a request for a person who is unknown or locked out stays pending until it"
                    + " expires. Off: the client gets unknown_user_id at once.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(false)
            .add()
            .property()
            .name(ConsentSettings.ACCOUNT_SOURCE)
            .label("Account source")
            .helpText("The id of the provider that knows the customers' accounts, such as http. If a client"
                    + " asks for accounts, customers choose from these. Empty: nobody chooses an account, and"
                    + " a request that needs one is refused.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(ContinueInApp.SETTING)
            .label("Continue in the app")
            .helpText("The customers to whom the consent screen offers a decision in the bank's app instead."
                    + " with-device: customers with a registered device. always: all customers. never:"
                    + " nobody.")
            .type(ProviderConfigProperty.LIST_TYPE)
            .options(ContinueInApp.spellings())
            .defaultValue(ContinueInApp.WITH_DEVICE.value())
            .add()
            .property()
            .name(PersonalClient.SETTING)
            .label("Client for personal access")
            .helpText("The Client ID of the client with which customers get a token for themselves, to read"
                    + " their own data, on the page /realms/{realm}/consent/personal-access. Empty: nobody"
                    + " can.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(PhoneApps.ANDROID)
            .label("Android apps")
            .helpText("The bank's apps that open this realm's links, as package=fingerprint, with the SHA-256"
                    + " fingerprint of the certificate that signs the app. One line for each certificate."
                    + " Phones read the list at the root of this host, where your proxy serves"
                    + " /realms/{realm}/consent/.well-known/assetlinks.json.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .property()
            .name(PhoneApps.IOS)
            .label("iOS apps")
            .helpText("The bank's apps that open this realm's links, by app ID, such as"
                    + " ABCDE12345.com.example.bank. Phones read the list at the root of this host, where"
                    + " your proxy serves /realms/{realm}/consent/.well-known/apple-app-site-association.")
            .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
            .add()
            .build();

    @Override
    public String getId() {
        return ConsentSettings.PROVIDER_ID;
    }

    @Override
    public String getDisplayText() {
        return "Consent permissions";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return SETTINGS;
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel config) {
        String granularity = config.getConfigValue(ConsentSettings.GRANULARITY, Granularity.ALL_OR_NOTHING.value());
        if (Granularity.of(granularity).isEmpty()) {
            throw refused(
                    ConsentSettings.GRANULARITY,
                    "The granularity must be one of all-or-nothing, named-clients, all-clients");
        }
        String continueInApp = config.getConfigValue(ContinueInApp.SETTING, ContinueInApp.WITH_DEVICE.value());
        if (ContinueInApp.of(continueInApp).isEmpty()) {
            throw refused(ContinueInApp.SETTING, "To continue in the app must be one of with-device, always, never");
        }
        PhoneApps.flawOfAndroid(config.getConfigValue(PhoneApps.ANDROID, "")).ifPresent(flaw -> {
            throw refused(PhoneApps.ANDROID, flaw);
        });
        PhoneApps.flawOfIos(config.getConfigValue(PhoneApps.IOS, "")).ifPresent(flaw -> {
            throw refused(PhoneApps.IOS, flaw);
        });
    }

    /** @param flaw without a colon, at which the console would cut the message */
    private ValidationException refused(String setting, String flaw) {
        return new ValidationException(new ValidationError(getId(), setting, flaw));
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ConsentScreenAction(
                session, ConsentRequests.of(session), new PermissionCatalogue(session), Authority.of(session));
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
